import Angiography
import Base
import Imaging
import Language
import Methods
import Networks

/// Several methods on the same images: their predictions, what they cost, and how they rank.
///
/// One that was stopped ranks nothing yet: it holds what has been learnt, to go on with.
public struct ComparisonValue: Resumable, Describable {
  /// One method's part.
  public struct Entry: Sendable {
    public let title: String
    /// Of every test image, whichever fold it was in.
    public let predictions: PredictionsValue
    public let scores: MethodScores
    /// Of every test of an image.
    public let lesions: LesionReport
    /// What training adjusts: the generator's and the discriminator's; nil where nothing is trained.
    public let parameters: (generator: Int, discriminator: Int)?
    /// Training, all folds together; nil where a part of it was done by another run, and where nothing is trained.
    public let seconds: Double?
    /// What it has learnt in each fold.
    let segmenters: [SegmenterValue]
    /// One or more a fold; empty where nothing is trained.
    public var networks: [NetworkValue] { segmenters.flatMap { $0.fitted.networks.map { NetworkValue($0) } } }

    init(_ entry: ComparisonResult.Entry) {
      title = entry.title
      predictions = PredictionsValue(entry.predictions)
      (scores, lesions) = (entry.scores, entry.lesions)
      (parameters, seconds) = (entry.parameters, entry.seconds)
      segmenters = entry.fits.map { SegmenterValue($0, title: entry.title) }
    }
  }

  /// Empty where it was stopped.
  private let entries: [Entry]
  /// What has been learnt of a comparison that was stopped.
  let state: Trainings.State?
  /// How train and test images were told apart, in words.
  public let protocolText: String
  /// The method that the others are tested against.
  public let baseline: Int
  /// By method: the interval of the mean DSC; nil where that is over fewer than two patients.
  let intervals: [ClosedRange<Double>?]
  /// By method: the test of its DSC against the baseline's; nil for the baseline, and where no image has both.
  let tests: [(test: SignedRank, corrected: Double)?]
  /// By method: what its DSC has beyond the baseline's; nil for the baseline, and where no image has both.
  let compared: [PairedDifference?]

  init(_ result: ComparisonResult, protocolText: String) {
    entries = result.entries.map { Entry($0) }
    (baseline, intervals, tests) = (result.baseline, result.intervals, result.tests)
    compared = result.differences
    self.protocolText = protocolText
    state = nil
  }

  /// One that was stopped.
  init(stopped state: Trainings.State, protocolText: String) {
    (entries, self.protocolText, baseline, intervals, tests, compared) = ([], protocolText, 0, [], [], [])
    self.state = state
  }

  public var wasInterrupted: Bool { state != nil }

  /// The methods with their results.
  ///
  /// - Throws: `comparison-interrupted`.
  public var ranked: [Entry] {
    get throws {
      guard let state else { return entries }
      throw Failure(
        "comparison-interrupted",
        "this comparison was stopped with \(state.finished.count) of \(state.total) networks trained, and ranks nothing yet",
        hint: "`c = compare … \(TrainingParameters.resumeName): c` goes on with it")
    }
  }

  public static let typeName = "comparison"
  public static let meaning = "several systems trained and judged on the same folds"
  public static let isSetInColumns = true
  public static let members = [
    MemberDeclaration("table", .object(TableValue.typeName), "the paper's measures, pooled DSC, interval and test"),
    MemberDeclaration("details", .object(TableValue.typeName), "IoU, outlines, area, parameters, training time"),
    MemberDeclaration(
      "differences", .object(TableValue.typeName), "each method's DSC beside the baseline's, image by image"),
    MemberDeclaration(
      "lesions", .object(TableValue.typeName), "lesions found and false lesions, as lesion-metrics counts them"),
    MemberDeclaration("predictions", .record, "predictions by method, of the first repeat: for panel and overlay"),
    MemberDeclaration("metrics", .record, "metrics by method, of the first repeat: for paper-table"),
    MemberDeclaration("networks", .record, "the trained networks by method, a list over all folds"),
    MemberDeclaration(
      "segmenters", .record, "what each method has learnt, a list with one a fold and repeat: for predict"),
    MemberDeclaration("methods", .list(of: .text), "the methods' titles, in order"),
    MemberDeclaration("interrupted", .truth, "whether it was stopped; then it has nothing else yet"),
  ]

  public var summary: String {
    if let state {
      return "comparison, stopped with \(state.finished.count) of \(state.total) networks trained, \(protocolText)"
    }
    return "comparison of \(counted(entries.count, "method")) on \(counted(imageCount, "image")), \(protocolText)"
  }
  public var count: Int? { entries.count }
  public var display: String { wasInterrupted ? summary : table.display + "\n\n" + details.display }
  public func description() throws -> Value {
    _ = try ranked
    return .object(details)
  }

