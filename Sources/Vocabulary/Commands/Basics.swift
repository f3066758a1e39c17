import Language

/// Output: `print show describe`.
enum Basics {
  static var commands: [Command] { [print, show, describe] }

  static let print = Command(
    "print", "write values as text", [.rest("values", .any, "what to write, separated by spaces in the output")],
    result: .none,
    help: Help(
      "At the head of a statement it takes whole expressions, separated by commas; after a pipe it writes the piped value.",
      examples: ["print 1 + 1", "print \"two is {1 + 1}\", [1, 2, 3]"])
  ) { arguments, context in
    let values = arguments.list("values")
    let text = values.map(Language.display).joined(separator: " ")
    context.host.emit(values.contains(where: isSetInColumns) ? .rows(text) : .text(text))
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

private func isSetInColumns(_ value: Value) -> Bool {
  if case .object(let object) = value { type(of: object).isSetInColumns } else { false }
}

/// A value with more to tell than its display.
protocol Describable: ObjectValue {
  /// A table or a text.
  func description() throws -> Value
}
