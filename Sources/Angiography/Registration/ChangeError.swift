import Imaging

/// Why two masks can't be compared by a registration.
public enum ChangeError: Error, Sendable, Hashable {
  /// The registration is of frames of other sizes.
  case registrationMisfit(visit: String, width: Int, height: Int, registered: [Int])
  case nothingInCommon

  public var code: String {
    switch self {
    case .registrationMisfit: "registration-misfit"
    case .nothingInCommon: "nothing-in-common"
    }
  }

  public var message: String {
    switch self {
    case .registrationMisfit(let visit, let width, let height, let registered):
      "the \(visit) is \(width)×\(height), and the registration is of one of \(registered[0])×\(registered[1])"
    case .nothingInCommon: "no pixel is gradable in both frames"
    }
  }

  public var hint: String? {
    switch self {
    case .registrationMisfit: "give the registration of this follow-up to this baseline, in this order"
    case .nothingInCommon: "look at both fields of view, and at what is left ungraded"
    }
  }

  static func check(_ registration: Registration, _ baseline: Mask, _ followUp: Mask) throws(ChangeError) {
    guard baseline.width == registration.width, baseline.height == registration.height else {
      throw .registrationMisfit(
        visit: "baseline", width: baseline.width, height: baseline.height,
        registered: [registration.width, registration.height])
    }
    guard followUp.width == registration.followUpWidth, followUp.height == registration.followUpHeight else {
      throw .registrationMisfit(
        visit: "follow-up", width: followUp.width, height: followUp.height,
        registered: [registration.followUpWidth, registration.followUpHeight])
    }
  }
}
