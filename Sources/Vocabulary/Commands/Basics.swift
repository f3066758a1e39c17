import Language

/// Output and help: `print show help describe`.
enum Basics {
  static var commands: [Command] { [print, show, help, describe] }

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
      "Every command states its arguments with units, ranges and defaults.", examples: ["help", "help \"phantom\""])
  ) { arguments, context in
    context.host.emit(.text(try helpText(for: arguments["topic"], in: context.registry)))
    return .none
  }

  private static func helpText(for topic: Value, in registry: Registry) throws -> String {
    let name =
      switch topic {
      case .function(let function): function.name
      case .text(let text): text
      default: ""
      }
    guard !name.isEmpty else { return helpIndex(registry) }
    guard let command = registry.commands[name] else {
      let near = closest(to: name, in: registry.commands.keys.sorted())
      throw Failure("unknown-command", "there is no command '\(name)'", hint: near.map { "did you mean '\($0)'?" })
    }
    return helpPage(for: command)
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
