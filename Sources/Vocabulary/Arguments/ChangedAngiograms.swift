import Angiography
import Base
import Language

/// What commands take and give back that say or change something of each angiogram: a dataset, one angiogram of it, or some.
enum ChangedAngiograms {
  static let accepts: Accepts = .either([.object(DatasetValue.typeName), .record, .list(of: .record)])
  static let result: Kind = .oneOf([.object(DatasetValue.typeName), .record, .list(of: .record)])
  static let help = "a dataset, one angiogram (`eyes[0]`), or some (`eyes[0..2]`)"

  /// What a command does to an angiogram.
  enum Work {
    /// It says something of it: a record keeps all else that it holds.
    case facts
    /// It makes another picture: a record is made anew.
    case pictures
  }

  /// In the form in which they were given.
  ///
  /// - Parameter change: gets each angiogram with its place among them.
  /// - Throws: `interrupted`, `no-images` for an empty list, what `Angiograms.sample` throws for a record.
  static func changed(
    _ value: Value, _ work: Work, by command: String, _ context: Context, _ change: (Sample, Int) throws -> Sample
  ) throws -> Value {
    func warn(of sample: Sample) {
      if work == .facts { for doubt in sample.doubts { context.host.warn(doubt) } }
    }
    func changed(_ value: Value, _ index: Int) throws -> Value {
      guard case .record(var record) = value else { preconditionFailure("the signature asks for records") }
      var taken = try Angiograms.sample(record)
      // What a method marked moves with the picture.
      if work == .pictures { taken = taken.marked(by: try Angiograms.mask("mask", of: record, on: taken.image)) }
      let sample = try change(taken, index)
      warn(of: sample)
      if work == .pictures { return try DatasetValue(Dataset(name: sample.name, samples: [sample])).element(at: 0) }
      record.add(factsOf: sample)
      return .record(record)
    }
    switch value {
    case .record: return try changed(value, 0)
    case .list(let records):
      guard !records.isEmpty else { throw Failure("no-images", "this list is empty: there is no angiogram in it") }
      return .list(try records.enumerated().map { try changed($1, $0) })
    case .object(let object as DatasetValue):
      var samples: [Sample] = []
      let all = object.dataset.samples
      for (index, sample) in all.enumerated() {
        if context.host.isCancelled {
          throw Failure("interrupted", "\(command) was interrupted after \(counted(index, "image"))")
        }
        let changed = try change(sample, index)
        warn(of: changed)
        samples.append(changed)
        context.host.report(Progress(command, done: index + 1, of: all.count))
      }
      return .object(DatasetValue(object.dataset.with(samples)))
    default: preconditionFailure("the signature asks for angiograms")
    }
  }
}
