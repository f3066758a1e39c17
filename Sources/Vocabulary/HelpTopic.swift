import Language

/// What `help` answers to words outside of a program: `cnp help save`.
///
/// - Throws: `unknown-command` with the nearest one there is; `no-builtin` for the card of a model that there is not.
package func helpText(on words: [String]) throws -> String {
  try HelpTopic(words.map { .text($0) }, in: standardRegistry()).text()
}

/// Something to look up: a word, or a value that stands for itself.
struct HelpTopic {
  let word: String
  private let value: Value?
  private let registry: Registry

  /// - Parameter words: as they were written side by side.
  init(_ words: [Value], in registry: Registry) {
    self.registry = registry
    value = words.count == 1 ? words[0] : nil
    word =
      words.map { value in
        switch value {
        case .text(let text): text
        case .function(let function): function.name
        default: inline(value)
        }
      }.joined(separator: " ").trimmed
  }

  // MARK: help

  /// What `help` answers.
  ///
  /// - Throws: `unknown-command` with the nearest one there is; `no-builtin` for the card of a model that there is not.
  func text() throws -> String {
    if case .function(let function)? = value, case .definition = function.target { return synopsis(of: function) }
    if case .object(let object)? = value, let type = registry.types[type(of: object).typeName] {
      return "\(object.summary)\n\n\(helpPage(for: type))"
    }
    if word.isEmpty { return "\(helpIndex(registry))\n\n\(Self.more)" }
    if ShippedModels.isOne(word) { return try ShippedModels.card(of: word) }
    if word == Command.topics.name { return topicList }
    if word == Command.languageCommand.name { return LanguagePage.text }
    if word.hasPrefix(":") { return Self.promptPage }
    if let page = page(of: word) { return page }
    if let row = rowOfCommand { return row }
    if BookPage.names.contains(spelling(word)) { return BookPage.text }
    if let known = nameSpelt(as: word), let page = page(of: known) { return page }
    if Self.promptNames.contains(spelling(word)) { return Self.promptPage }
    if ShippedModels.words.contains(spelling(word)) { return ShippedModels.page }
    if let command = registry.synonyms.command(word), let page = page(of: command) {
      return "here it is `\(command)`\n\n\(page)"
    }
    let labels = Set(registry.commands.values.flatMap { $0.parameters.map(\.name) })
    if let label = registry.synonyms.labels(word, among: labels).first, let page = page(of: label) {
      return "here it is `\(label):`\n\n\(page)"
    }
    if let term = Term.of(word) { return term.passage }
    let passages = passages
    if !passages.isEmpty { return passages }
    throw unknown
  }

  /// Below the list of all commands.
  private static let more = """
    `help NAME` shows one, a heading, a label (`help epochs`) or a kind of value;
    `help language` how programs are written, `help books` books, `help topics` what
    can be explained; `apropos WORD` finds by word.
    """

  /// Where the prompt tells of itself, which the language knows nothing of.
  private static let promptPage = """
    `:help`, alone on a line of the prompt, lists the keys and the prompt's own commands: `:save`, `:load`, `:undo` and
    the others. They begin with a colon and are no part of the language.
    """

  /// What somebody asks for who means the prompt.
  private static let promptNames: Set<String> = [
    "key", "keys", "keyboard", "shortcut", "shortcuts", "keybindings", "prompt", "promptcommands", "repl", "history",
    "undo", "quit", "exit", "jobs", "watch", "stop",
  ]

  /// A name of the program's that differs in case, hyphens and underscores at most.
  private func nameSpelt(as word: String) -> String? {
    let key = spelling(word)
    guard !key.isEmpty else { return nil }
    let members = registry.types.values.flatMap { $0.members.map(\.name) }
    let labels = registry.commands.values.flatMap { $0.parameters.map(\.name) }
    let names = [
      Array(registry.commands.keys), registry.groups.map(\.title), Array(registry.types.keys), labels, members,
    ]
    return names.lazy.compactMap { names in names.sorted().first { spelling($0) == key } }.first
  }

  /// A command, a heading, a kind of value, or a label or member of that name.
  private func page(of name: String) -> String? {
    if let command = registry.commands[name] { return helpPage(for: command) }
    if let group = registry.groups.first(where: { $0.title == name && !name.isEmpty }) { return helpPage(for: group) }
    if let type = registry.types[name] { return helpPage(for: type) }
    let name = name.hasSuffix(":") ? String(name.dropLast()) : name
    let pages = [parameterPage(for: name, in: registry), headingHint(for: name)].compactMap { $0 }
    return pages.isEmpty ? nil : pages.joined(separator: "\n\n")
  }

  /// Where a heading of several words has the one that was asked for: `masks`.
  private func headingHint(for name: String) -> String? {
    guard name.count > 3 else { return nil }
    let group = registry.groups.first { $0.title.split(separator: " ").contains { $0 == name } }
    return group.map { "commands under that heading: help '\($0.title)'" }
  }

  /// `train-gan epochs`: one label of one command.
  private var rowOfCommand: String? {
    let words = word.split(separator: " ").map(String.init)
    guard words.count == 2, let command = command(words[0]) else { return nil }
    let label = words[1].hasSuffix(":") ? String(words[1].dropLast()) : words[1]
    let labels = command.parameters.map(\.name)
    let name = labels.contains(label) ? label : registry.synonyms.labels(label, among: labels).first
    return command.parameters.first { $0.name == name }.map { "in \(command.name)\n  \(parameterHelp($0))" }
  }

