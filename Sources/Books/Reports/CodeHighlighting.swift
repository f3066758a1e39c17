import Language

/// A program of the language as HTML with its words set apart: comments, texts, numbers, reserved words, labels.
///
/// It reads tokens only, so that code with mistakes is shown as well.
func highlightedCode(_ code: String) -> String {
  let bytes = Array(code.utf8)
  var html = ""
  var index = 0
  func take(_ end: Int, as name: String?) {
    let text = escapedHTML(String(decoding: bytes[index..<end], as: UTF8.self))
    html += name.map { "<span class=\"\($0)\">\(text)</span>" } ?? text
    index = end
  }
  for highlight in SyntaxView(code).highlights(isCommand: { _ in false }) {
    guard let name = highlight.role.className else { continue }
    if index < highlight.range.lowerBound { take(highlight.range.lowerBound, as: nil) }
    take(highlight.range.upperBound, as: name)
  }
  if index < bytes.count { take(bytes.count, as: nil) }
  return html
}

extension Highlight.Role {
  /// The class that the report's style sheet knows.
  fileprivate var className: String? {
    switch self {
    case .comment: "c"
    case .text: "t"
    case .number: "n"
    case .keyword: "k"
    case .label: "l"
    case .command, .mistake: nil
    }
  }
}
