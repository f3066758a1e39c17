import Angiography
import Base
import Vocabulary

/// `metrics.json` and `metrics.csv`: every measurement of a run, by cell.
struct MetricsFiles {
  private let entries: [(label: String, key: String, report: MetricsReport)]

  init(_ records: [CellRecord]) {
    var entries: [(label: String, key: String, report: MetricsReport)] = []
    for record in records {
      var number = 0
      for output in record.outputs {
        guard case .metrics(let metrics) = output.shown else { continue }
        number += 1
        let label = record.cell.label
        entries.append((label, number == 1 ? label : "\(label)-\(number)", metrics.report))
      }
    }
    self.entries = entries
  }

  /// Every measurement by its key, in the order of the cells.
  var measured: [(key: String, report: MetricsReport)] { entries.map { ($0.key, $0.report) } }

  /// What there is of one cell, by key.
  func reports(of label: String) -> [String: JSON] {
    Dictionary(entries.filter { $0.label == label }.map { ($0.key, $0.report.json) }) { first, _ in first }
  }

  /// By the cell's label, what `MetricsReport.json` holds; a cell's second measurement stands under `<cell>-2`.
  var json: String {
    let cells = Dictionary(entries.map { ($0.key, $0.report.json) }) { first, _ in first }
    return JSON.object(cells).text(.lines) + "\n"
  }

  /// One line an image with the cell in front; the header stands once.
  var csv: String {
    var lines: [String] = []
    for (_, key, report) in entries {
      let rows = report.csvRows
      guard let header = rows.first else { continue }
      if lines.isEmpty { lines.append(csvLine(["cell"] + header)) }
      lines += rows.dropFirst().map { csvLine([key] + $0) }
    }
    return lines.joined()
  }
}
