import Angiography
import Books
import Figures
import Glibc
import Imaging
import Language
import Synchronization
import Vocabulary

/// Asked to stop by the command `stop-now`, as Ctrl-C would ask.
let stopSwitch = Mutex<Cancellation?>(nil)

/// The vocabulary with a few commands that put out something known at once.
let fakeRegistry: Registry = {
  let standard = standardRegistry()
  return Registry(commands: Array(standard.commands.values) + fakes, types: Array(standard.types.values))
}()

private let fakes: [Command] = [
  Command("ramp", "a grey ramp of 16 × 8 pixels", result: .object("image")) { _, _ in
    .object(ImageValue(Plane(width: 16, height: 8, pixels: (0..<128).map { Float($0 % 16) / 15 })))
  },
  Command(
    "blink", "a picture of two drawings by turns",
    [.option("grey", .number(.one, .within(0...1)), default: .number(0.5), "of the second")],
    result: .object("figure")
  ) { arguments, _ in
    func drawing(_ grey: Float) -> Figure {
      .image(Plane(width: 16, height: 8, filledWith: grey), caption: "<blinking>")
    }
    var figure = drawing(0.25)
    figure.turns = [drawing(Float(arguments.number("grey")))]
    return .object(FigureValue(figure))
  },
  Command("tiny-table", "a table with a name that could be taken for a tag", result: .object("table")) { _, _ in
    .object(
      TableValue(
        title: "Two <rows>", columns: ["name | kind", "value"],
        rows: [[.text("a & b"), .number(0.5, decimals: 2)], [.text("*c*"), .number(12, decimals: 2)]]))
  },
  Command("long-table", "a table of 40 rows and many columns, with a row that sums up", result: .object("table")) {
    _, _ in
    let columns = (1...12).map { "measure \($0)" }
    let rows = (0..<40).map { row in
      [.text("row \(row)")] + columns.indices.map { TableValue.Cell.number(Double((row * 7 + $0) % 40), decimals: 2) }
    }
    let summary = [.text("mean ± SD")] + columns.map { _ in TableValue.Cell.text("19.50 ± 11.54") }
    return .object(
      TableValue(title: "Forty rows", columns: ["name"] + columns, rows: rows + [summary], summaryRowCount: 1))
  },
  Command("scores", "metrics of two images", result: .object("metrics")) { _, _ in
    metrics(Confusion(truePositives: 10, falsePositives: 0, trueNegatives: 90, falseNegatives: 0))
  },
  Command("other-scores", "metrics of the same images, one of them worse", result: .object("metrics")) { _, _ in
    metrics(Confusion(truePositives: 10, falsePositives: 20, trueNegatives: 70, falseNegatives: 0))
  },
  Command("refuse", "fail with a code", [.argument("code", .text, "the code")]) { arguments, _ in
    throw Failure(arguments.text("code"), "refused as asked", hint: "ask for something else")
  },
  Command("linger", "wait until stopped, at most two minutes") { _, context in
    for _ in 0..<12_000 where !context.host.isCancelled { usleep(10_000) }
    return .none
  },
  Command("stop-now", "ask the run to stop") { _, _ in
    stopSwitch.withLock { $0?.request() }
    return .none
  },
  Command(
    "keep", "write a text", [.argument("path", .text, "where"), .argument("text", .text, "what")],
    plan: { call -> Planned<Arguments> in
      call.willWrite(call["text"], toPath: "path")
      return Planned(call.completeArguments)
    },
    run: { arguments, context in
      try context.host.write(Array(arguments.text("text").utf8), to: arguments.text("path"))
      return .none
    }),
  Command("recall", "read a text", [.argument("path", .path, "where")], result: .text) { arguments, context in
    let path = try context.host.pathToRead(arguments.text("path"))
    return .text(String(decoding: try fileBytes(path, limit: 1 << 20), as: UTF8.self))
  },
]

/// Metrics of two images, of which the second has these counts.
private func metrics(_ second: Confusion) -> Value {
  let first = Confusion(truePositives: 30, falsePositives: 10, trueNegatives: 50, falseNegatives: 10)
  return .object(
    MetricsValue(
      MetricsReport(rows: [.init(name: "one, two", confusion: first), .init(name: "three", confusion: second)])))
}
