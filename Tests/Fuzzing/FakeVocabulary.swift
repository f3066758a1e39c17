import Base
import Language
import Synchronization

/// A plugged-in type for the tests: a row of numbers with arithmetic, members and elements.
public struct Row: ObjectValue {
  public static let typeName = "row"
  public static let members = [
    MemberDeclaration("mean", .number, "the mean of its numbers"),
    MemberDeclaration("broken", .number, "fails whenever it is asked for"),
  ]
  public let numbers: [Double]

  public init(numbers: [Double]) { self.numbers = numbers }

  public var summary: String { "row of \(numbers.count)" }
  public var display: String { "row " + numbers.map { Language.display(number: $0) }.joined(separator: " ") }
  public var count: Int? { numbers.count }
  public func element(at index: Int) throws -> Value { .number(numbers[index]) }

  public func member(_ name: String) throws -> Value {
    if name == "broken" { throw Failure("broken-member", "this member is broken", hint: "take another") }
    return .number(numbers.reduce(0, +) / Double(numbers.count))
  }

  public var facts: (any Facts)? { RowFacts(length: numbers.count) }

  public static func apply(_ symbol: Operator, _ left: Value, _ right: Value) throws -> Value? {
    if symbol == .not, case .object(let object) = left, let row = object as? Row {
      return .object(Row(numbers: row.numbers.map { 1 - $0 }))
    }
    func numbers(_ value: Value, _ count: Int) -> [Double]? {
      if case .number(let number, .one) = value { return Array(repeating: number, count: count) }
      if case .object(let object) = value { return (object as? Row)?.numbers }
      return nil
    }
    let count =
      [left, right].compactMap { value -> Int? in
        if case .object(let object) = value { (object as? Row)?.numbers.count } else { nil }
      }.first ?? 0
    guard let first = numbers(left, count), let second = numbers(right, count) else { return nil }
    guard first.count == second.count else {
      throw Failure("row-lengths", "rows of \(first.count) and \(second.count) can't be combined")
    }
    switch symbol {
    case .add: return .object(Row(numbers: zip(first, second).map(+)))
    case .subtract: return .object(Row(numbers: zip(first, second).map(-)))
    case .multiply: return .object(Row(numbers: zip(first, second).map(*)))
    case .greater: return .object(Row(numbers: zip(first, second).map { $0 > $1 ? 1 : 0 }))
    case .and: return .object(Row(numbers: zip(first, second).map(min)))
    case .xor: return .object(Row(numbers: zip(first, second).map { $0 == $1 ? 0 : 1 }))
    default: return nil
    }
  }
}

/// What the tests' checks know of a row: how long it is.
struct RowFacts: Facts {
  let length: Int

  func joined(with other: any Facts) -> (any Facts)? {
    (other as? RowFacts)?.length == length ? self : nil
  }
  func member(_ name: String) -> (known: Known?, finding: CheckFinding?) {
    switch name {
    case "broken": (nil, CheckFinding(Failure("broken-member", "this member is broken", hint: "take another")))
    case "mean" where length == 1:
      (Known(.number), CheckFinding(on: nil, code: "lonely-row", "a row of one is its own mean", severity: .warning))
    default: (nil, nil)
    }
  }
  var element: Known? { Known(.number) }
}

/// A host that keeps what a program puts out.
public final class Recorder: Host {
  private let lines = Mutex<[String]>([])
  private let callsLeft: Mutex<Int>

  /// - Parameter polls: how often it answers that nobody cancelled, before somebody does.
  public init(polls: Int = .max) { callsLeft = Mutex(polls) }

  public var output: [String] { lines.withLock { $0 } }

  public func emit(_ output: Output) {
    lines.withLock {
      switch output {
      case .text(let text), .rows(let text), .resumption(let text): $0.append(text)
      case .shown(let values, let labels):
        let options = labels.map { " \($0.0): \(inline($0.1))" }.joined()
        $0.append("shown " + values.map(inline).joined(separator: ", ") + options)
      case .result(let value): $0.append("= " + display(value))
      }
    }
  }
  public func report(_ progress: Progress) {}
  public var isCancelled: Bool {
    callsLeft.withLock {
      if $0 > 0 { $0 -= 1 }
      return $0 == 0
    }
  }
  public func pathToRead(_ path: String) throws -> String { path }
  public func write(_ bytes: [UInt8], to path: String) throws {}
  public func keep(_ bytes: [UInt8], as path: String) throws {}
  public func kept(_ path: String, limit: Int) throws -> [UInt8]? { nil }
}

/// The commands of the tests: small ones that show what they were given.
public let fakeRegistry = Registry(
  [
    CommandGroup("rows", commands.filter { rowCommands.contains($0.name) }),
    CommandGroup("networks", commands.filter { $0.name == "train-net" }),
    CommandGroup(
      "others", commands.filter { !rowCommands.contains($0.name) && $0.name != "train-net" }, isFolded: true),
  ], types: [Row.self],
  synonyms: Synonyms(
    commands: ["train-net": ["fit", "train"], "write": ["savetxt"]],
    labels: ["rate": ["lr", "learning-rate"], "epochs": ["n-epochs", "num-epochs"]],
    idle: ["verbose", "device"]), fileEndings: ["png", "csv", "txt"])

private let rowCommands: Set<String> = ["row", "mean", "halve"]

