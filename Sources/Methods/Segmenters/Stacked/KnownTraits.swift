import Angiography
import Imaging
import Synchronization

/// Traits of angiograms, each looked at once: the fits of one piece of work learn from parts of the same dataset.
package final class KnownTraits: Sendable {
  private struct Key: Hashable {
    let image: UInt64
    let field: Mask
  }

  private let known = Mutex<[Key: ImageTraits]>([:])

  package init() {}

  func traits(of samples: [Sample]) -> [ImageTraits] {
    remembered(samples.map { Key(image: $0.contentDigest, field: $0.fieldOfView) }, in: known) {
      ImageTraits(of: samples[$0])
    }
  }
}
