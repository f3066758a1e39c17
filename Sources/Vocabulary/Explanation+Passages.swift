import Language

/// What somebody looks for in an explanation: an equation, figure, table or section of the paper by its number, or words.
struct Reference {
  private let words: String
  /// `Eq. 3` and the like.
  private let numbered: (kind: String, number: Int)?

  private static let kinds: [(names: [String], kind: String)] = [
    (["equation", "eqn", "eqs", "eq"], "Eq. "), (["figure", "fig"], "Fig. "), (["table", "tab"], "Table "),
    (["section", "sec", "§"], "§"),
  ]

  /// - Parameter text: `Eq. 3`, `eq3`, `Equation (3)`, `(3)`, `fig 2`, or anything else.
  init(_ text: String) {
    let words = text.lowercased()
    self.words = Self.plain(text)
    let letters = words.prefix { !$0.isNumber && $0 != "(" }.filter { $0.isLetter || $0 == "§" }
    let digits = words.drop { !$0.isNumber }.prefix { $0.isNumber }
    let isWhole = words.filter { $0.isLetter || $0.isNumber || $0 == "§" } == letters + digits
    let kind = letters.isEmpty ? "Eq. " : Self.kinds.first { $0.names.contains(letters) }?.kind
    guard isWhole, let kind, let number = Int(digits), !(letters.isEmpty && number == 0) else {
      numbered = nil
      return
    }
    numbered = (kind, number)
  }

  /// In small letters, with a space for each hyphen and underscore: `Non-perfusion` is found as `non_perfusion`.
  static func plain(_ text: String) -> String {
    String(text.lowercased().map { $0 == "-" || $0 == "_" ? " " : $0 })
  }

  /// Whether a text speaks of it.
  func isIn(_ text: String) -> Bool {
    guard let numbered else { return isWordIn(Self.plain(text)) }
    if numbered.kind == "Eq. ", text.contains("(\(numbered.number))") { return true }
    // `Eq. 1` is not in `Eq. 11`.
    return text.split(separator: numbered.kind).dropFirst(text.hasPrefix(numbered.kind) ? 0 : 1).contains {
      $0.prefix { $0.isNumber } == "\(numbered.number)"
    }
  }
}

extension Reference {
  /// Whether a text holds the words, three letters at least, where a word begins.
  private func isWordIn(_ text: String) -> Bool {
    guard words.count >= 3 else { return false }
    return text.ranges(of: words).contains { found in
      found.lowerBound == text.startIndex || !text[text.index(before: found.lowerBound)].isLetter
    }
  }
}

extension Explanation {
  /// The lines that speak of something, under the explanation's title; `nil` where none does.
  func passage(on topic: String) -> String? {
    let reference = Reference(topic)
    let lines = text.split(separator: "\n").filter { reference.isIn(String($0)) }
    guard !lines.isEmpty || reference.isIn(title) else { return nil }
    let shown = lines.map { "  " + $0.drop { $0 == " " } }
    return ([title] + shown + ["  explain \(names[0]) tells it all"]).joined(separator: "\n")
  }
}
