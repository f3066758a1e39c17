import Language

/// A part of the manual as Markdown, written block by block.
struct ManualText {
  enum Block {
    case heading(level: Int, String)
    case code(String, info: String)
    /// Prose or a table.
    case markdown(String)
  }

  private(set) var blocks: [Block] = []

  var headings: [(level: Int, text: String)] {
    blocks.compactMap { if case .heading(let level, let text) = $0 { (level, text) } else { nil } }
  }

  var markdown: String {
    let parts = blocks.map { block in
      switch block {
      case .heading(let level, let text): String(repeating: "#", count: level) + " " + Self.prose(text)
      case .code(let text, let info): fenced(text, info: info)
      case .markdown(let text): text
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  init(heading level: Int, _ text: String, _ write: (inout ManualText) -> Void) {
    heading(level, text)
    write(&self)
  }

  mutating func heading(_ level: Int, _ text: String) { blocks.append(.heading(level: level, text)) }

  /// Prose; what stands between backticks is code.
  mutating func paragraph(_ text: String) {
    if !text.isEmpty { blocks.append(.markdown(Self.prose(text))) }
  }

  /// Prose that is Markdown already.
  mutating func markdown(_ text: String) { blocks.append(.markdown(text)) }

  mutating func code(_ text: String, info: String = "text") { blocks.append(.code(text, info: info)) }

  /// A text that was set for a screen: its paragraphs as prose; its indented lines, and a line alone that is no sentence,
  /// stay as they are.
  mutating func screenText(_ text: String) {
    for part in text.split(separator: "\n\n") {
      let lines = part.split(separator: "\n").map(String.init)
      if lines.count == 1, let last = lines[0].last, !".:".contains(last) {
        code(lines[0].trimmedOfSpaces)
        continue
      }
      var run: [String] = []
      var isIndented = false
      func flush(_ text: inout ManualText) {
        if isIndented { text.code(Self.withoutIndent(run)) } else { text.paragraph(run.joined(separator: "\n")) }
        run = []
      }
      for line in lines {
        let indented = line.hasPrefix(" ")
        if indented != isIndented, !run.isEmpty { flush(&self) }
        isIndented = indented
        run.append(line)
      }
      flush(&self)
    }
  }

  /// A table; the entries are Markdown already.
  mutating func table(_ columns: [String], _ rows: [[String]]) {
    guard !rows.isEmpty else { return }
    func line(_ entries: [String]) -> String {
      "| " + entries.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }.joined(separator: " | ") + " |"
    }
    let rule = "|" + columns.map { _ in "---|" }.joined()
    blocks.append(.markdown(([line(columns), rule] + rows.map(line)).joined(separator: "\n")))
  }

  /// A text in the program's type, as a part of a line.
  static func code(_ text: String) -> String {
    let marks = text.contains("`") ? "``" : "`"
    let gap = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return text.isEmpty ? "" : marks + gap + text + gap + marks
  }

  /// Prose in which nothing but backticks means anything.
  static func prose(_ text: String) -> String {
    var result = ""
    for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { result += "`" }
      for (place, character) in zip(part.indices, part) {
        // Inside of a word, as in `L_bce`, it underlines nothing.
        let isInWord =
          character == "_" && result.last?.isLetter == true && part[place...].dropFirst().first?.isLetter == true
        if index % 2 == 0, !isInWord, "\\*_[]<>#~$".contains(character) { result.append("\\") }
        result.append(character)
      }
    }
    return result
  }

  /// As a sentence: a capital at its start and a full stop.
  static func sentence(_ text: String) -> String {
    guard let last = text.last else { return "" }
    return prose(text.prefix(1).uppercased() + text.dropFirst()) + (".:;?!".contains(last) ? "" : ".")
  }

  private static func withoutIndent(_ lines: [String]) -> String {
    let indent = lines.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmedOfSpaces: String { String(trimmed(self)) }
}
