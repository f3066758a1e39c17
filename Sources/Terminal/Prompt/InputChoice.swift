import Language

/// Some inputs of a session by their numbers, as `:history` shows them: `3-9`, `2,5-7`, `4-` to the last one.
struct InputChoice: Sendable, Hashable {
  /// One number, or a range of them; without `last` it goes on to the end.
  struct Part: Sendable, Hashable {
    let first: Int
    let last: Int?
    var isNumber: Bool { first == last }

    func contains(_ number: Int) -> Bool { number >= first && number <= last ?? .max }
  }

  let parts: [Part]

  init(parts: [Part]) { self.parts = parts }

  /// - Returns: `nil` where the text is none. Ranges that run backwards are for `check` to complain of.
  init?(_ text: some StringProtocol) {
    let pieces = text.split(separator: ",", omittingEmptySubsequences: false)
    var parts: [Part] = []
    for piece in pieces {
      let ends = String(piece).replacing("..", with: "-").replacing("–", with: "-")
        .split(separator: "-", omittingEmptySubsequences: false)
        .map { String($0.drop(while: \.isWhitespace)).withoutTrailingSpace }
      guard ends.count <= 2, let first = Self.number(ends[0]) else { return nil }
      let last = ends.count == 1 ? first : Self.number(ends[1])
      guard last != nil || ends[1].isEmpty else { return nil }
      parts.append(Part(first: first, last: last))
    }
    self.parts = parts
  }

  private static func number(_ text: String) -> Int? { text.allSatisfy(\.isWholeNumber) ? Int(text) : nil }

  func contains(_ number: Int) -> Bool { parts.contains { $0.contains(number) } }

  /// Whether a number stands by itself: who writes it means just that input.
  func names(_ number: Int) -> Bool { parts.contains { $0.isNumber && $0.first == number } }

  /// - Parameter last: the number of the last input.
  /// - Throws: `input-choice` for a range that runs backwards, `no-input` for a number that no input has.
  func check(last: Int) throws(Failure) {
    for part in parts {
      if let end = part.last, end < part.first {
        throw Failure(
          "input-choice", "'\(part.first)-\(end)' runs backwards", hint: "write \(end)-\(part.first)")
      }
      for number in [part.first, part.last ?? part.first] where !(1...max(1, last)).contains(number) {
        throw Failure(
          "no-input", "there is no input \(number)",
          hint: last == 0 ? "there is none yet" : "they go from 1 to \(last); :history lists them")
      }
    }
  }
}

extension InputChoice: CustomStringConvertible {
  /// As it is to be typed.
  var description: String {
    parts.map { part in
      part.isNumber ? "\(part.first)" : "\(part.first)-\(part.last.map(String.init) ?? "")"
    }.joined(separator: ",")
  }

  /// These numbers, those in a row as a range.
  ///
  /// - Parameters:
  ///   - alone: numbers that have to stand by themselves.
  ///   - closed: numbers that no range may hold: others between two change nothing.
  init(_ numbers: [Int], alone: Set<Int> = [], closed: Set<Int> = []) {
    var parts: [Part] = []
    var closed = closed.sorted()[...]
    for number in numbers.sorted() {
      let last = parts.last?.last
      closed = closed.drop { $0 <= last ?? 0 }
      let isNext = closed.first.map { $0 >= number } ?? true
      if let last, isNext, !alone.contains(number), !alone.contains(last) {
        parts[parts.count - 1] = Part(first: parts[parts.count - 1].first, last: number)
      } else {
        parts.append(Part(first: number, last: number))
      }
    }
    self.parts = parts
  }
}
