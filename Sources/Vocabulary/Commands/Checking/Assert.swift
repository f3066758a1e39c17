import Language

extension Command {
  static let assert = Command(
    "assert", "stop where something does not hold",
    [
      .argument("value", .any, "what has to be true; or, before a second value, what has to be the same as that"),
      .argument("expected", .any, default: Value.none, "what the value has to be"),
      .option(
        "tolerance", .number(.one, .atLeast(0)), default: .number(0),
        "how far numbers may be apart, each from the one it is compared with"),
      .option("message", .text, default: .text(""), "what is said where it does not hold"),
    ], result: .none,
    help: Help(
      "A condition stands in parentheses. Two values are compared number by number, in lists, records, tables, images, masks "
        + "and tensors too; the largest difference is told with its place. Texts and truth values have to be equal.",
      examples: [
        "assert (1 + 1 == 2) message: \"sums are broken\"", "assert (mean [0.1, 0.2]) 0.15 tolerance: 1e-9",
        "assert [1, 2.01] [1, 2] tolerance: 0.1",
      ]),
    codes: [
      CodeEntry(
        "assertion-failed", "something that `assert` was told, and that does not hold",
        .program("assert [1, 2.5, 3] [1, 2, 3] tolerance: 0.1 message: \"counted wrong\""))
    ],
    plan: { call in
      if !call.isGiven("expected"), !call["value"].kind.mayBeTruth {
        throw Failure(
          DiagnosticCode.wrongKind.rawValue, "'assert' takes something true or false, or two values to compare",
          hint: "a condition stands in parentheses: `assert (x > 3)`")
      }
      return Planned(call.completeArguments)
    },
    run: { arguments, _ in
      guard let objection = try objection(to: arguments) else { return .none }
      let message = arguments.text("message")
      throw Failure("assertion-failed", message.isEmpty ? objection : "\(message): \(objection)")
    })
}

/// Why an assertion does not hold; `nil` where it does.
private func objection(to arguments: Arguments) throws -> String? {
  let value = arguments["value"]
  guard arguments.given.contains("expected") else {
    guard case .truth(let holds) = value else {
      throw Failure(
        DiagnosticCode.wrongKind.rawValue, "'assert' takes something true or false, not \(inline(value))",
        hint: "a condition stands in parentheses: `assert (x > 3)`")
    }
    return holds ? nil : "what was asserted is false"
  }
  let comparison = ValueComparison(of: value, with: arguments["expected"], tolerance: arguments.number("tolerance"))
  return comparison.objection
}

extension Kind {
  fileprivate var mayBeTruth: Bool {
    switch self {
    case .any, .truth: true
    case .oneOf(let kinds): kinds.contains { $0.mayBeTruth }
    default: false
    }
  }
}
