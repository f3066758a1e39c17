import Angiography
import Imaging

/// The wrong pixels of a prediction, each counted once, by what may have led to them.
///
/// What is marked and not non-perfused is, in this order, in the fovea or the disc, in shadow or at the rim, or neither. What is
/// non-perfused and not marked is as bright as its surround, or not.
package struct ErrorKinds: Sendable, Hashable {
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// Marked wrongly: in the fovea or the disc, in shadow or at the rim, elsewhere.
    case falseAtLandmark, falseInShadow, otherFalse
    /// Missed: as bright as the surround, and darker.
    case missedBright, otherMissed
  }

  /// Pixels of each kind; none where there are no such.
  private var counts: [Kind: Int] = [:]
  /// Pixels that were judged.
  package private(set) var judged = 0
  package private(set) var images = 0
  /// Images whose fovea or disc is known.
  package private(set) var withLandmarks = 0

  package init() {}

  /// - Parameters:
  ///   - region: the pixels that are judged; `nil`: all.
  ///   - places: of the same angiogram.
  package init(prediction: Mask, truth: Mask, within region: Mask?, places: MisleadingPlaces) {
    precondition(
      prediction.pixels.count == truth.pixels.count && truth.pixels.count == places.bright.pixels.count,
      "prediction, truth and places are of one image")
    (images, withLandmarks) = (1, places.landmarks == nil ? 0 : 1)
    for i in truth.pixels.indices where region?.pixels[i] ?? true {
      judged += 1
      guard prediction.pixels[i] != truth.pixels[i] else { continue }
      counts[places.kind(at: i, isMarked: prediction.pixels[i]), default: 0] += 1
    }
  }

  /// Pixels of a kind; `nil` for those in fovea and disc where no image has a known one.
  package subscript(kind: Kind) -> Int? {
    kind == .falseAtLandmark && withLandmarks == 0 ? nil : counts[kind, default: 0]
  }

  /// All wrong pixels.
  package var all: Int { counts.values.reduce(0, +) }

  package static func + (left: ErrorKinds, right: ErrorKinds) -> ErrorKinds {
    var sum = left
    sum.counts.merge(right.counts, uniquingKeysWith: +)
    sum.judged += right.judged
    sum.images += right.images
    sum.withLandmarks += right.withLandmarks
    return sum
  }
}

extension MisleadingPlaces {
  fileprivate func kind(at index: Int, isMarked: Bool) -> ErrorKinds.Kind {
    guard isMarked else { return bright.pixels[index] ? .missedBright : .otherMissed }
    if landmarks?.pixels[index] == true { return .falseAtLandmark }
    return shadow.pixels[index] ? .falseInShadow : .otherFalse
  }
}
