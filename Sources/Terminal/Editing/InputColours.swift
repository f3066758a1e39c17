import Language

/// The colours of an input while it is typed: of the terminal's own palette, and such as can be read on light and on dark.
enum InputColours {
  static let prompt = "1;34"
  static let continuation = "34"
  /// Of what stands below the input: candidates, what an argument is.
  static let below = "2"
  private static let pair = "1;4"

  /// Longer inputs, pasted ones, are not coloured: that would take time at every key.
  private static let mostBytes = 50_000

  private static func code(of role: Highlight.Role) -> String {
    switch role {
    case .command: "1"
    case .keyword: "35"
    case .label: "34"
    case .number: "36"
    case .text: "32"
    case .comment: "2;3"
    case .mistake: "31"
    }
  }

  /// - Parameter cursor: in bytes; the bracket there and its partner are set apart. `nil` sets none apart.
  static func paints(
    of input: String, cursor: Int?, isCommand: (String) -> Bool
  ) -> [InputLayout.Paint] {
    guard input.utf8.count <= mostBytes else { return [] }
    let view = SyntaxView(input)
    var paints = view.highlights(isCommand: isCommand).map { InputLayout.Paint($0.range, code(of: $0.role)) }
    if let cursor, let brackets = view.pair(at: cursor) {
      paints += [brackets.open, brackets.close].map { InputLayout.Paint($0..<$0 + 1, pair) }
      paints.sort { $0.range.lowerBound < $1.range.lowerBound }
    }
    return paints
  }
}
