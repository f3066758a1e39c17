import Angiography
import Language
import Vocabulary

extension Cell {
  /// Runs the program; where its options ask for more runs, those follow with the next seeds, and what the numbers that
  /// it ends with come to is put out behind the outputs of the first, whose names and files stay.
  ///
  /// - Throws: `repeat-without-numbers`; what a run throws.
  func run(in session: inout Session, host: any Host) throws(Diagnostic) {
    let streams = options.streams ?? label
    guard let count = options.repetitions else { return try session.run(program, cell: streams, host: host) }
    let before = session
    try session.run(program, cell: streams, host: host)
    var runs = [try measured(session)]
    for repetition in 1..<count {
      var again = before
      again.seed &+= UInt64(repetition)
      host.remark("run \(repetition + 1) of \(count), with seed \(again.seed)")
      try again.run(program, cell: streams, host: RepeatingHost(host, seed: again.seed))
      runs.append(try measured(again))
    }
    host.emit(.shown([.object(repetitionTable(of: runs, firstSeed: before.seed))], labels: []))
  }

  /// The numbers that a run has ended with.
  private func measured(_ session: Session) throws(Diagnostic) -> [(name: String, value: Double)] {
    let value = session.reach.value == nil ? nil : session.lastValue
    let numbers = value.map { measuredNumbers(in: $0, named: "") } ?? []
    guard !numbers.isEmpty else {
      throw Diagnostic(
        "repeat-without-numbers", "a cell that is repeated ends with a number, a list or record of numbers, or metrics",
        hint: "write what is to be summed up alone on the last line, as `metrics found test`", in: source,
        at: Span(0, source.text.utf8.count))
    }
    return numbers
  }
}

/// Numbers with their names: of metrics the means and the pooled DSC.
private func measuredNumbers(in value: Value, named name: String) -> [(name: String, value: Double)] {
  switch value {
  case .number(let number, _): return [(name.isEmpty ? "value" : name, number)]
  case .list(let values):
    return values.enumerated().flatMap { measuredNumbers(in: $0.element, named: "\(name)[\($0.offset)]") }
  case .record(let record):
    return record.names.flatMap { field in
      measuredNumbers(in: record[field] ?? .none, named: name.isEmpty ? field : "\(name).\(field)")
    }
  case .object(let object):
    guard let report = (object as? MetricsValue)?.report else { return [] }
    let head = name.isEmpty ? "" : "\(name), "
    return SummaryColumn.all.compactMap { column in column(report).map { (head + column.symbol, $0) } }
  default: return []
  }
}

/// A row a number: its mean over the runs, its standard deviation, the least and the largest.
private func repetitionTable(of runs: [[(name: String, value: Double)]], firstSeed: UInt64) -> TableValue {
  var names: [String] = []
  for run in runs { for entry in run where !names.contains(entry.name) { names.append(entry.name) } }
  let rows = names.map { name -> [TableValue.Cell] in
    let values = runs.compactMap { run in run.first { $0.name == name }?.value }
    let decimals = decimals(for: values)
    func cell(_ value: Double?) -> TableValue.Cell { value.map { .number($0, decimals: decimals) } ?? .empty }
    let (mean, deviation) = meanAndSampleDeviation(values).map { ($0.mean, $0.deviation) } ?? (nil, nil)
    return [
      .text(name), cell(mean), cell(deviation), cell(values.min()), cell(values.max()),
      .number(Double(values.count), decimals: 0),
    ]
  }
  let last = firstSeed &+ UInt64(runs.count - 1)
  return TableValue(
    title: "Over \(runs.count) runs, seeds \(firstSeed) to \(last)",
    columns: ["", "mean", "SD (n − 1)", "least", "largest", "runs"], rows: rows)
}

/// Digits behind the point that tell values apart: four below one, fewer above.
private func decimals(for values: [Double]) -> Int {
  let largest = values.map { abs($0) }.filter(\.isFinite).max() ?? 0
  return largest >= 1000 ? 1 : largest >= 10 ? 2 : 4
}

/// The host of a run that is repeated for its numbers: nothing that it puts out or writes is kept.
private final class RepeatingHost: Host {
  private let host: any Host
  let stateFolder: String?

  init(_ host: any Host, seed: UInt64) {
    self.host = host
    // Trainings of other seeds have other states.
    stateFolder = host.stateFolder.map { "\($0)/seed-\(seed)" }
  }

  var isCancelled: Bool { host.isCancelled }
  var isHurried: Bool { host.isHurried }
  var pausedSeconds: Double { host.pausedSeconds }
  func emit(_ output: Output) {}
  func report(_ progress: Progress) { host.report(progress) }
  func remark(_ text: String) { host.remark(text) }
  func pathToRead(_ path: String) throws -> String { try host.pathToRead(path) }
  func write(_ bytes: [UInt8], to path: String) throws {}
  func replace(_ bytes: [UInt8], at path: String) throws {}
  func keep(_ bytes: [UInt8], as path: String) throws { try host.keep(bytes, as: path) }
  func kept(_ path: String, limit: Int) throws -> [UInt8]? { try host.kept(path, limit: limit) }
}
