/// A program as pieces with gaps between them, which can be written in many ways that mean the same.
struct Layout {
  enum Gap {
    /// The piece touches the one before.
    case none
    case space
    /// A new statement begins.
    case line
  }

  private(set) var pieces: [(text: String, gap: Gap)] = []
  /// How the next piece stands behind the last one, where something forces that: behind an open bracket nothing does.
  private var gapAhead: Gap?

  mutating func put(_ text: String, _ gap: Gap = .space) {
    pieces.append((text, gapAhead ?? gap))
    gapAhead = nil
  }

  /// Makes the next piece touch the last one.
  mutating func touch() { gapAhead = Gap.none }

  /// Makes the next piece begin a line.
  mutating func breakLine() { gapAhead = .line }

  /// As people write it: single spaces and line ends.
  var plain: String {
    pieces.enumerated().map { index, piece in
      switch piece.gap {
      case .none: piece.text
      case .space: (index == 0 ? "" : " ") + piece.text
      case .line: (index == 0 ? "" : "\n") + piece.text
      }
    }.joined()
  }

  /// With other white space, comments and lines broken inside brackets: the same program.
  func rearranged(_ random: inout SeededGenerator) -> String {
    var text = random.once(in: 2) ? "# first\n\n" : ""
    // What is open around the place: a line may end inside `(` and `[`, but not inside `{`.
    var open: [String] = []
    for (index, piece) in pieces.enumerated() {
      let mayBreak = open.last == "(" || open.last == "["
      switch piece.gap {
      case .none:
        let isLoose =
          [")", "]", ","].contains(piece.text) || (mayBreak && ["(", "["].contains(pieces[index - 1].text))
        if isLoose, mayBreak { text += random.pick(["", "", " ", "\n"]) }
      case .space where index == 0: break
      case .space:
        text +=
          mayBreak
          ? random.pick([" ", "  ", "\n", "\n\t", " # so\n  ", "\r\n "]) : random.pick([" ", "  ", "\t", " \t "])
      case .line where index == 0: break
      case .line: text += random.pick(["\n", "\n\n", "  # then\n", "\r\n", "\n  \n# only\n  "])
      }
      text += piece.text
      for bracket in piece.text where !piece.text.contains(where: { "\"'".contains($0) }) {
        if "([{".contains(bracket) { open.append("\(bracket)") }
        if ")]}".contains(bracket), !open.isEmpty { open.removeLast() }
      }
    }
    return text + random.pick(["", "\n", "  # last", "\n\n# last\n"])
  }
}
