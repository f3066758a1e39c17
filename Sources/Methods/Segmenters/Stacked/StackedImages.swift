import Angiography
import Imaging
import Synchronization

/// What stacks make of angiograms before anything is learnt, and what boosters have learnt from them: the fits of one piece of work,
/// to other parts of the same dataset or with other parameters, make it once.
///
/// An angiogram takes some 16 MB, what a booster says of it a quarter of one; the 64 angiograms and the boosters of up to 1024
/// angiograms that came first are kept, for as long as this object lives.
package final class StackedImages: Sendable {
  private struct Key: Hashable {
    let name: String
    let image: UInt64
    let mask, territory, ungraded: Mask?
    let field: Mask
    let facts: SampleFacts
    let withLandmarks: Bool

    init(_ sample: Sample, withLandmarks: Bool) {
      (name, image, self.withLandmarks) = (sample.name, sample.contentDigest, withLandmarks)
      (mask, territory, ungraded) = (sample.mask, sample.territory, sample.ungraded)
      (field, facts) = (sample.fieldOfView, sample.facts)
    }
  }

  private static let most = 64
  private static let mostTaught = 1024

  /// What a booster has learnt from which images, and what those say of each image that have not learnt from its part.
  struct Boosted: Sendable {
    let whole: GradientBoosting
    let heldOut: [[Float]]
  }

  /// All that a booster depends on whose features no other booster has a part in.
  struct Lesson: Hashable {
    /// The numbers of its images, and the part that each is in.
    let images, parts: [Int]
    let stage: String
    let boosting: GradientBoosting.Settings
    /// Pixels of an image, at most.
    let pixels: Int
    let usesTerritory, withLandmarks: Bool
  }

  private let known = Mutex<[Key: StackedImage]>([:])
  private let knownTraits = KnownTraits()
  private let numbers = Mutex<[Key: Int]>([:])
  private let boosted = Mutex<[Lesson: Boosted]>([:])

  package init() {}

  func images(of samples: [Sample], withLandmarks: Bool) -> [StackedImage] {
    remembered(samples.map { Key($0, withLandmarks: withLandmarks) }, in: known, most: Self.most) {
      StackedImage(samples[$0], withLandmarks: withLandmarks)
    }
  }

  func traits(of samples: [Sample]) -> [ImageTraits] { knownTraits.traits(of: samples) }

  /// The same for the same sample, masks and all, as long as this object lives.
  func numbers(of samples: [Sample]) -> [Int] {
    let keys = samples.map { Key($0, withLandmarks: false) }
    return numbers.withLock { numbers in
      keys.map { key in
        if let number = numbers[key] { return number }
        numbers[key] = numbers.count
        return numbers.count - 1
      }
    }
  }

  func boosted(_ lesson: Lesson) -> Boosted? { boosted.withLock { $0[lesson] } }

  func keep(_ found: Boosted, of lesson: Lesson) {
    boosted.withLock { kept in
      let images = kept.keys.reduce(lesson.images.count) { $0 + $1.images.count }
      if images <= Self.mostTaught { kept[lesson] = found }
    }
  }
}
