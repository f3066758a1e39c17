/// The commands and types that a session knows.
public struct Registry: Sendable {
  public let commands: [String: Command]
  public let types: [String: any ObjectValue.Type]
  /// The commands under their headings.
  public let groups: [CommandGroup]
  public let synonyms: Synonyms
  /// Endings of the files that programs name, in small letters: what has one is a path, even without its quotes.
  public let fileEndings: Set<String>
  /// How a value of a type is read from a file that a text names: `image` and `eye.png` → `(open 'eye.png')`; `nil` where a text names
  /// no such file.
  public let readers: [String: Reader]
  public typealias Reader = @Sendable (_ path: String) -> String?

  public init(
    _ groups: [CommandGroup], types: [any ObjectValue.Type], synonyms: Synonyms = Synonyms(),
    fileEndings: Set<String> = [], readers: [String: Reader] = [:]
  ) {
    self.groups = groups
    self.synonyms = synonyms
    self.fileEndings = fileEndings
    self.readers = readers
    commands = Dictionary(groups.flatMap(\.commands).map { ($0.name, $0) }) { _, _ in
      preconditionFailure("a command is declared twice")
    }
    self.types = Dictionary(types.map { ($0.typeName, $0) }) { _, _ in preconditionFailure("a type is declared twice") }
  }

  /// The codes of mistakes that the commands give besides the language's own: chapters by their titles, in each the
  /// codes by groups, of what a group works with before those of its commands.
  public var codeChapters: [(title: String, entries: [CodeEntry])] {
    Dictionary(grouping: groups, by: \.chapter).sorted { $0.key < $1.key }.map { title, groups in
      (title, groups.flatMap { $0.codes + $0.commands.flatMap(\.codes) })
    }
  }

  /// Commands under no heading.
  public init(commands: [Command], types: [any ObjectValue.Type]) {
    self.init([CommandGroup("", commands)], types: types)
  }
}

/// Commands that stand under one heading of `help`.
public struct CommandGroup: Sendable {
  /// `training`; a word or two.
  public let title: String
  public let commands: [Command]
  /// Whether the list of all commands names these without a word on each: many of one kind, or known by their names.
  public let isFolded: Bool
  /// The chapter of the catalogue that has the codes of their mistakes.
  public let chapter: String
  /// Codes of what these commands work with: of values, files, modules below.
  public let codes: [CodeEntry]

  public init(
    _ title: String, _ commands: [Command], isFolded: Bool = false, chapter: String = "", codes: [CodeEntry] = []
  ) {
    self.title = title
    self.commands = commands
    self.isFolded = isFolded
    self.chapter = chapter
    self.codes = codes
  }
}

/// What other tools call what is here: for advice, never for running.
public struct Synonyms: Sendable {
  /// Names of commands by their other names, written in small letters: `imread` → `open`.
  public let commands: [String: String]
  /// Labels by their other names, the likeliest first: `lr` → `rate`.
  public let labels: [String: [String]]

  /// Labels of other tools that there is nothing to say for here.
  private let idle: Set<String>

  /// - Parameters:
  ///   - commands: the other names of each command.
  ///   - labels: the other names of each label.
  ///   - idle: labels that say nothing here.
  public init(
    commands: KeyValuePairs<String, [String]> = [:], labels: KeyValuePairs<String, [String]> = [:], idle: [String] = []
  ) {
    var names: [String: String] = [:]
    for (command, others) in commands { for other in others { names[plain(other)] = command } }
    var found: [String: [String]] = [:]
    for (label, others) in labels { for other in others { found[plain(other), default: []].append(label) } }
    self.commands = names
    self.labels = found
    self.idle = Set(idle.map(plain))
  }

  /// Whether a label says nothing here: the device to compute on, how much to print.
  public func isIdle(_ label: String) -> Bool { idle.contains(plain(label)) }

  /// The command that another tool calls so.
  public func command(_ name: String) -> String? { commands[plain(name)] }

  /// The labels that another tool calls so, among those there are.
  public func labels(_ name: String, among labels: some Sequence<String>) -> [String] {
    let there = Set(labels)
    return (self.labels[plain(name)] ?? []).filter { there.contains($0) }
  }
}

/// `n_Epochs` → `n-epochs`: case and the choice between `-` and `_` tell no words apart.
private func plain(_ name: String) -> String {
  String(name.lowercased().map { $0 == "_" ? "-" : $0 })
}
