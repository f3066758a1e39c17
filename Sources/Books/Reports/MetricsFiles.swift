import Angiography
import Base

/// `metrics.json` and `metrics.csv`: every measurement of a run, by cell.
struct MetricsFiles {
  private let entries: [(key: String, metrics: MetricsRecord)]

  init(_ records: [CellRecord]) {
    var entries: [(key: String, metrics: MetricsRecord)] = []
    for record in records {
      var number = 0
      for case .metrics(let metrics) in record.outputs {
        number += 1
        entries.append((number == 1 ? record.cell.label : "\(record.cell.label)-\(number)", metrics))
      }
    }
    self.entries = entries
  }

  /// `{"<cell>": {"dsc": {"mean": …, "sd": …, "pooled": …, "n": …}, …}}`, fractions; a cell's second measurement
  /// stands under `<cell>-2`.
  var json: String {
    let cells = entries.map { key, metrics in
      let measures = metrics.measures.map { measure in
        (
          measure.name,
          JSON.object([
            "mean": .number(orNull: measure.mean), "sd": .number(orNull: measure.sd),
            "pooled": .number(orNull: measure.pooled),
            "n": .whole(measure.n),
          ])
        )
      }
      return (key, JSON.object(Dictionary(measures) { first, _ in first }))
    }
    return JSON.object(Dictionary(cells) { first, _ in first }).text(.lines) + "\n"
  }

  /// One line an image with the cell in front; the header stands once.
  var csv: String {
    var lines: [String] = []
    for (key, metrics) in entries {
      guard let header = metrics.rows.first else { continue }
      if lines.isEmpty { lines.append(csvLine(["cell"] + header)) }
      lines += metrics.rows.dropFirst().map { csvLine([key] + $0) }
    }
    return lines.joined()
  }
}
