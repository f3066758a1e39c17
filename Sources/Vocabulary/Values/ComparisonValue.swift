import Angiography
import Language
import Networks

/// Several methods on the same images: their predictions, what they cost, and how they rank.
public struct ComparisonValue: ObjectValue, Describable {
  /// One method's part.
  public struct Entry: Sendable {
    public let title: String
    /// Of every test image, whichever fold it was in.
    public let predictions: PredictionsValue
    public let scores: MethodScores
    /// What training adjusts: the generator's and the discriminator's; nil where nothing is trained.
    public let parameters: (generator: Int, discriminator: Int)?
    /// Training, all folds together.
    public let seconds: Double?
    /// The network of each fold.
    public let networks: [NetworkValue]
  }

  public let entries: [Entry]
  /// How train and test images were told apart, in words.
  public let protocolText: String
  /// The method that the others are tested against.
  public let baseline: Int
  /// By method and score: the interval of the mean.
  let intervals: [[Score: ClosedRange<Double>]]
  /// By method: the test of its DSC against the baseline's; nil for the baseline.
  let tests: [(test: SignedRank, corrected: Double)?]

  public static let typeName = "comparison"
  public static let members = [
    MemberDeclaration("table", .object(TableValue.typeName), "the paper's measures, pooled DSC, interval and test"),
    MemberDeclaration("details", .object(TableValue.typeName), "IoU, outlines, area, parameters, training time"),
    MemberDeclaration("predictions", .record, "predictions by method: for panel and overlay"),
    MemberDeclaration("metrics", .record, "metrics by method: for paper-table"),
    MemberDeclaration("networks", .record, "the trained networks by method, a list with one a fold"),
    MemberDeclaration("methods", .list(of: .text), "the methods' titles, in order"),
  ]

  public var summary: String {
    "comparison of \(entries.count) methods on \(entries[0].scores.images.count) images, \(protocolText)"
  }
  public var count: Int? { entries.count }
  public var display: String { table.display + "\n\n" + details.display }
  public func description() throws -> Value { .object(details) }

  public func member(_ name: String) throws -> Value {
    func record(_ value: (Entry) throws -> Value) rethrows -> Value {
      var record = Record()
      for entry in entries { record[entry.title] = try value(entry) }
      return .record(record)
    }
    switch name {
    case "table": return .object(table)
    case "details": return .object(details)
    case "predictions": return record { .object($0.predictions) }
    case "metrics":
      return try record { entry in
        .object(
          MetricsValue(
            try MetricsReport(predictions: entry.predictions.masks(), samples: entry.predictions.samples)))
      }
    case "networks": return record { .list($0.networks.map { .object($0) }) }
    default: return .list(entries.map { .text($0.title) })
    }
  }

  /// One method as a record: `method`, `predictions`.
  public func element(at index: Int) throws -> Value {
    .record(
      Record([
        "method": .text(entries[index].title), "predictions": .object(entries[index].predictions),
      ]))
  }
}

extension ComparisonValue {
  private var imageCount: Int { entries[0].scores.images.count }

  /// The paper's Table 1, with what it leaves out: pooled DSC, an interval of the mean, a test against the baseline.
  public var table: TableValue {
    let rows = entries.enumerated().map { index, entry -> [TableValue.Cell] in
      let cells = [Score.dice, .sensitivity, .specificity, .accuracy].map { text(entry, $0) }
      let interval = intervals[index][.dice].map {
        "\(formatted(100 * $0.lowerBound, decimals: 1)) … \(formatted(100 * $0.upperBound, decimals: 1))"
      }
      let probability: TableValue.Cell =
        index == baseline
        ? .text("baseline") : tests[index].map { .number($0.corrected, decimals: 3) } ?? .empty
      return [.text(entry.title)] + cells + [
        .number(100 * entry.scores.pooled.dice, decimals: 2), interval.map { .text($0) } ?? .empty, probability,
      ]
    }
    let method = tests.compactMap { $0 }.first.map { ", \($0.test.method.rawValue)" } ?? ""
    return TableValue(
      title: "\(imageCount) images, \(protocolText); mean ± SD in percent; p: Wilcoxon's signed-rank test of the "
        + "DSC against \(entries[baseline].title)\(method), Holm's correction; empty masks: "
        + entries[0].scores.empty.rawValue,
      columns: ["method", "DSC", "SEN", "SPE", "ACC", "pooled DSC", "95 % of mean DSC", "p"], rows: rows)
  }

  /// Overlap, outlines and area, with how many images each is over, and what the methods cost.
  public var details: TableValue {
    let rows = entries.map { entry -> [TableValue.Cell] in
      let cells = [Score.iou, .hausdorff95, .surfaceDice, .areaError].map { score -> TableValue.Cell in
        guard let summary = entry.scores.summary(of: score) else { return .empty }
        return .text("\(value(summary, score)) (\(summary.count)/\(imageCount))")
      }
      return [.text(entry.title)] + cells + [
        entry.parameters.map { .text(Self.millions($0)) } ?? .empty,
        entry.seconds.map { .number($0, decimals: 0) } ?? .empty,
      ]
    }
    return TableValue(
      title: "mean ± SD (images with a value / all); percent but for HD95; surface DSC within "
        + "\(formatted(ImageScores.surfaceTolerance, decimals: 0)) px at 512 px",
      columns: ["method"] + [Score.iou, .hausdorff95, .surfaceDice, .areaError].map(\.abbreviation) + [
        "parameters, M (G + D)", "training, s",
      ], rows: rows)
  }

  private func text(_ entry: Entry, _ score: Score) -> TableValue.Cell {
    entry.scores.summary(of: score).map { .text(value($0, score)) } ?? .empty
  }

  private func value(_ summary: (mean: Double, deviation: Double, count: Int), _ score: Score) -> String {
    let scale = score.isFraction ? 100.0 : 1
    return "\(formatted(scale * summary.mean, decimals: 2)) ± \(formatted(scale * summary.deviation, decimals: 2))"
  }

  private static func millions(_ count: (generator: Int, discriminator: Int)) -> String {
    let generator = formatted(Double(count.generator) / 1e6, decimals: 2)
    return count.discriminator == 0
      ? generator : "\(generator) + \(formatted(Double(count.discriminator) / 1e6, decimals: 2))"
  }
}
