import Imaging

/// How a follow-up lies on its baseline: the transform from points of the baseline to points of the follow-up, found on
/// vessels, with how far it can be trusted.
public struct Registration: Sendable, Hashable, Codable {
  public let transform: RetinalTransform
  /// Of the baseline's picture and of the follow-up's, in pixels.
  public let width, height, followUpWidth, followUpHeight: Int
  /// The part of the smaller field of view that both show, in [0, 1].
  public let overlap: Double
  /// Points on the middle lines of the baseline's vessels that meet one of the follow-up's.
  public let matchedPoints: Int
  /// The smaller of two shares, in [0, 1]: of the baseline's vessels that meet one of the follow-up's where both have a field,
  /// and of the follow-up's that meet one of the baseline's.
  public let matchedShare: Double
  /// How close the vessels of both lie, those included that meet none: 1 where all lie on each other, 0 where none meets one.
  public let agreement: Double
  /// A robust standard deviation of the distances across matched vessels, in pixels of the baseline.
  public let residual: Double
  /// The same of vessels that the fit hasn't seen, a quarter of the field at a time.
  public let heldOutResidual: Double
  /// How far a mapped point is likely to lie from where it belongs: the root of the mean squared distance over the retina that
  /// both show, estimated, in pixels of the baseline.
  public let error: Double

  public var model: RegistrationModel { transform.model }
}

/// What registering asks of two frames.
public struct RegistrationLimits: Sendable, Hashable {
  /// The least part of the smaller field of view that both must show.
  public var overlap = 0.25
  /// The least agreement of the vessels. Over 300 pairs of phantoms of different eyes the best alignment had 0.33 at most, over
  /// 290 pairs of real ones 0.17; over 100 pairs of one eye that lost a third of its capillaries in between, 0.52 at least.
  public var agreement = 0.42
  /// The fewest points on vessels, for a frame 512 wide.
  public var points = 300.0

  public init() {}
}

extension Registration {
  /// Registers a follow-up to a baseline on their vessels.
  ///
  /// Both are brought to a longer side of 256 to 512 px. Turns of 20° either way, scales from 0.85 to 1.18 and shifts by 0.45 of
  /// the side are searched; then closest points are fitted, from stiff models to flexible ones. Cost: about 0.3 s at 512 px.
  /// - Parameter model: the shape of the transform; `nil` takes the stiffest one that no more flexible one betters on vessels
  ///   that the fit hasn't seen.
  public init(
    of followUp: Sample, to baseline: Sample, model: RegistrationModel? = nil,
    limits: RegistrationLimits = RegistrationLimits()
  ) throws(RegistrationError) {
    if let first = baseline.facts.eye, let second = followUp.facts.eye, first != second {
      throw .otherEye(baseline: first, followUp: second)
    }
    let frames = WorkingFrames(baseline, followUp)
    let vessels = try MatchedVessels(frames, names: (baseline.name, followUp.name), limits)
    let found = try vessels.registered(model, limits)
    let (p, q) = (frames.baseline.shrinkage, frames.followUp.shrinkage)
    transform = found.fit.transform.rescaled(baseline: p, followUp: q)
    (width, height) = (baseline.image.width, baseline.image.height)
    (followUpWidth, followUpHeight) = (followUp.image.width, followUp.image.height)
    (overlap, matchedPoints) = (found.agreement.overlap, found.agreement.matched)
    (matchedShare, agreement) = (found.agreement.matchedShare, found.agreement.meanCloseness)
    // A working pixel of the follow-up in pixels of the baseline.
    let pixel = p / found.fit.transform.scale
    (residual, heldOutResidual, error) = (found.fit.spread * pixel, found.heldOut * pixel, found.error * pixel)
  }
}

extension Registration {
  /// Of frames whose transform is known, with the error that it is known by.
  package init(
    known transform: RetinalTransform, width: Int, height: Int, followUpWidth: Int, followUpHeight: Int, error: Double
  ) {
    self.transform = transform
    (self.width, self.height) = (width, height)
    (self.followUpWidth, self.followUpHeight) = (followUpWidth, followUpHeight)
    (overlap, matchedPoints, matchedShare, agreement) = (1, 0, 1, 1)
    (residual, heldOutResidual, self.error) = (error, error, error)
  }
}
