import Angiography
import Figures
import Language
import Vocabulary

/// What the vocabulary's values look like in a report.
public let presentVocabulary: Presenter = { value in
  presentations(of: value).map { presentation in
    switch presentation {
    case .text(let text): .text(text)
    case .figure(let figure): .figure(PresentedFigure(figure))
    case .table(let table): .table(TableRecord(table))
    case .metrics(let metrics): .metrics(MetricsRecord(metrics))
    }
  }
}

extension PresentedFigure {
  init(_ figure: Figure) {
    self.init(
      caption: figure.caption, isPixelsOnly: figure.soleGreyPixels != nil, png: { try figure.png() },
      svg: { try figure.svg() }, pgm: { try figure.pgm() })
  }
}

extension TableRecord {
  init(_ table: TableValue) {
    self.init(
      title: table.title, columns: table.columns, rows: table.rows.map { $0.map(\.text) },
      isNumeric: table.columns.indices.map(table.isNumeric))
  }
}

extension MetricsRecord {
  init(_ value: MetricsValue) {
    let measures = Angiography.Measure.allCases.map { measure in
      let summary = value.report.summary(of: measure)
      return Measure(
        name: measure.rawValue, mean: summary.mean, sd: summary.standardDeviation, pooled: summary.pooled,
        n: summary.count)
    }
    self.init(measures: measures, tables: [TableRecord(value.table)], rows: value.report.csvRows)
  }
}
