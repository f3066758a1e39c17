import Base

/// What helps with a mistake of form where no line is known to work: the better words for what another language has.
struct AdviceInWords {
  let registry: Registry
  let bytes: [UInt8]
  /// Names that the program binds.
  let bound: Set<String>

  /// - Returns: `nil` where the mistake's own help is the best.
  func hint(on mistake: SyntaxMistake) -> String? {
    switch mistake.problem {
    case .argumentsInParentheses(let name): return hint(onCallOf: name)
    case .tightOperator(let call, _, _, _):
      let word = String(call.prefix { $0 != " " })
      return means(word) ? nil : OtherLanguages.advice(onWord: word)
    case .detachedLabel(let word):
      guard registry.commands[word]?.signature.takesTopics == true else { return nil }
      return "words with a colon are the prompt's: `:help` lists them"
    case .expected(_, found: "`)`", _):
      // `input()`
      let before = bytes[..<mistake.span.start].reversed().drop { $0 <= .space }
      guard before.first == UInt8(ascii: "(") else { return nil }
      let name = String(decoding: before.dropFirst().prefix(while: \.isPartOfName).reversed(), as: UTF8.self)
      return name.isEmpty || means(name) || command(name) != nil ? nil : hint(onCallOf: name)
    case .expected(_, let found, _):
      if found == "`:`" { return hint(onLabelBefore: mistake.span.start) }
      // `5.`
      let before = bytes[..<mistake.span.start].reversed().drop { $0 <= .space }
      let digits = before.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard before.first == UInt8(ascii: "."), !digits.isEmpty else { return nil }
      let number = String(decoding: digits.reversed(), as: UTF8.self)
      return "write `\(number)` or `\(number).0`"
    default: return nil
    }
  }

  private func means(_ name: String) -> Bool { bound.contains(name) || registry.commands[name] != nil }

  private func command(_ name: String) -> Command? {
    if bound.contains(name) { return nil }
    let plain = String(name.lowercased().map { $0 == "_" ? "-" : $0 })
    return registry.commands[name] ?? registry.commands[plain]
      ?? registry.synonyms.command(name).flatMap { registry.commands[$0] }
  }

  /// How to call what was called with arguments in parentheses.
  private func hint(onCallOf name: String) -> String? {
    if bound.contains(name) { return nil }
    if let command = command(name) { return "it is called as `\(command.pattern)`" }
    if let advice = OtherLanguages.advice(onWord: name) { return advice }
    if let dot = name.firstIndex(of: ".") {
      let base = String(name[..<dot])
      let isLibrary = HabitReader.modules.contains(base) && !bound.contains(base)
      return isLibrary ? OtherLanguages.libraries : OtherLanguages.members
    }
    guard name.utf8.allSatisfy(\.isPartOfName) else { return nil }
    return "no command is called `\(name)`: `help` lists them; a function of your own is called as `\(name) a b`"
  }

  /// Where a line begins with a label, as other tools write settings.
  private func hint(onLabelBefore colon: Int) -> String? {
    let line = bytes[..<colon].reversed().prefix { $0 != .newline }.reversed()
    let word = String(decoding: line, as: UTF8.self).trimmingSpaces
    return registry.hint(onLoneLabel: word)
  }
}

extension Registry {
  /// Where a label stands that begins a line; `nil` where no command has it.
  func hint(onLoneLabel word: String) -> String? {
    for command in groups.flatMap(\.commands) {
      let labels = command.parameters.filter { $0.position == .labelled }.map(\.name)
      guard let label = labels.first(where: { $0 == word }) ?? synonyms.labels(word, among: labels).first else {
        continue
      }
      let needed = command.parameters.filter { $0.position == .positional && $0.defaultValue == nil }.map(\.name)
      return "labels stand in a call: `\(([command.name] + needed).joined(separator: " ")) \(label): …`"
    }
    return nil
  }
}

extension Command {
  /// How it is called: `train-net data epochs: …`, with one label where it has several.
  fileprivate var pattern: String {
    let places = parameters.filter { $0.position != .labelled }.map(\.name)
    let label = parameters.first { $0.position == .labelled }.map { "\($0.name): …" }
    return ([name] + places + [label].compactMap(\.self)).joined(separator: " ")
  }
}

extension UInt8 {
  fileprivate var isPartOfName: Bool {
    self >= 0x80 || self == UInt8(ascii: "_") || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
      || Character(Unicode.Scalar(self)).isLetter || Character(Unicode.Scalar(self)).isNumber
  }
}
