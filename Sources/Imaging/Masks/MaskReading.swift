/// What a mask's file marks, and how that was decided.
public struct MaskReading: Sendable {
  public let rule: MaskRule
  /// The pixels that are non-perfused.
  public let mask: Mask
  /// Pixels that say nothing either way, and the value by which they say so; `nil` where all are graded.
  public let ungraded: (value: Int, pixels: Mask)?
  /// What surrounds the non-perfused pixels, with them; `nil` where nobody has asked for it.
  public let territory: Mask?
  /// The values other than 0, where they can be classes: what a label may pick.
  public let classes: Set<Int>
}

/// What the other masks of a dataset tell about one whose own values are too few to tell.
public struct MaskConvention: Sendable, Hashable {
  /// The value of pixels that nobody has graded.
  public var ungraded: Int?
  /// Whether values are class numbers and 0 is the background, so that 1 beside 2 is no background.
  public var hasZeroBackground = false

  public init() {}

  /// Values that other tools leave ungraded: the largest of 8 bits, and of 16.
  static let ungraded: Set<Int> = [255, 65535]

  /// What these masks tell of each other.
  package init(of readings: [MaskReading]) {
    // One that stands apart does not take the marks of the others away.
    ungraded = Self.ungraded.sorted().first { value in
      let telling = readings.count { $0.ungraded?.value == value }
      return telling > 0 && 2 * telling >= readings.count { $0.ungraded?.value == value || $0.classes.contains(value) }
    }
    hasZeroBackground = readings.contains { reading in
      if case .classes(_, background: "0") = reading.rule { true } else { false }
    }
  }

  /// Whether a mask that was read by itself could mean something else among the others.
  package func bears(on reading: MaskReading) -> Bool {
    if let ungraded, reading.ungraded == nil, reading.classes.contains(ungraded) { return true }
    guard hasZeroBackground else { return false }
    return switch reading.rule {
    case .brighterOfTwo(unmarked: let unmarked, _, _): unmarked != "0"
    case .classes(_, let background): background != "0"
    default: false
    }
  }
}

extension RasterImage {
  /// The pixels that a mask marks as CNP, by the rule of `MaskRule` or by the user's word.
  ///
  /// - Parameters:
  ///   - label: the palette index or grey value that is CNP.
  ///   - territory: the palette index or grey value of what surrounds CNP.
  ///   - ignore: the palette index or grey value of pixels that nobody has graded: neither marked nor counted.
  ///   - convention: what the other masks of the dataset tell about this one.
  /// - Throws: `image-unsupported` where a label or a value to ignore meets a JPEG, `mask-without-classes` where it meets
  ///   colours without a palette.
  public func nonPerfusion(
    label: Int? = nil, territory: Int? = nil, ignore: Int? = nil, among convention: MaskConvention = MaskConvention()
  ) throws(ImageFault) -> MaskReading {
    let isLossy = format.isLossy
    let values = MaskValues(settled)
    if label != nil || territory != nil || ignore != nil {
      guard !isLossy else { throw .unsupported("a class-index mask that lossy \(format.name) has smeared") }
      guard indices != nil else { throw .colourHasNoClasses }
    }
    let byConvention = isLossy ? nil : values.ungraded(by: convention)
    let ungraded = ignore ?? (byConvention == label ? nil : byConvention)
    let decided =
      label.map { (MaskRule.label($0), [$0]) } ?? values.rule(without: ungraded, isLossy: isLossy, convention)
    let present = values.values.contains { $0.code == ungraded } ? ungraded : nil
    return MaskReading(
      rule: decided.0, mask: values.pixels(of: decided.1), ungraded: present.map { ($0, values.pixels(of: [$0])) },
      territory: territory.map { values.pixels(of: Set(decided.1).union([$0])) },
      classes: isLossy || values.kind == .colours ? [] : Set(values.values.map(\.code)).subtracting([0]))
  }
}
