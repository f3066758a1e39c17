extension MetricsReport {
  /// What `metrics.json` holds of one cell: a record a measure, fractions at full precision.
  ///
  /// `{"dsc": {"mean": 0.5, "sd": 0.1, "pooled": 0.6, "n": 13, "total": 13}, "sen": …}`; undefined values are `null`.
  public var json: String {
    let fields = Measure.allCases.map { measure in
      let summary = summary(of: measure)
      return """
        "\(measure.rawValue)": {"mean": \(number(summary.mean)), "sd": \(number(summary.standardDeviation)), \
        "pooled": \(number(summary.pooled)), "n": \(summary.count), "total": \(summary.total)}
        """
    }
    return "{" + fields.joined(separator: ", ") + ", \"both-empty\": \(bothEmptyCount)}"
  }

  /// One line an image: its name, the four counts and the four measures; undefined values are empty.
  public var csv: String { csvRows.map(csvLine).joined() }

  /// Its fields, under those of a header.
  public var csvRows: [[String]] {
    let header = ["image", "tp", "fp", "tn", "fn"] + Measure.allCases.map(\.rawValue)
    let lines = rows.map { row in
      let counts = [
        row.confusion.truePositives, row.confusion.falsePositives, row.confusion.trueNegatives,
        row.confusion.falseNegatives,
      ]
      return [row.name] + counts.map { "\($0)" } + Measure.allCases.map { $0(row.confusion).map { "\($0)" } ?? "" }
    }
    return [header] + lines
  }

  private func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "null" }
}
