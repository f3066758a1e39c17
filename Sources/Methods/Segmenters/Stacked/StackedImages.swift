import Angiography
import Imaging
import Kernels
import Synchronization

/// What stacks make of angiograms before anything is learnt: the fits of one piece of work, to other parts of the same dataset or
/// with other parameters, make it once.
///
/// One of them takes some 16 MB; the 64 that came first are kept, for as long as this object lives.
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

  private let known = Mutex<[Key: StackedImage]>([:])
  private let knownTraits = Mutex<[Key: ImageTraits]>([:])

  package init() {}

  func images(of samples: [Sample], withLandmarks: Bool) -> [StackedImage] {
    remembered(samples, withLandmarks, in: known) { StackedImage($0, withLandmarks: withLandmarks) }
  }

  func traits(of samples: [Sample]) -> [ImageTraits] {
    remembered(samples, false, in: knownTraits) { ImageTraits(of: $0) }
  }

  /// What is missing is made by one thread a sample.
  private func remembered<Made: Sendable>(
    _ samples: [Sample], _ withLandmarks: Bool, in store: borrowing Mutex<[Key: Made]>,
    _ make: @Sendable (Sample) -> Made
  ) -> [Made] {
    let keys = samples.map { Key($0, withLandmarks: withLandmarks) }
    var found = store.withLock { $0 }
    let missing = keys.indices.filter { found[keys[$0]] == nil }
    let made = computed(missing.count) { make(samples[missing[$0]]) }
    for (place, one) in zip(missing, made) { found[keys[place]] = one }
    store.withLock { kept in
      for place in missing where kept.count < Self.most { kept[keys[place]] = found[keys[place]] }
    }
    return keys.compactMap { found[$0] }
  }
}
