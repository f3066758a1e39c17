import Language

extension Command {
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
