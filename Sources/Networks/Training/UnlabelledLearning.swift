import Tensors

/// How a generator learns from angiograms that nobody has marked, by what a discriminator thinks of its maps (Hung et al.,
/// *Adversarial learning for semi-supervised semantic segmentation*, BMVC 2018, Eq. 5).
///
/// The constants are the source's, and α weighs L_semi with L_bce, whose weight is 1 there. When learning from them begins is
/// ours: the source waits for 5000 steps.
public struct UnlabelledLearning: Sendable, Hashable, Codable {
  /// From 1: the first epoch with a step on them, once D knows good maps from bad ones.
  public var firstEpoch: Int
  /// T_semi, in [0, 1): a pixel is trusted where Dd is more than this. Default 0.2.
  public var trust: Float
  /// λ_semi, above 0: weight of L_semi beside L_bce. Default 0.1.
  public var weight: Float
  /// From 0: weight of what D says of these maps beside what it says of the labelled ones. Default 0; the source's 0.001 is a tenth
  /// of its weight for labelled maps.
  public var adversarialWeight: Float

  public init(firstEpoch: Int, trust: Float = 0.2, weight: Float = 0.1, adversarialWeight: Float = 0) {
    self.firstEpoch = firstEpoch
    self.trust = trust
    self.weight = weight
    self.adversarialWeight = adversarialWeight
  }

  /// The epoch to begin with where nobody has named one: the first after a third of them.
  public static func firstEpoch(of epochs: Int) -> Int { epochs / 3 + 1 }
}

extension UnlabelledLearning: CustomStringConvertible {
  public var description: String {
    "from epoch \(firstEpoch), trust \(trust), weight \(weight), adversarial weight \(adversarialWeight)"
  }
}

/// Angiograms that nobody has marked, dealt out to the steps of a training.
public protocol UnlabelledSource: Sendable {
  /// Images of every step: at least 1.
  var imagesInStep: Int { get }

  /// Some images of a step, `[images, height, width, channels]` with values in [0, 1], and, where there are pixels that nobody
  /// can grade, 1 in the others: `[images, height, width, 1]`, in every step or in none. The same step always gives the same bits.
  ///
  /// - Parameter step: from 0, counted through all epochs.
  func batch(step: Int, images: Range<Int>) -> (images: Tensor, judged: Tensor?)
}

/// What a step learns from without labels.
package struct UnlabelledBatch {
  let images: Tensor
  /// 1 where a pixel can be graded; nil where all can.
  let judged: Tensor?
  /// Which images these are of all that the ranks have.
  let part: BatchPart
}

extension MethodLosses {
  /// L_semi, Eq. 5 of Hung et al. 2018: L_bce against the map's own decisions, Ŷ = 1 where G(X) ≥ 0.5, over the pixels that are
  /// trusted: those where D's confidence is more than `trust`. Which they are, and Ŷ, are constants: neither has a gradient.
  ///
  /// - Parameters:
  ///   - prediction: G(X), and confidence: Dd(G(X)), both `[batch, height, width, 1]`.
  ///   - judged: 1 where a pixel can be graded; nil where all can.
  /// - Returns: the loss, 0 where no pixel is trusted, and the trusted share of all pixels, in [0, 1].
  package static func selfTaught(
    _ prediction: Tensor, confidence: Tensor, trust: Float, judged: Tensor? = nil,
    reduction: CrossEntropyReduction = .mean, part: BatchPart? = nil
  ) -> (loss: Loss, trusted: Double) {
    var trusted = confidence.map { $0 > trust ? 1 : 0 }
    if let judged { trusted = trusted * judged }
    let images = prediction.shape[0]
    let part = part ?? BatchPart(whole: images)
    let areas = part.ofAllImages((0..<images).map { trusted.item($0).sum() })
    let loss = crossEntropy(prediction, thresholded(prediction), reduction: reduction, judged: trusted, part: part)
    return (loss, areas.reduce(0, +) / Double(prediction.count / images * part.count))
  }
}