  public func member(_ name: String) throws -> Value {
    if name == "interrupted" { return .truth(wasInterrupted) }
    let entries = try ranked
    func record(_ value: (Entry) throws -> Value) rethrows -> Value {
      var record = Record()
      for entry in entries { record[entry.title] = try value(entry) }
      return .record(record)
    }
    switch name {
    case "table": return .object(table)
    case "details": return .object(details)
    case "differences": return .object(differences)
    case "lesions":
      return .object(
        TableValue.lesions(byMethod: entries.map { ($0.title, $0.lesions) }, under: protocolText))
    case "predictions": return record { .object($0.predictions) }
    case "metrics":
      return try record { entry in
        .object(
          MetricsValue(
            try MetricsReport(predictions: entry.predictions.masks(), samples: entry.predictions.samples)))
      }
    case "networks": return record { .list($0.networks.map { .object($0) }) }
    case "segmenters": return record { .list($0.segmenters.map { .object($0) }) }
    default: return .list(entries.map { .text($0.title) })
    }
  }

  /// One method as a record: `method`, `predictions`.
  public func element(at index: Int) throws -> Value {
    let entry = try ranked[index]
    return .record(Record(["method": .text(entry.title), "predictions": .object(entry.predictions)]))
  }
}

extension ComparisonValue {
  private var imageCount: Int { entries[0].scores.images.count }

  /// The paper's Table 1, with what it leaves out: pooled DSC, an interval of the mean, a test against the baseline.
  public var table: TableValue {
    let rows = entries.enumerated().map { index, entry -> [TableValue.Cell] in
      let cells = Measure.paper.map { cell(entry, $0) }
      let interval = intervals[index].map {
        "\(formatted(100 * $0.lowerBound, decimals: 1)) … \(formatted(100 * $0.upperBound, decimals: 1))"
      }
      let probability: TableValue.Cell =
        index == baseline
        ? .text("baseline")
        : tests[index].map { .probability($0.corrected) } ?? .empty
      return [.text(entry.title)] + cells + [
        .number(100 * entry.scores.pooled.dice, decimals: 2), interval.map { .text($0) } ?? .empty, probability,
      ]
    }
    let methods = Set(tests.compactMap { $0?.test.method.rawValue }).sorted().joined(separator: " or ")
    return TableValue(
      title:
        "\(counted(imageCount, "image")), \(protocolText); mean ± SD in percent (images with a value / all, where some have "
        + "none); 95 %: BCa bootstrap over patients; p: Wilcoxon's signed-rank test of the patients' mean DSC against "
        + "\(entries[baseline].title)\(methods.isEmpty ? "" : ", \(methods)"), Holm's correction; empty masks: "
        + entries[0].scores.empty.rawValue,
      columns: ["method"] + Measure.paper.map(\.heading) + ["pooled DSC", "95 % of mean DSC", "p"], rows: rows)
  }

  /// Overlap, outlines and area, with how many images each is over, and what the methods cost.
  public var details: TableValue {
    let rows = entries.map { entry -> [TableValue.Cell] in
      let cells = Measure.spatial.map { cell(entry, $0, alwaysCounts: true) }
      return [.text(entry.title)] + cells + [
        entry.parameters.map { .text(Self.millions($0)) } ?? .empty,
        entry.seconds.map { .time($0) } ?? .empty,
      ]
    }
    return TableValue(
      title: "mean ± SD (images with a value / all); \(Self.unitsAndNotes(of: Measure.spatial)); empty masks: "
        + entries[0].scores.empty.rawValue,
      columns: ["method"] + Measure.spatial.map(\.heading) + [
        "parameters, M (G + D)", "training, s",
      ], rows: rows)
  }

  /// What each method's DSC has beyond the baseline's on the same images.
  public var differences: TableValue {
    let rows = entries.indices.filter { $0 != baseline }.map { index -> [TableValue.Cell] in
      let found = compared[index]
      func signed(_ share: Double, decimals: Int) -> String {
        (share > 0 ? "+" : "") + formatted(100 * share, decimals: decimals)
      }
      let cells: [TableValue.Cell] =
        found.map { found in
          let spread = found.deviation.map { " ± " + formatted(100 * $0, decimals: 2) } ?? ""
          let interval = found.interval.map {
            "\(signed($0.lowerBound, decimals: 1)) … \(signed($0.upperBound, decimals: 1))"
          }
          return [
            .text(signed(found.mean, decimals: 2) + spread), interval.map { .text($0) } ?? .empty,
            .text("\(found.better)"), .text("\(found.worse)"), .text(signed(found.pooled, decimals: 2)),
          ]
        } ?? Array(repeating: .empty, count: 5)
      return [.text(entries[index].title)] + cells + [tests[index].map { .probability($0.corrected) } ?? .empty]
    }
    return TableValue(
      title:
        "DSC less that of \(entries[baseline].title), \(counted(imageCount, "image")), \(protocolText); mean ± SD of the paired "
        + "differences in percentage points; 95 %: BCa bootstrap over patients; p: Wilcoxon's signed-rank test, Holm's "
        + "correction",
      columns: ["method", "difference", "95 % of its mean", "better", "worse", "pooled DSC", "p"], rows: rows)
  }

