/// How the contest between generator and discriminator stands, read from the losses of the last epochs.
public enum DiscriminatorHealth: String, Sendable, Hashable, Codable {
  /// Neither side has won.
  case steady
  /// D tells real from generated almost without error: what it tells G hardly changes any more.
  case winning
  /// D answers "one half" to everything: it tells G nothing.
  case undecided

  /// Epochs in a row that make a state.
  static let patience = 3
  /// D's loss as a share of what answering one half costs: below the first it wins, this close to 1 it does not decide.
  static let winningShare = 0.05
  static let undecidedMargin = 0.02

  /// The state after the last of `history`; nil without a discriminator.
  public static func state(after history: [EpochRecord], _ loss: AdversarialLoss) -> DiscriminatorHealth? {
    guard history.last?.discriminator != nil else { return nil }
    return state(shares: history.compactMap { $0.discriminator.map { share(of: $0, loss) } })
  }

  /// The state after epochs whose losses were these shares of what answering one half costs.
  package static func state(shares: [Double]) -> DiscriminatorHealth {
    let recent = shares.suffix(patience)
    guard recent.count == patience else { return .steady }
    if recent.allSatisfy({ $0 < winningShare }) { return .winning }
    if recent.allSatisfy({ abs($0 - 1) < undecidedMargin }) { return .undecided }
    return .steady
  }

  /// D's loss over that of answering one half: 1/4 a term for the mean squared error, ln 2 for cross-entropy.
  private static func share(of loss: DiscriminatorLoss, _ kind: AdversarialLoss) -> Double {
    let terms = [loss.verdictOnReal, loss.pixelsOfReal, loss.verdictOnGenerated, loss.pixelsOfGenerated]
    let count = Double(terms.compactMap { $0 }.count)
    return loss.total / (count * (kind == .mse ? 0.25 : 0.693_147_180_559_945_3))
  }

  /// For people: what it means and what to try; nil for a steady one.
  public var advice: String? {
    switch self {
    case .steady: nil
    case .winning:
      "the discriminator tells real from generated maps without error, so it teaches the generator little: "
        + "try `discriminator: (pixel-discriminator width: N norm: spectral)`, narrower than this one, or `generated: hard`"
    case .undecided:
      "the discriminator answers one half to everything, so it teaches the generator nothing: "
        + "try `discriminator: (pixel-discriminator width: N)`, wider than this one, `d-steps: 2` or a lower `rate:`"
    }
  }
}
