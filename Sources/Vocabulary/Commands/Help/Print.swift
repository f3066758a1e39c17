import Language

extension Command {
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
}

private func isSetInColumns(_ value: Value) -> Bool {
  if case .object(let object) = value { type(of: object).isSetInColumns } else { false }
}
