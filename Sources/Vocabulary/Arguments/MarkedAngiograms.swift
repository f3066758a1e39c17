import Angiography
import Imaging
import Language

/// What is marked on angiograms, by a method or by a grader: predictions, a dataset with masks, or one of their records.
struct MarkedAngiograms {
  let samples: [Sample]
  /// As many as samples, each of its sample's size.
  let masks: [Mask]
  /// Several maps of each, where that is what they are of.
  let uncertainty: UncertaintyValue?
  /// What marked them, where that is known.
  let method: String?

  static let accepts: Accepts = .either([
    .object(PredictionsValue.typeName), .object(UncertaintyValue.typeName), .object(DatasetValue.typeName), .record,
    .list(of: .record),
  ])
  static let parameter = Parameter.argument(
    "x", accepts,
    "what a method marked (predictions, or an `uncertainty` of them), angiograms with masks, or one of these (`found[0]`) or some "
      + "(`[found[0], found[3]]`)"
  )

  /// - Throws: `mask-missing` where nobody has marked an angiogram, what `Angiograms.sample` throws for a record.
  init(_ arguments: Arguments) throws(Failure) {
    uncertainty = arguments.object("x")
    switch arguments["x"] {
    case .object(let value as UncertaintyValue):
      (samples, masks, method) = (value.samples, value.predictions.masks(), value.method)
    case .object(let found as PredictionsValue):
      (samples, masks, method) = (found.samples, found.masks(), found.method)
    case .object(let data as DatasetValue):
      samples = data.dataset.samples
      method = nil
      masks = try samples.map { sample throws(Failure) in
        guard let mask = sample.mask else { throw Self.unmarked(sample.name) }
        return mask
      }
    case .record(let record):
      let (sample, mask) = try Self.marked(record)
      (samples, masks, method) = ([sample], [mask], Self.method(of: record))
    case .list(let records):
      guard !records.isEmpty else { throw Failure("no-images", "there is no angiogram in this list") }
      let marked = try records.map { value throws(Failure) in
        guard case .record(let record) = value else { preconditionFailure("the signature asks for records") }
        return try Self.marked(record)
      }
      (samples, masks) = (marked.map(\.sample), marked.map(\.mask))
      let methods = Set(
        records.map { value -> String? in if case .record(let record) = value { Self.method(of: record) } else { nil } }
      )
      method = methods.count == 1 ? methods.first ?? nil : nil
    default: preconditionFailure("the signature asks for what is marked")
    }
  }

  /// What made a prediction, as its record says.
  static func method(of record: Record) -> String? {
    guard Angiograms.isPrediction(record), case .text(let method)? = record["method"] else { return nil }
    return method
  }

  /// - Throws: `mask-missing`, `mask-size-differs`, what `Angiograms.sample` throws.
  private static func marked(_ record: Record) throws(Failure) -> (sample: Sample, mask: Mask) {
    let sample = try Angiograms.sample(record)
    guard let mask = try Angiograms.mask("mask", of: record, on: sample.image) else { throw unmarked(sample.name) }
    return (sample, mask)
  }

  private static func unmarked(_ name: String) -> Failure {
    Failure("mask-missing", "nobody has marked “\(name)”", hint: "predict it first, or load it with `masks:`")
  }
}

extension MarkedAngiograms {
  /// Warns of eyes that the intervals were learnt from.
  func warn(ofLeaks arguments: Arguments, _ host: any Host) {
    let intervals = arguments.object("intervals", as: IntervalsValue.self)
    for leak in intervals?.leaks(into: samples) ?? [] { host.warn(leak) }
  }

  /// What intervals of these areas are; `nil` where they have none.
  func trust(_ arguments: Arguments) -> String? {
    guard uncertainty != nil else { return nil }
    return arguments.object("intervals", as: IntervalsValue.self)?.summary
      ?? "intervals: 1.96 spreads of the maps, which nobody has compared with the truth"
  }
}
