import Base

extension MetricsReport {
  /// What `metrics.json` holds of one cell: a record a measure, fractions at full precision.
  ///
  /// `{"dsc": {"mean": 0.5, "sd": 0.1, "pooled": 0.6, "n": 13, "total": 13}, "sen": …}`; undefined values are `null`.
  public var json: JSON {
    var fields: [String: JSON] = ["both-empty": .whole(bothEmptyCount)]
    for measure in Measure.paper {
      let summary = summary(of: measure)
      fields[measure.rawValue] = .object([
        "mean": .number(orNull: summary.mean), "sd": .number(orNull: summary.standardDeviation),
        "pooled": .number(orNull: summary.pooled), "n": .whole(summary.count), "total": .whole(summary.total),
      ])
    }
    return .object(fields)
  }

  /// One line an image: its name, the four counts and the four measures; undefined values are empty.
  public var csv: String { csvRows.map(csvLine).joined() }

  /// Its fields, under those of a header.
  public var csvRows: [[String]] {
    let header = ["image", "tp", "fp", "tn", "fn"] + Measure.paper.map(\.rawValue)
    let lines = rows.map { row in
      let counts = [
        row.confusion.truePositives, row.confusion.falsePositives, row.confusion.trueNegatives,
        row.confusion.falseNegatives,
      ]
      return [row.name] + counts.map { "\($0)" } + Measure.paper.map { $0(row.confusion).map { "\($0)" } ?? "" }
    }
    return [header] + lines
  }
}
