import Figures
import Language
import Methods

/// How far the probabilities of predictions are what they say.
public struct ReliabilityValue: ObjectValue {
  private let reliability: Reliability
  /// What made the predictions.
  private let method: String

  init(_ reliability: Reliability, of method: String) { (self.reliability, self.method) = (reliability, method) }

  public static let typeName = "reliability"
  public static let meaning = "how far probabilities are what they say, bin by bin"
  public static let isSetInColumns = true
  public static let members = [
    MemberDeclaration("ece", .number, "expected calibration error, in [0, 1]"),
    MemberDeclaration("mce", .number, "maximum calibration error, in [0, 1]"),
    MemberDeclaration("brier", .number, "Brier score, in [0, 1]"),
    MemberDeclaration("table", .object(TableValue.typeName), "a row a bin: how many pixels, predicted and observed"),
    MemberDeclaration("figure", .object(FigureValue.typeName), "the reliability diagram"),
  ]

  public var summary: String {
    "reliability of \(method): ECE \(formatted(reliability.expectedError, decimals: 4)), Brier "
      + formatted(reliability.brier, decimals: 4)
  }
  public var display: String { table.display }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "ece": .number(reliability.expectedError)
    case "mce": .number(reliability.maximumError)
    case "brier": .number(reliability.brier)
    case "table": .object(table)
    default: .object(FigureValue(try figure))
    }
  }

  private var table: TableValue {
    let rows = reliability.bins.map { bin -> [TableValue.Cell] in
      [
        .number(bin.range.lowerBound, decimals: 4), .number(bin.range.upperBound, decimals: 4),
        .number(bin.count, decimals: 0), bin.predicted.map { .number($0, decimals: 4) } ?? .empty,
        bin.observed.map { .number($0, decimals: 4) } ?? .empty,
      ]
    }
    return TableValue(
      title: summary, columns: ["from", "to", "pixels", "predicted, mean", "observed, share"], rows: rows)
  }

  private var figure: Figure {
    get throws {
      let bins = reliability.bins.compactMap { bin -> Figure.ProbabilityBin? in
        guard let predicted = bin.predicted, let observed = bin.observed else { return nil }
        return Figure.ProbabilityBin(bin.range, predicted: predicted, observed: observed, count: bin.count)
      }
      let notes = [
        ("ECE", reliability.expectedError), ("MCE", reliability.maximumError), ("Brier", reliability.brier),
      ].map { "\($0) \(formatted($1, decimals: 3))" }
      return try Figure.reliability(bins, notes: notes, title: method, caption: summary)
    }
  }
}

extension ReliabilityValue: Presentable {
  var presentations: [Presentation] { get throws { [.figure(try figure)] } }
}
