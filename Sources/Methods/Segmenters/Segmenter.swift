import Angiography
import Base
import Imaging
import Networks

/// A method that learns from angiograms with masks where blood is missing. A new one is a file like those beside it, and its
/// place in `Segmenters.all`.
package protocol Segmenter: Sendable {
  /// What it is asked for by: `dark-threshold`.
  var name: String { get }
  /// As tables have it: "dark threshold".
  var title: String { get }
  /// Whether a fit depends on its random stream: then an ensemble of several is better than one.
  var isRandom: Bool { get }
  /// The networks that it trains at a scale; none where it trains none.
  func architectures(at scale: SystemScale) -> [Architecture]
  /// Learns from the masks of a training set.
  ///
  /// - Throws: `TrainingStopped` where the user has stopped it.
  func fit(to training: TrainingSet, _ fit: Fit) throws -> any FittedSegmenter
}

extension Segmenter {
  package var isRandom: Bool { false }
  package func architectures(at scale: SystemScale) -> [Architecture] { [] }
}

/// A method that has learnt.
package protocol FittedSegmenter: Sendable {
  /// What has been trained for it; empty where nothing is.
  var networks: [TrainedNetwork] { get }
  /// The fits whose maps it averages; empty where it is one.
  var memberFits: [any FittedSegmenter] { get }
  /// The probability of non-perfusion, in [0, 1], in every pixel of every sample, each map of its sample's own size.
  func probabilityMaps(of dataset: Dataset) throws -> [Plane]
  /// What it says of its training images, each by a part of it that has not learnt from that patient: by these others can learn
  /// how far to trust it. `nil` where no part was held out, and where it was read from a file.
  var unseen: UnseenMaps? { get }
  /// The same without these, which take the room of all training images.
  var withoutUnseen: any FittedSegmenter { get }
  /// The same with, or without, test-time augmentation: its networks see each picture turned by quarters and mirrored, in eight ways,
  /// and the mean of what they say counts. Nothing changes where there are no networks.
  func augmentingTests(_ does: Bool) -> any FittedSegmenter
  /// Whether its networks see each picture in eight ways.
  var augmentsTests: Bool { get }
  /// Whether the level at which its marks begin was learnt or given, for maps that are made as it makes them.
  var hasOwnLevel: Bool { get }
  /// What is done with the maps of its networks before they are cut; `nil` where it has none, and where several ways are mixed.
  var mapUse: MapUse? { get }
  /// In words, in what an image is unlike those that it has learnt from: another camera's, or no angiogram at all; empty where it is
  /// like them, and where nothing is known of that.
  func doubts(about sample: Sample) -> [String]
  /// What it has learnt from, where that is known.
  var learntFrom: KnownAngiograms? { get }
  /// The same, told of after every sample; what that throws stops it.
  func probabilityMaps(of dataset: Dataset, progress: (_ done: Int, _ total: Int) throws -> Void) throws -> [Plane]
}

extension FittedSegmenter {
  package var networks: [TrainedNetwork] { [] }
  package var memberFits: [any FittedSegmenter] { [] }
  package var unseen: UnseenMaps? { nil }
  package var withoutUnseen: any FittedSegmenter { self }
  package func augmentingTests(_ does: Bool) -> any FittedSegmenter { self }
  package var augmentsTests: Bool { false }
  package var hasOwnLevel: Bool { false }
  package var mapUse: MapUse? { nil }
  package func doubts(about sample: Sample) -> [String] { [] }
  package var learntFrom: KnownAngiograms? { nil }

  package func probabilityMaps(
    of dataset: Dataset, progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws -> [Plane] {
    var maps: [Plane] = []
    for sample in dataset.samples {
      let one = Dataset(
        name: dataset.name, samples: [sample], workingSize: dataset.workingSize, features: dataset.features)
      maps += try probabilityMaps(of: one)
      try progress(maps.count, dataset.samples.count)
    }
    return maps
  }
}

extension FittedSegmenter {
  /// The probability maps of all samples, on all ranks, each made by one of them; told of after every sample of this rank.
  package func sharedMaps(
    of dataset: Dataset, progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws -> [Plane] {
    let ranks = Ranks.current
    let count = dataset.samples.count
    guard ranks.countAtWork > 1, count > 1 else { return try probabilityMaps(of: dataset, progress: progress) }
    let owners = Ranks.owners(of: dataset.samples.map { Double($0.image.pixels.count) }, among: ranks.count)
    var maps = try ranks.sharedOut(ranks.count) { owner -> [Plane] in
      let own = dataset.samples.indices.filter { owners[$0] == owner }.map { dataset.samples[$0] }
      guard !own.isEmpty else { return [] }
      let part = Dataset(
        name: dataset.name, samples: own, workingSize: dataset.workingSize, features: dataset.features)
      return try probabilityMaps(of: part) { done, total in try progress(done * count / total, count) }
    }.map { $0[...] }
    return owners.map { maps[$0].removeFirst() }
  }
}

/// Probability maps of training images by fits that have not learnt from them.
package struct UnseenMaps: Sendable {
  package let samples: [Sample]
  /// As many, each of its sample's size.
  package let maps: [Plane]

  package init(_ maps: [Plane], of samples: [Sample]) {
    precondition(maps.count == samples.count, "one map a sample")
    (self.samples, self.maps) = (samples, maps)
  }
}

/// What a segmenter learns from.
package struct TrainingSet: Sendable {
  /// Angiograms with masks, of which a part may be held out.
  package var dataset: Dataset
  /// More of them for networks and for `stacked`, never held out: eyes without non-perfusion, say.
  package var more: Dataset?
  /// Angiograms with masks that are not learnt from, and may decide which weights are kept, or when training ends.
  package var validation: Dataset?
  /// Learnt from without masks by networks that can; nothing in common with what is tested on.
  package var unlabelled: Dataset?

  package init(_ dataset: Dataset, more: Dataset? = nil, validation: Dataset? = nil, unlabelled: Dataset? = nil) {
    self.dataset = dataset
    self.more = more
    self.validation = validation
    self.unlabelled = unlabelled
  }

  /// Those that have nothing in common with what validates.
  var unlabelledBesideValidation: Dataset? {
    guard let unlabelled, let validation else { return unlabelled }
    return unlabelled.without(whatIsOf: validation)
  }

  /// All that networks learn from.
  ///
  /// - Throws: `DatasetError` (`same-name`) when a sample of each part has the same name.
  package var all: Dataset {
    get throws(DatasetError) {
      guard let more else { return dataset }
      return try dataset.joined(with: more)
    }
  }
}
