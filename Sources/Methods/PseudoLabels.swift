import Angiography
import Imaging

/// Masks of angiograms that nobody has marked, from what a method that has learnt is sure of (Lee, *Pseudo-label*, ICML workshop
/// 2013, with what is uncertain left out). Where nothing is said otherwise the bounds are ours.
package struct PseudoLabels: Sendable {
  /// Probability in [0, 1] from which a pixel is marked.
  package let above: Double
  /// Probability in [0, 1], below `above`, up to which a pixel is unmarked.
  package let below: Double

  package static let above = 0.9
  package static let below = 0.05
  /// Who has graded what is marked so, in the sample's facts.
  package static let grader = "pseudo-label"

  package init(above: Double = Self.above, below: Double = Self.below) {
    precondition(below < above, "no pixel is both")
    self.above = above
    self.below = below
  }

  /// The sample with a mask. Outside the field of view nothing is marked; what lies between the bounds inside it is ungraded, and so
  /// is what was so before.
  ///
  /// - Parameter map: the probability of non-perfusion, in [0, 1], of the sample's size.
  package func labelled(_ sample: Sample, by map: Plane) -> Sample {
    let (most, least) = (Float(above), Float(below))
    let gradable = sample.gradable
    let marked = Mask(map, atLeast: most).intersection(gradable)
    let unsure = Mask(
      width: map.width, height: map.height,
      pixels: zip(map.pixels, gradable.pixels).map { probability, counts in
        counts && probability > least && probability < most
      })
    var facts = sample.facts
    facts.grader = Self.grader
    let found = Sample(
      name: sample.name, image: sample.image, mask: marked, fieldOfView: sample.fieldOfView, ungraded: sample.ungraded,
      territory: sample.territory, depth: sample.depth, facts: facts)
    return unsure.area > 0 ? found.ungradable(unsure) : found
  }
}
