import Base

/// The ranges that commands and descriptions check.
public enum OptionBounds {
  /// Channels of the first layer (method §7: any ≥ 4).
  public static let width = 4...1024
  public static let unetDepth = 1...6
  public static let discriminatorDepth = 1...7
  public static let imageChannels = 1...64
  /// Strided convolutions of the patch discriminator.
  public static let patchLayers = 1...6
  /// Share of batch norm's running statistics kept at each step.
  public static let momentum = Bounds.within(0.0..<1)
}

func checkOption(
  _ option: String, _ value: Int, in allowed: ClosedRange<Int>, of network: String
) throws(NetworkError) {
  guard allowed.contains(value) else {
    throw .optionOutOfRange(
      network: network, option: option, value: "\(value)", allowed: "a whole number\(Bounds.within(allowed).words())")
  }
}

func checkMomentum(_ momentum: Float, of network: String) throws(NetworkError) {
  guard OptionBounds.momentum.contains(Double(momentum)) else {
    throw .optionOutOfRange(
      network: network, option: "bn-momentum", value: "\(momentum)",
      allowed: "a number\(OptionBounds.momentum.words())")
  }
}