  /// The command of that name, however it is spelt.
  private func command(_ name: String) -> Command? {
    registry.commands[name] ?? registry.commands.values.first { spelling($0.name) == spelling(name) }
  }

  private var unknown: Failure {
    let names = Array(registry.commands.keys) + registry.commands.values.flatMap { $0.parameters.map(\.name) }
    let near = closest(to: word, in: names) ?? closest(to: word, in: Term.all.flatMap(\.names))
    return Failure(
      "unknown-command", "there is no command '\(word)'",
      hint: near.map { "did you mean '\($0)'?" } ?? "`apropos \(word)` finds the commands that speak of it")
  }

  // MARK: explain

  /// What `explain` answers.
  ///
  /// - Throws: `unknown-command`, or `nothing-to-explain` where the help says all.
  func explanation() throws -> String {
    if BookPage.names.contains(spelling(word)) { return BookPage.text }
    if word.hasPrefix(":") { return Self.promptPage }
    if ShippedModels.words.contains(spelling(word)) { return ShippedModels.page }
    let own = command(word)
    let term = Term.of(word)
    // What a word means comes before what else another tool calls so.
    let name = own?.name ?? (term == nil ? registry.synonyms.command(word) : nil) ?? word
    if let explanation = Explanation.of(name) {
      // A command's name may be a word of its own: the command `lesions`, and lesions that are counted.
      return [explanation.page, own == nil ? nil : term?.passage].compactMap { $0 }.joined(separator: "\n\n")
    }
    if let command = registry.commands[name] {
      guard command.help.method.isEmpty else { return "\(name): \(command.summary)\n\n\(command.help.method)" }
      if let term { return term.passage }
      throw Failure(
        "nothing-to-explain", "\(name) needs no explanation beyond `help \(name)`", hint: "see: help topics")
    }
    if let explanation = Explanation.about(word) {
      return [term?.passage, explanation.page].compactMap { $0 }.joined(separator: "\n\n")
    }
    if let term { return term.passage }
    let passages = passages
    guard passages.isEmpty else { return passages }
    if let page = nameSpelt(as: word).flatMap({ page(of: $0) }) { return page }
    throw unknown
  }

  /// What the explanations say of the topic, in the sentences that speak of it.
  private var passages: String {
    let found = Explanation.all.compactMap { $0.passage(on: word) }
    guard found.isEmpty else { return found.joined(separator: "\n\n") }
    let methods = registry.commands.values.sorted { $0.name < $1.name }.filter { command in
      [command.summary, command.help.details, command.help.method].contains { Reference(word).isIn($0) }
    }
    return methods.map { command in
      let text = [command.help.method, command.help.details].first { Reference(word).isIn($0) } ?? ""
      return ["\(command.name): \(command.summary)", text].filter { !$0.isEmpty }.joined(separator: "\n  ")
    }.joined(separator: "\n\n")
  }

  // MARK: apropos

  /// Everything that speaks of the word, a line each.
  ///
  /// - Throws: `nothing-found`.
  func mentions() throws -> String {
    let needle = Reference.plain(word)
    func speaks(_ texts: String...) -> Bool { texts.contains { Reference.plain($0).contains(needle) } }
    var rows: [(name: String, text: String)] = []
    for command in registry.commands.values.sorted(by: { $0.name < $1.name }) {
      let labels = command.parameters.filter { speaks($0.name, $0.help) }
      let isAbout = speaks(command.name, command.summary, command.help.details, command.help.method)
      guard isAbout || !labels.isEmpty else { continue }
      rows.append((command.name, command.summary))
      if !isAbout { rows += labels.prefix(3).map { ("  \($0.name):", $0.help) } }
    }
    for (name, type) in registry.types.sorted(by: { $0.key < $1.key }) {
      rows += type.members.filter { speaks($0.name, $0.help) }.map { member in
        (".\(member.name)", "\(member.help) (of \(describe(Kind.object(name))))")
      }
    }
    for explanation in Explanation.all where speaks(explanation.title, explanation.text) {
      rows.append(("explain \(explanation.names[0])", explanation.title))
    }
    for term in Term.all where speaks(term.text) || term.names.contains(where: { speaks($0) }) {
      rows.append(("explain \(term.names[0])", term.summary))
    }
    for path in ShippedModels.pathsWithCards where speaks(path, (try? ShippedModels.card(of: path)) ?? "") {
      rows.append(("explain \(quoted(path))", "the card of a model that comes with the program"))
    }
    if BookPage.names.contains(spelling(word)) || speaks(BookPage.title, BookPage.text) {
      rows.append(("help books", BookPage.title))
    }
    if let command = registry.synonyms.command(word) { rows.append((command, "what other tools call \(word)")) }
    let labels = Set(registry.commands.values.flatMap { $0.parameters.map(\.name) })
    for label in registry.synonyms.labels(word, among: labels) {
      rows.append(("\(label):", "what other tools call \(word); see `help \(label)`"))
    }
    guard !rows.isEmpty else {
      throw Failure("nothing-found", "nothing speaks of '\(word)'", hint: "`help` lists all commands")
    }
    return alignedRows(rows)
  }
}

extension String {
  fileprivate var trimmed: String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
