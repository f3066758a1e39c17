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
    "a trained network, or a segmenter: what `fit-method` or `compare` has fitted, or `ensemble` put together")

  static func segmenter(of call: CheckedCall) -> SegmenterValue? { call[name].constant.flatMap(segmenter) }

  static func segmenter(of arguments: Arguments) -> SegmenterValue {
    guard let segmenter = segmenter(arguments[name]) else { preconditionFailure("the signature asks for one") }
    return segmenter
  }

  /// A network predicts as a segmenter of one.
  private static func segmenter(_ value: Value) -> SegmenterValue? {
    switch value {
    case .object(let segmenter as SegmenterValue): segmenter
    case .object(let network as NetworkValue):
      SegmenterValue(FittedNetwork(network.network), title: network.model.architecture.name)
    default: nil
    }
  }

  /// What is known of the networks that are asked, all of which see the same.
  static func networks(of call: CheckedCall) -> NetworkFacts {
    if let facts: NetworkFacts = call.facts(name) { return facts }
    return (call.facts(name) as SegmenterFacts?)?.network ?? NetworkFacts()
  }

  /// What is known of a dataset as a network sees it that has no size of its own: at the size that it was trained at, where that is
  /// known.
  static func facts(_ data: DatasetFacts, seenBy network: NetworkFacts) -> DatasetFacts {
    guard data.isResized == false, network.isTrained != false else { return data }
    var seen = data
    seen.frames = network.imageSide.map { [ImageSize(width: $0, height: $0)] }
    return seen
  }

  /// Reports a network that gives no maps, or none of these images, and warns of one that has learnt nothing.
  static func canPredict(_ network: NetworkFacts, _ data: DatasetFacts, _ call: inout CheckedCall) -> Bool {
    guard givesMaps(network, on: name, &call) else { return false }
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

extension FittedArgument {
  /// Reports a network that gives no maps, and warns of one that has learnt nothing.
  static func givesMaps(_ network: NetworkFacts, on parameter: String, _ call: inout CheckedCall) -> Bool {
    if let architecture = network.architecture, !architecture.isGenerator {
      call.report(NetworkError.notAGenerator(network: architecture.name), on: parameter)
      return false
    }
    if network.isTrained == false {
      call.report(.untrained("this network has not been trained: what it predicts is noise", on: parameter))
    }
    return true
  }
}

extension SegmenterValue {
  /// A dataset as its networks see it: the features that they learnt to see, whatever it was prepared for, and at the size that they were
  /// trained at, where it has none of its own.
  ///
  /// Warns of images that are unlike those that it has learnt from, and of these themselves.
  func seen(_ dataset: Dataset, warning host: any Host) -> Dataset {
    var seen = dataset
    if let network = fitted.networks.first {
      if !network.features.isEmpty { seen.features = network.features }
      seen.workingSize = dataset.workingSize ?? network.imageSide
    }
    fitted.warn(about: seen.samples, host)
    return seen
  }

  /// The map of every image, at its own size, by ranks that share them.
  ///
  /// - Throws: `interrupted`, and what stands in the way of a map.
  func maps(of dataset: Dataset, by command: String, _ context: Context) throws -> [Plane] {
    try fitted.sharedMaps(of: seen(dataset, warning: context.host)) { done, total in
      if context.host.isCancelled { throw Failure("interrupted", "\(command) was interrupted after \(done) images") }
      context.host.report(Progress(command, done: done, of: total))
    }
  }
}
