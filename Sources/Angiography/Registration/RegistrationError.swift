import Base

/// Why two angiograms aren't laid on each other.
public enum RegistrationError: Error, Sendable, Hashable {
  /// Too few points on vessels in one of them.
  case tooFewVessels(name: String, points: Int, least: Int)
  /// The share of the smaller field that both show, too small.
  case tooLittleOverlap(Double, least: Double)
  /// At their best the vessels agree no more than those of any two eyes.
  case noConsistentAlignment(agreement: Double, least: Double)
  case otherEye(baseline: Eye, followUp: Eye)

  public var code: String {
    switch self {
    case .tooFewVessels: "too-few-vessels"
    case .tooLittleOverlap: "too-little-overlap"
    case .noConsistentAlignment: "no-alignment"
    case .otherEye: "other-eye"
    }
  }

  public var message: String {
    switch self {
    case .tooFewVessels(let name, let points, let least):
      "“\(name)” shows too few vessels to be registered by: \(points) points on their middle lines of \(least) that it takes"
    case .tooLittleOverlap(let share, let least):
      "the two angiograms share \(percentText(share)) of the smaller field of view, less than \(percentText(least))"
    case .noConsistentAlignment(let agreement, let least):
      "the vessels of the two angiograms don't match: where they lie best they agree by \(percentText(agreement)), and those of "
        + "one eye by \(percentText(least)) at least"
    case .otherEye(let baseline, let followUp):
      "the baseline is of the \(baseline.inWords), the follow-up of the \(followUp.inWords)"
    }
  }

  public var hint: String? {
    switch self {
    case .tooFewVessels: "take a frame of the transit phase, in which vessels are bright and sharp"
    case .tooLittleOverlap: "take frames of the same part of the retina"
    case .noConsistentAlignment:
      "are both of one patient and eye, neither mirrored nor turned by more than 20°, and their sizes within 15 %?"
    case .otherEye: "take two angiograms of one eye"
    }
  }
}

extension Eye {
  var inWords: String {
    switch self {
    case .right: "right eye"
    case .left: "left eye"
    }
  }
}

/// A share in whole per cent.
private func percentText(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
