import Language

extension Command {
  static let count = Command(
    "count", "how many elements a value has",
    [.argument("x", .any, "a list, a dataset, predictions, a table, a range or a text")], result: .number,
    help: Help("For a text, its characters.", examples: ["print count [1, 2, 3]", "print count (phantom 2 size: 64)"])
  ) { arguments, _ in
    switch arguments["x"] {
    case .list(let values): return .number(Double(values.count))
    case .range(let range): return .number(Double(range.count))
    case .text(let text): return .number(Double(text.count))
    case .record(let record): return .number(Double(record.names.count))
    case .object(let object):
      if let count = object.count { return .number(Double(count)) }
    case .none, .truth, .number, .function: break
    }
    throw Failure("wrong-kind", "count needs a value with elements")
  }
}
