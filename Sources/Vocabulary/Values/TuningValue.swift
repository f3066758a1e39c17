import Angiography
import Figures
import Language
import Methods

/// Parameters that were chosen on angiograms with masks, and what all that were tried came to.
public struct TuningValue: ObjectValue, Describable {
  let tuning: Tuning
  let segmenter: SegmenterValue

  init(_ tuning: Tuning, _ segmenter: SegmenterValue) { (self.tuning, self.segmenter) = (tuning, segmenter) }

  public static let typeName = "tuning"
  public static let meaning = "parameters that were chosen on angiograms with masks, and what others came to"
  public static let members = [
    MemberDeclaration("segmenter", .object(SegmenterValue.typeName), "the method with what was chosen"),
    MemberDeclaration("dsc", .number, "its mean DSC over cases, in [0, 1]"),
    MemberDeclaration("parameters", .record, "what was chosen"),
    MemberDeclaration("table", .object(TableValue.typeName), "every setting that was tried, the best first"),
    MemberDeclaration("flatness", .object(TableValue.typeName), "how far each parameter may go for a point of DSC"),
    MemberDeclaration("figure", .object(FigureValue.typeName), "DSC over each parameter that was changed"),
  ]

  public var summary: String {
    let count = tuning.trials.count
    return "\(tuning.segmenter.title) tuned over \(count) setting\(count == 1 ? "" : "s"): DSC "
      + "\(percent(tuning.best.mean)); \(tuning.good.count) of them within one point"
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "segmenter": .object(segmenter)
    case "dsc": .number(tuning.best.mean)
    case "parameters": .record(Record(zip(tuning.segmenter.parameters, tuning.best.values)))
    case "table": .object(table)
    case "flatness": .object(flatness)
    default: .object(FigureValue(try figure))
    }
  }

  public func description() throws -> Value { .object(flatness) }

  /// The places of the parameters that differ between trials.
  private var changed: [Int] {
    tuning.segmenter.parameters.indices.filter { place in
      tuning.trials.contains { $0.values[place] != tuning.trials[0].values[place] }
    }
  }

  private var table: TableValue {
    let parameters = tuning.segmenter.parameters
    let order = tuning.trials.indices.sorted {
      (-tuning.trials[$0].mean, $0) < (-tuning.trials[$1].mean, $1)
    }
    let rows = order.map { index -> [TableValue.Cell] in
      let trial = tuning.trials[index]
      let spread = meanAndDeviation(trial.scores.map { 100 * $0 })
      return changed.map { .text(parameters[$0].written(trial.values[$0])) } + [
        spread.map { .text(meanText($0.mean, $0.deviation, decimals: 2)) } ?? .empty
      ]
    }
    return TableValue(
      title: summary, columns: changed.map { parameters[$0].name } + ["DSC, % (mean ± SD over cases)"], rows: rows)
  }

  private var flatness: TableValue {
    TableValue(
      title: "\(summary): values of the settings within one point of the best",
      columns: ["parameter", "chosen", "from", "to", "tried from", "to"],
      rows: tuning.flatness.map { entry in
        let place = tuning.segmenter.parameters.firstIndex { $0.name == entry.parameter.name } ?? 0
        return [
          .text(entry.parameter.name), .text(entry.parameter.written(tuning.best.values[place])),
          .text(entry.parameter.written(entry.range.lowerBound)),
          .text(entry.parameter.written(entry.range.upperBound)),
          .text(entry.parameter.written(entry.tried.lowerBound)),
          .text(entry.parameter.written(entry.tried.upperBound)),
        ]
      })
  }

  private var figure: Figure {
    get throws {
      let (parameters, trials) = (tuning.segmenter.parameters, tuning.trials)
      guard let best = trials.firstIndex(where: { $0.values == tuning.best.values }), trials.count > 1 else {
        throw FigureError.nothingToDraw(what: "a tuning of one setting")
      }
      let scatters = changed.map { place -> Figure.Scatter in
        let values = trials.map { $0.values[place] }
        guard case .choice(let words) = parameters[place].kind else {
          return Figure.Scatter(parameters[place].name, .numbers(values))
        }
        return Figure.Scatter(parameters[place].name, .words(words, values.map { Int($0) }))
      }
      return try Figure.scatters(
        scatters, values: trials.map { 100 * $0.mean }, yLabel: "mean DSC, %", marked: (best, "chosen"),
        caption: summary)
    }
  }
}

extension TuningValue: Presentable {
  var presentations: [Presentation] { [.table(table)] }
}

private func percent(_ fraction: Double) -> String { "\(formatted(100 * fraction, decimals: 2)) %" }

extension TuningValue {
  private enum CodingKeys: CodingKey { case method, trials, segmenter }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(tuning.segmenter.name, forKey: .method)
    try fields.encode(tuning.trials, forKey: .trials)
    try fields.encode(segmenter, forKey: .segmenter)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let name = try fields.decode(String.self, forKey: .method)
    let trials = try fields.decode([Tuning.Trial].self, forKey: .trials)
    guard let method = Segmenters.tunable(named: name), !trials.isEmpty,
      trials.allSatisfy({ trial in
        trial.values.count == method.parameters.count
          && zip(method.parameters, trial.values).allSatisfy { $0.allows($1) }
      })
    else {
      throw DecodingError.dataCorruptedError(forKey: .trials, in: fields, debugDescription: "no trials of a method")
    }
    self.init(Tuning(method, trials), try fields.decode(SegmenterValue.self, forKey: .segmenter))
  }
}
