import Angiography
import Base
import Language
import Vocabulary

/// The metrics of a grid's runs in one table, with a page, Markdown and files for programs.
struct GridReport {
  /// The name of its folder, beside those of the runs.
  static let folder = "table"

  /// One of the runs, as far as it has come.
  struct Run {
    let combination: ParameterGrid.Combination
    let status: ExitStatus
    /// Of all its cells, wherever they ran.
    let seconds: Double
    /// What was measured, by the cell's label.
    let measured: [(key: String, report: MetricsReport)]
  }

  let title: String
  /// What all runs have in common: names and values.
  let common: [(name: String, value: String)]
  let axes: [ParameterGrid.Axis]
  let runs: [Run]

  /// How many runs the grid has in all.
  let runCount: Int

  /// What any run has measured, in the order of the book.
  private var keys: [String] {
    runs.flatMap { $0.measured.map(\.key) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// In per cent; `nil` where the run has not measured it.
  private static func value(_ column: SummaryColumn, of key: String, in run: Run) -> Double? {
    run.measured.first { $0.key == key }.flatMap { column($0.report) }.map { 100 * $0 }
  }

  /// A row a run for one measurement: its params, the means over images in per cent, how long it took, how it ended.
  private func table(of key: String?) -> TableValue {
    let columns = key == nil ? [] : SummaryColumn.all
    let showsEnding = runs.contains { $0.status != .success }
    let rows = runs.map { run -> [TableValue.Cell] in
      run.combination.texts.map { .text($0) }
        + columns.map { column in
          key.flatMap { Self.value(column, of: $0, in: run) }.map { .number($0, decimals: 2) } ?? .empty
        } + [
          .time(run.seconds)
        ]
        + (showsEnding ? [.text(run.status.word)] : [])
    }
    let what = key.map { "\($0): " } ?? ""
    return TableValue(
      title: "\(what)\(countText), means over the images in %",
      columns: axes.map(\.name) + columns.map(\.symbol) + ["time, s"] + (showsEnding ? ["ended"] : []), rows: rows)
  }

  /// Mean ± SD over the seeds, a row for each combination of the other params; `nil` where there is one seed.
  private func seedTable(of key: String) -> TableValue? {
    guard let seeds = axes.firstIndex(where: { $0.name == BookParameter.seedName }), axes[seeds].texts.count > 1 else {
      return nil
    }
    let columns = SummaryColumn.all
    var groups: [(texts: [String], runs: [Run])] = []
    for run in runs where run.status == .success {
      var texts = run.combination.texts
      texts.remove(at: seeds)
      if let place = groups.firstIndex(where: { $0.texts == texts }) {
        groups[place].runs.append(run)
      } else {
        groups.append((texts, [run]))
      }
    }
    let rows = groups.map { group -> [TableValue.Cell] in
      group.texts.map { .text($0) }
        + columns.map { column in
          meanAndSampleDeviation(group.runs.compactMap { Self.value(column, of: key, in: $0) }).map {
            .text(meanText($0.mean, $0.deviation, decimals: 2))
          } ?? .empty
        } + [.number(Double(group.runs.count), decimals: 0)]
    }
    var names = axes.map(\.name)
    names.remove(at: seeds)
    return TableValue(
      title: "\(key): mean ± SD (n − 1) over the seeds that came to their end, in %",
      columns: names + columns.map(\.symbol) + ["seeds"], rows: rows)
  }

  private var countText: String {
    runs.count < runCount ? "\(runs.count) of \(runCount) runs" : "\(runCount) runs"
  }

  var tables: [TableValue] {
    keys.isEmpty ? [table(of: nil)] : keys.flatMap { [table(of: $0)] + [seedTable(of: $0)].compactMap { $0 } }
  }

  private var page: RunPage {
    let links = runs.map { run in
      let address = markdownAddress("../\(run.combination.folder)/report.html")
      let ending = run.status == .success ? "" : ": \(run.status.word)"
      return "- [\(escapedMarkdown(run.combination.words))](\(address))\(ending)"
    }
    let facts = common.map { "- \(escapedMarkdown($0.name)): \(escapedMarkdown($0.value))" }.joined(separator: "\n")
    return RunPage(
      kind: "cnp: runs of a grid", title: "\(title): \(axes.map(\.name).joined(separator: ", "))",
      parts: tables.map { .table($0) } + [
        .prose("## Reports\n\n" + links.joined(separator: "\n")), .prose("## In common\n\n" + facts),
      ])
  }

  /// A line a run and measurement, at full precision; fractions, not per cent.
  private var csv: String {
    let head =
      ["folder"] + axes.map { "param-\($0.name)" } + ["status", "seconds", "cell"] + SummaryColumn.all.map(\.name)
    let rows = runs.flatMap { run -> [[String]] in
      let start = [run.combination.folder] + run.combination.texts + [run.status.word, "\(run.seconds)"]
      guard !run.measured.isEmpty else { return [start + [""] + SummaryColumn.all.map { _ in "" }] }
      return run.measured.map { measured in
        start + [measured.key] + SummaryColumn.all.map { $0(measured.report).map { "\($0)" } ?? "" }
      }
    }
    return ([head] + rows).map(csvLine).joined()
  }

  private var facts: [String: JSON] {
    [
      "engine": .text(Engine.version), "kind": .text("grid"),
      "common": .object(Dictionary(common.map { ($0.name, .text($0.value)) }) { first, _ in first }),
      "axes": .list(
        axes.map { .object(["name": .text($0.name), "values": .list($0.texts.map { .text($0) })]) }),
      "runs": .list(
        runs.map { run in
          .object([
            "folder": .text(run.combination.folder), "status": .text(run.status.word),
            "params": .object(
              Dictionary(zip(axes.map(\.name), run.combination.texts.map { .text($0) })) { first, _ in first }),
            "metrics": .object(Dictionary(run.measured.map { ($0.key, $0.report.json) }) { first, _ in first }),
          ])
        }),
    ]
  }

  /// Writes it below the grid's folder, in place of an earlier one.
  func write(below folder: String) throws(BookFileError) {
    let output = try OutputFolder(joinPath(folder, Self.folder))
    try output.write("report.html", page.html)
    try output.write("report.md", page.markdown)
    try output.write("metrics.csv", csv)
    try output.commit(facts)
  }
}
