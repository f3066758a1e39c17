/// Which brackets of the tokens belong together, found before parsing: recovery can then pass over whole groups.
struct Brackets {
  /// The index of the token that closes the bracket at an index.
  private(set) var closing: [Int: Int] = [:]
  /// Brackets that are never closed or close nothing.
  private(set) var lonely: Set<Int> = []
  /// Whether some bracket is open at the end of the input.
  private(set) var hasOpen = false
  /// The first `(` or `[` that is open at the end.
  private(set) var firstOpenList: Int?
  /// The innermost bracket that is open at the end.
  private(set) var lastOpen: Int?

  init(of tokens: [Token]) {
    var open: [(index: Int, mark: Mark)] = []
    var counts: [Mark: Int] = [:]
    for (index, token) in tokens.enumerated() {
      guard case .mark(let mark) = token.form else { continue }
      if let closer = mark.closing {
        open.append((index, closer))
        counts[closer, default: 0] += 1
      } else if mark.isClosing {
        guard counts[mark, default: 0] > 0 else {
          lonely.insert(index)
          continue
        }
        // What was opened since and not closed is lonely.
        while let last = open.popLast() {
          counts[last.mark, default: 0] -= 1
          if last.mark == mark {
            closing[last.index] = index
            break
          }
          lonely.insert(last.index)
        }
      }
    }
    hasOpen = !open.isEmpty
    firstOpenList = open.first { $0.mark != .closeBrace }?.index
    lastOpen = open.last?.index
    lonely.formUnion(open.map(\.index))
  }

  func mistakes(in tokens: [Token]) -> [SyntaxMistake] {
    lonely.sorted().prefix(100).compactMap { index in
      guard case .mark(let mark) = tokens[index].form else { return nil }
      let problem: SyntaxProblem = mark.isClosing ? .unmatchedBracket(mark.rawValue) : .unclosedBracket(mark.rawValue)
      return SyntaxMistake(problem: problem, span: tokens[index].span)
    }
  }
}