private let commands = [
  Command("print", "write values on one line", [.rest("values", .any, "what to write")]) { arguments, context in
    context.host.emit(.text(arguments.list("values").map(display).joined(separator: " ")))
    return .none
  },
  Command(
    "show", "show values",
    [
      .rest("values", .any, "what to show"),
      .option("columns", .integer(.atLeast(1)), default: .number(2), "columns"),
    ]
  ) { arguments, context in
    let labels = arguments.given.contains("columns") ? [("columns", arguments["columns"])] : []
    context.host.emit(.shown(arguments.list("values"), labels: labels))
    return .none
  },
  Command(
    "row", "make a row of numbers", [.argument("numbers", .list(of: .number(.one, Bounds())), "its numbers")],
    result: .object("row"), help: Help("A row.", examples: ["row [1, 2, 3]"]),
    plan: { call -> Planned<Arguments> in
      let facts = call["numbers"].elements.map { RowFacts(length: $0.count) }
      return Planned(call.completeArguments, result: Known(.object("row"), facts: facts))
    },
    run: { arguments, _ in
      .object(Row(numbers: arguments.list("numbers").compactMap { if case .number(let n, _) = $0 { n } else { nil } }))
    }),
  Command(
    "mean", "the mean of a row", [.argument("row", .object("row"), "the row")], result: .number
  ) { arguments, _ in try arguments.require("row", as: Row.self).member("mean") },
  Command(
    "train-net", "pretend to train",
    [
      .argument("row", .object("row"), "what to train on"),
      .option("epochs", .integer(Bounds.within(1...500)), default: .number(5), "passes"),
      .option("rate", .number(.one, .above(0)), default: .number(2e-4), "learning rate"),
      .option("rotate", .number(.degrees, .within(0...180)), default: .number(0, .degrees), "rotation"),
      .option("loss", .choice(["dice", "bce", "xor"]), default: .text("dice"), "loss"),
      .option("log", .optional(.path), default: Value.none, "a file to read settings from"),
    ], result: .record,
    plan: { call -> Planned<Arguments> in
      if let epochs = call.number("epochs"), call.text("loss") == "xor", epochs > 10 {
        call.report(
          CheckFinding(on: "epochs", code: "xor-short", "xor takes at most 10 epochs", hint: "try `epochs: 10`"))
      }
      return Planned(call.completeArguments)
    },
    run: { arguments, _ in
      var record = Record()
      for name in ["epochs", "rate", "rotate", "loss", "log"] { record[name] = arguments[name] }
      return .record(record)
    }),
  Command(
    "halve", "a row in two parts", [.argument("row", .object("row"), "the row")], result: .list(of: .object("row")),
    plan: { call -> Planned<Row> in
      guard let length = (call.facts("row") as RowFacts?)?.length else { return Planned(nil) }
      guard length > 1 else {
        call.report(Failure("too-short", "a row of \(length) has no halves"), on: "row")
        return Planned(nil)
      }
      return Planned(
        call.object("row", as: Row.self),
        result: Known(elements: [
          Known(.object("row"), facts: RowFacts(length: length / 2)),
          Known(.object("row"), facts: RowFacts(length: length - length / 2)),
        ]))
    },
    run: { row, _ in
      let numbers = row.numbers
      return .list([
        .object(Row(numbers: Array(numbers.prefix(numbers.count / 2)))),
        .object(Row(numbers: Array(numbers.dropFirst(numbers.count / 2)))),
      ])
    }),
  Command(
    "write", "pretend to write a value",
    [.argument("value", .any, "it"), .argument("path", .text, "where")], result: .text,
    plan: { call -> Planned<Value> in
      call.willWrite(call["value"], toPath: "path")
      return Planned(call.value("path"), result: call["path"].constant.map { Known($0) })
    }, run: { path, _ in path }),
  Command(
    "written-at", "read what was written", [.argument("path", .path, "where")],
    plan: { call -> Planned<Value> in
      let known = call.written(atPath: "path").flatMap { $0.facts.map { Known(.object("row"), facts: $0) } }
      return Planned(call.value("path"), result: known)
    }, run: { _, _ in .object(Row(numbers: [1])) }),
  Command("draw", "draw a random key", isRandom: true) { _, context in
    .text("\(context.randomKey.seed)/\(context.randomKey.cell)/\(context.randomKey.index)")
  },
  Command("apply", "apply a function", [.argument("f", .function, "it"), .argument("x", .any, "to this")]) {
    arguments, context in
    guard case .function(let function) = arguments["f"] else { return .none }
    return try context.call(function, [arguments["x"]])
  },
  Command("fail", "fail as bodies do", [.option("how", .choice(["coded", "bare"]), default: .text("coded"), "how")]) {
    arguments, _ in
    if arguments.text("how") == "bare" { throw BareError() }
    throw Failure("failed", "the command failed", hint: "that is what it does")
  },
  Command(
    "bits", "the choice that it is given",
    [
      .option(
        "depth", .choice(["8", "16", "10%", "-1", "2px", "true", "none", "auto"]), default: .text("8"),
        "words that read as numbers, truth values and none")
    ], result: .text
  ) { arguments, _ in arguments["depth"] },
  Command("look-up", "what it is asked about", [.rest("topic", .topic(["first", "second"]), "it")], result: .text) {
    arguments, _ in .text(arguments.list("topic").map(inline).joined(separator: " "))
  },
  Command("five", "the number five", result: .number) { _, _ in .number(5) },
  Command("same", "its argument", [.argument("value", .any, "any")]) { arguments, _ in arguments["value"] },
  Command(
    "pair", "two numbers as a list",
    [
      .argument("a", .number(.one, Bounds()), "first"), .argument("b", .number(.one, Bounds()), "second"),
      .option("at", .number(.pixels, .atLeast(0)), default: .number(0, .pixels), "place"),
    ], result: .list(of: .number)
  ) { arguments, _ in .list([arguments["a"], arguments["b"], arguments["at"]]) },
]

public struct BareError: Error, CustomStringConvertible {
  public var description: String { "something broke inside" }
}
