import Language

/// Output and help: `print show help explain apropos describe`.
enum Basics {
  static var commands: [Command] { [print, show, help, explain, apropos, topics, language, describe] }

  static let print = Command(
    "print", "write values as text", [.rest("values", .any, "what to write, separated by spaces in the output")],
    result: .none,
    help: Help(
      "At the head of a statement it takes whole expressions, separated by commas; after a pipe it writes the piped value.",
      examples: ["print 1 + 1", "print \"two is {1 + 1}\", [1, 2, 3]"])
  ) { arguments, context in
    context.host.emit(.text(arguments.list("values").map(Language.display).joined(separator: " ")))
    return .none
  }

  static let show = Command(
    "show", "show values as pictures and tables",
    [
      .rest("values", .any, "what to show"),
      .option("caption", .text, default: .text(""), "a line below what is shown"),
    ],
    result: .none,
    help: Help(
      "Images, masks, datasets, predictions and figures are drawn; tables and metrics are set as tables; the rest is text.",
      examples: ["show (phantom 2 size: 64)"])
  ) { arguments, context in
    let caption: [(String, Value)] = arguments.text("caption").isEmpty ? [] : [("caption", arguments["caption"])]
    context.host.emit(.shown(arguments.list("values"), labels: caption))
    return .none
  }

  static let help = Command(
    "help", "what there is, or how one command is used",
    [.argument("topic", .either([.function, .text]), default: .text(""), "a command's name; left out, all commands")],
    result: .none,
    help: Help(
      "Every command states its arguments with units, ranges and defaults. `help topics` lists what can be explained, `help language` shows how programs are written.",
      examples: ["help", "help phantom", "help topics", "help language"])
  ) { arguments, context in
    context.host.emit(.text(try helpText(for: arguments["topic"], in: context.registry)))
    return .none
  }

  private static func helpText(for topic: Value, in registry: Registry) throws -> String {
    let name = commandName(topic)
    if name.isEmpty { return helpIndex(registry) }
    if name == topics.name { return topicList }
    if name == language.name { return languagePage }
    return helpPage(for: try command(name, in: registry))
  }

  static let topics = Command(
    "topics", "what `explain` has to say, by topic", result: .none,
    help: Help("The same as `explain` alone and as `help topics`.", examples: ["topics"])
  ) { _, context in
    context.host.emit(.text(topicList))
    return .none
  }

  static let language = Command(
    "language", "how programs are written", result: .none,
    help: Help("A page of examples; the same as `help language`.", examples: ["language"])
  ) { _, context in
    context.host.emit(.text(languagePage))
    return .none
  }

  private static var topicList: String {
    Explanation.all.map { "\($0.title)\n  explain \($0.commands.joined(separator: ", "))" }.joined(separator: "\n")
  }

  /// Of a command itself, or of its name.
  private static func commandName(_ topic: Value) -> String {
    switch topic {
    case .function(let function): function.name
    case .text(let text): text
    default: ""
    }
  }

  /// - Throws: `unknown-command` with the nearest one there is.
  private static func command(_ name: String, in registry: Registry) throws -> Command {
    guard let command = registry.commands[name] else {
      let near = closest(to: name, in: registry.commands.keys.sorted())
      throw Failure(
        "unknown-command", "there is no command '\(name)'",
        hint: near.map { "did you mean '\($0)'?" } ?? "`apropos \"\(name)\"` finds the commands that speak of it")
    }
    return command
  }

  static let explain = Command(
    "explain", "the method behind a command: its equations, the paper's numbers, the reading in force",
    [.argument("topic", .either([.function, .text]), default: .text(""), "a command's name; left out, what there is")],
    result: .none,
    help: Help(
      "Equations in plain text with their numbers in the 2021 paper, and the options that change each reading.",
      examples: ["explain train-gan", "explain \"metrics\""])
  ) { arguments, context in
    let name = commandName(arguments["topic"])
    guard !name.isEmpty else {
      context.host.emit(.text(topicList))
      return .none
    }
    let command = try command(name, in: context.registry)
    if let explanation = Explanation.of(name) {
      context.host.emit(.text("\(explanation.title)\n\n\(explanation.text)"))
    } else if !command.help.method.isEmpty {
      context.host.emit(.text("\(name): \(command.summary)\n\n\(command.help.method)"))
    } else {
      throw Failure(
        "nothing-to-explain", "\(name) needs no explanation beyond `help \(name)`", hint: "see: help topics")
    }
    return .none
  }

  static let apropos = Command(
    "apropos", "the commands that speak of something",
    [.argument("word", .text, "a word or a part of one, in any case")], result: .none,
    help: Help(
      "Looks through names, summaries, arguments and details of every command.",
      examples: ["apropos \"vessel\"", "apropos \"DSC\""])
  ) { arguments, context in
    let word = arguments.text("word").lowercased()
    let found = context.registry.commands.values.filter { command in
      let parameters = command.parameters.flatMap { [$0.name, $0.help] }
      return ([command.name, command.summary, command.help.details, command.help.method] + parameters)
        .contains { $0.lowercased().contains(word) }
    }
    guard !found.isEmpty else {
      throw Failure("nothing-found", "no command speaks of '\(arguments.text("word"))'", hint: "`help` lists them all")
    }
    let width = found.map(\.name.count).max() ?? 0
    let lines = found.sorted { $0.name < $1.name }.map { command in
      command.name + String(repeating: " ", count: width - command.name.count + 2) + command.summary
    }
    context.host.emit(.text(lines.joined(separator: "\n")))
    return .none
  }

  static let describe = Command(
    "describe", "what a value is made of", [.argument("x", .any, "any value")], result: .text,
    help: Help(
      "A dataset answers with counts and the share of non-perfusion, a network with its layers, a table with its columns.",
      examples: ["describe (phantom 2 size: 64)"])
  ) { arguments, _ in
    guard case .object(let object) = arguments["x"] else { return .text(Language.display(arguments["x"])) }
    if let described = object as? any Describable { return try described.description() }
    return .text(object.display)
  }
}

/// A value with more to tell than its display.
protocol Describable: ObjectValue {
  /// A table or a text.
  func description() throws -> Value
}
