/// What a user can get wrong when describing a network or handing it images.
public enum NetworkError: Error, Sendable, Hashable {
  /// An option of a network's description is outside what it accepts.
  case optionOutOfRange(network: String, option: String, value: String, allowed: String)
  /// The images' height or width does not survive the network's poolings.
  case sizeNotSupported(network: String, height: Int, width: Int, rule: SizeRule, fittingDepth: Int?)
  /// The images have another number of channels than the network's first layer.
  case channelsDiffer(network: String, expected: Int, found: Int)
  /// The tensor is not a batch `[batch, height, width, channels]`.
  case notABatch(shape: [Int])
  /// The images hold NaN or infinite pixels.
  case pixelsNotFinite(network: String)
  /// The network is not one that maps an image to a probability of non-perfusion.
  case notAGenerator(network: String)
  /// The engine refused the network or its inputs.
  case engine(code: String, message: String, hint: String?)
}

extension NetworkError {
  public var code: String {
    switch self {
    case .optionOutOfRange: "network-option-out-of-range"
    case .sizeNotSupported: "network-size-not-supported"
    case .channelsDiffer: "network-channels-differ"
    case .notABatch: "not-a-batch"
    case .pixelsNotFinite: "pixels-not-finite"
    case .notAGenerator: "not-a-generator"
    case .engine(let code, _, _): code
    }
  }

  public var message: String {
    switch self {
    case .optionOutOfRange(let network, let option, let value, let allowed):
      "\(network): \(option) is \(value), but must be \(allowed)"
    case .sizeNotSupported(let network, let height, let width, let rule, _):
      "\(network) can't take images of \(width) × \(height) px: height and width must be \(rule.sentence)"
    case .channelsDiffer(let network, let expected, let found):
      "\(network) takes images of \(expected) \(expected == 1 ? "channel" : "channels"), these have \(found)"
    case .notABatch(let shape):
      "expected a batch of images [batch, height, width, channels], found a tensor of shape \(shape)"
    case .pixelsNotFinite(let network): "\(network) was given NaN or infinite pixels"
    case .notAGenerator(let network):
      "\(network) judges label maps; it can't predict one from an image"
    case .engine(_, let message, _): message
    }
  }

  public var hint: String? {
    switch self {
    case .sizeNotSupported(let network, let height, let width, let rule, let fittingDepth):
      (fittingDepth.map { "`\(network) depth: \($0)` fits these images; or " } ?? "")
        + "give `size: \(rule.nearest(to: max(width, height)))` where they are loaded or drawn, or to `predict`"
    case .notAGenerator: "use the U-Net trained beside it"
    case .engine(_, _, let hint): hint
    case .channelsDiffer(let network, _, let found): "`\(network) channels: \(found)` takes these images"
    case .optionOutOfRange, .notABatch, .pixelsNotFinite: nil
    }
  }
}

/// Which heights and widths a network accepts: multiples of `multiple`, from `minimum` on (both in pixels).
public struct SizeRule: Sendable, Hashable {
  /// Every pooling that an upsampling undoes halves exactly.
  public let multiple: Int
  /// The deepest map still has a pixel.
  public let minimum: Int

  public init(multiple: Int, minimum: Int) {
    precondition(multiple > 0 && minimum > 0, "a size rule is made of positive pixels")
    self.multiple = multiple
    self.minimum = minimum
  }

  public func allows(_ size: Int) -> Bool { size >= minimum && size % multiple == 0 }

  /// The allowed size closest to `size`, the larger of two equally close ones.
  public func nearest(to size: Int) -> Int {
    let rounded = (size + multiple / 2) / multiple * multiple
    let smallest = (minimum + multiple - 1) / multiple * multiple
    return max(rounded, smallest)
  }

  /// "multiples of 16, at least 128 px".
  public var sentence: String { "multiples of \(multiple), at least \(minimum) px" }
}
