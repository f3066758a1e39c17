import Angiography
import Imaging
import Language
import Methods
import Networks

/// The argument of commands that have something fitted draw maps: a network, or another segmenter.
enum FittedArgument {
  static let name = "segmenter"
  static let parameter = Parameter.argument(
    name, .either([.object(NetworkValue.typeName), .object(SegmenterValue.typeName)]),
    "a trained network, or what `fit-method` or `compare` has fitted")

  /// A network predicts as a segmenter of one.
  static func segmenter(of call: CheckedCall) -> SegmenterValue? {
    guard let network = call.object(name, as: NetworkValue.self) else { return call.object(name) }
    return SegmenterValue(FittedNetwork(network.network), title: network.model.architecture.name)
  }

  /// Reports a network that gives no maps, or none of these images, and warns of one that has learnt nothing.
  static func canPredict(_ network: NetworkFacts, _ data: DatasetFacts, _ call: inout CheckedCall) -> Bool {
    if let architecture = network.architecture, !architecture.isGenerator {
      call.report(NetworkError.notAGenerator(network: architecture.name), on: name)
      return false
    }
    if network.isTrained == false {
      call.report(.untrained("this network has not been trained: what it predicts is noise", on: name))
    }
    // A trained network sees what it learnt to see.
    let seen = network.features.flatMap { $0.isEmpty ? data.features : $0 }
    for frame in (data.frames ?? []).sorted(by: { ($0.width, $0.height) < ($1.width, $1.height) }) {
      guard let error = network.misfit(frame, channels: seen?.count) else { continue }
      call.report(error, on: "data")
      return false
    }
    return true
  }
}

extension SegmenterValue {
  /// The map of every image, at its own size, by ranks that share them.
  ///
  /// - Throws: `interrupted`, and what stands in the way of a map.
  func maps(of dataset: Dataset, by command: String, _ context: Context) throws -> [Plane] {
    var seen = dataset
    // A trained network sees what it learnt to see, whatever the dataset was prepared for.
    if let features = fitted.networks.first?.features, !features.isEmpty { seen.features = features }
    fitted.warnOfStrangers(seen.samples, context.host)
    return try fitted.sharedMaps(of: seen) { done, total in
      if context.host.isCancelled { throw Failure("interrupted", "\(command) was interrupted after \(done) images") }
      context.host.report(Progress(command, done: done, of: total))
    }
  }
}