  /// `percent but for HD95, which is over images where both masks mark something; surface DSC within 2 px at 512 px`.
  private static func unitsAndNotes(of measures: [Measure]) -> String {
    let others = measures.filter { !$0.isFraction }.map { measure in
      measure.symbol + (measure.note.map { ", which is \($0)" } ?? "")
    }
    let notes = measures.filter(\.isFraction).compactMap { measure in measure.note.map { "\(measure.symbol) \($0)" } }
    return (["percent" + (others.isEmpty ? "" : " but for \(wordList(others, "and"))")] + notes)
      .joined(separator: "; ")
  }

  private func cell(_ entry: Entry, _ measure: Measure, alwaysCounts: Bool = false) -> TableValue.Cell {
    let scale = measure.isFraction ? 100.0 : 1
    let found = entry.scores.summary(of: measure)
    return .text(
      meanText(
        found.map { scale * $0.mean }, found?.deviation.map { scale * $0 }, decimals: 2, over: found?.count ?? 0,
        of: imageCount, alwaysCounts: alwaysCounts))
  }

  private static func millions(_ count: (generator: Int, discriminator: Int)) -> String {
    let generator = formatted(Double(count.generator) / 1e6, decimals: 2)
    return count.discriminator == 0
      ? generator : "\(generator) + \(formatted(Double(count.discriminator) / 1e6, decimals: 2))"
  }
}

extension ComparisonValue: Presentable {
  var presentations: [Presentation] { wasInterrupted ? [.text(display)] : [.table(table), .table(details)] }
}

extension ComparisonValue {
  private enum CodingKeys: CodingKey {
    case entries, state, protocolText, baseline, intervals, tests, compared
  }
  private struct Test: Codable {
    let test: SignedRank
    let corrected: Double
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(entries, forKey: .entries)
    try fields.encodeIfPresent(state, forKey: .state)
    try fields.encode(protocolText, forKey: .protocolText)
    try fields.encode(baseline, forKey: .baseline)
    try fields.encode(intervals, forKey: .intervals)
    try fields.encode(compared, forKey: .compared)
    try fields.encode(tests.map { $0.map { Test(test: $0.test, corrected: $0.corrected) } }, forKey: .tests)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    entries = try fields.decode([Entry].self, forKey: .entries)
    state = try fields.decodeIfPresent(Trainings.State.self, forKey: .state)
    protocolText = try fields.decode(String.self, forKey: .protocolText)
    baseline = try fields.decode(Int.self, forKey: .baseline)
    intervals = try fields.decode([ClosedRange<Double>?].self, forKey: .intervals)
    tests = try fields.decode([Test?].self, forKey: .tests).map { $0.map { ($0.test, $0.corrected) } }
    compared = try fields.decode([PairedDifference?].self, forKey: .compared)
    let fits = intervals.count == entries.count && compared.count == entries.count && tests.count == entries.count
    guard fits, entries.isEmpty ? state != nil : entries.indices.contains(baseline) else {
      throw DecodingError.dataCorruptedError(forKey: .entries, in: fields, debugDescription: "not an interval a method")
    }
  }
}

extension ComparisonValue.Entry: Codable {
  private enum CodingKeys: CodingKey {
    case title, predictions, scores, lesions, generator, discriminator, seconds, segmenters
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(title, forKey: .title)
    try fields.encode(predictions, forKey: .predictions)
    try fields.encode(scores, forKey: .scores)
    try fields.encode(lesions, forKey: .lesions)
    try fields.encodeIfPresent(parameters?.generator, forKey: .generator)
    try fields.encodeIfPresent(parameters?.discriminator, forKey: .discriminator)
    if !encoder.isOfContents { try fields.encodeIfPresent(seconds, forKey: .seconds) }
    try fields.encode(segmenters, forKey: .segmenters)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    title = try fields.decode(String.self, forKey: .title)
    predictions = try fields.decode(PredictionsValue.self, forKey: .predictions)
    scores = try fields.decode(MethodScores.self, forKey: .scores)
    lesions = try fields.decode(LesionReport.self, forKey: .lesions)
    let generator = try fields.decodeIfPresent(Int.self, forKey: .generator)
    let discriminator = try fields.decodeIfPresent(Int.self, forKey: .discriminator)
    parameters = if let generator, let discriminator { (generator, discriminator) } else { nil }
    seconds = try fields.decodeIfPresent(Double.self, forKey: .seconds)
    segmenters = try fields.decode([SegmenterValue].self, forKey: .segmenters)
  }
}
