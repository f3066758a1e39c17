import Imaging

/// What became of non-perfusion between two visits, over the retina that both frames show and that is gradable in both; in the
/// baseline's frame.
///
/// Borders lie where they are drawn within a band only, whose half-width is the root of the squared registration error and the
/// squared uncertainty of a drawn border. Where the borders of both masks run within that of each other, what lies between them
/// counts as no change.
public struct Change: Sendable, Hashable, Codable {
  /// Marked in the follow-up alone, in the baseline alone, and in both; less what may be borders alone.
  public let gained, lost, stable: Mask
  /// Marked in the follow-up alone, or in the baseline alone, between borders that run within the band of each other.
  public let uncertainGained, uncertainLost: Mask
  /// What both frames show and is gradable in both.
  public let common: Mask
  /// The half-width of borders, in pixels of the baseline.
  public let band: Double
  /// Of the baseline; `nil` where nobody knows.
  public let millimetresPerPixel: Double?
  public private(set) var areas: Areas

  /// In pixels of the baseline.
  public struct Areas: Sendable, Hashable, Codable {
    public let gained, lost, stable, uncertain, common: Int
    /// Marked in one frame alone, wherever its borders lie.
    public let rawGained, rawLost: Int
    /// The border's length, the mean of both masks', times the band.
    public let band: Double
    /// Where the area may lie: when every border of it is off by the band to one side, or as far as errors were learnt to go.
    public fileprivate(set) var gainedRange, lostRange, netRange: ClosedRange<Double>

    public var net: Int { gained - lost }
    /// What errors are measured in: the border times the band, of a pixel at least.
    public var spread: Double { max(band, 1) }
  }

  /// Marked in one frame alone, but as borders explain.
  public var uncertain: Mask { uncertainGained.union(uncertainLost) }

  /// What is compared: a mask with the pixels that could be graded, both of one size.
  public struct Visit {
    let mask, gradable: Mask

    public init(mask: Mask, gradable: Mask) {
      precondition(mask.width == gradable.width && mask.height == gradable.height, "they lie on one picture")
      (self.mask, self.gradable) = (mask, gradable)
    }
  }

  /// How far a drawn border is usually off, in pixels of the baseline.
  public static let borderUncertainty = 1.0

  /// - Throws: `registration-misfit` where the registration is of frames of other sizes, `nothing-in-common` where no pixel is
  ///   gradable in both frames.
  public init(
    from baseline: Visit, to followUp: Visit, by registration: Registration,
    borderUncertainty: Double = Change.borderUncertainty, millimetresPerPixel: Double? = nil
  ) throws(ChangeError) {
    try ChangeError.check(registration, baseline.mask, followUp.mask)
    common = baseline.gradable.intersection(registration.covered)
      .intersection(registration.warped(followUp.gradable))
    guard common.pixels.contains(true) else { throw .nothingInCommon }
    let before = baseline.mask.intersection(common)
    let after = registration.warped(followUp.mask).intersection(common)
    band = (registration.error * registration.error + borderUncertainty * borderUncertainty).squareRoot()
    let (rawGained, rawLost) = (after.without(before), before.without(after))
    gained = rawGained.farther(than: band, from: before)
    lost = rawLost.farther(than: band, from: after)
    (uncertainGained, uncertainLost) = (rawGained.without(gained), rawLost.without(lost))
    stable = before.intersection(after)
    self.millimetresPerPixel = millimetresPerPixel
    let border = band * (before.borderLength(within: common) + after.borderLength(within: common)) / 2
    // By the band every area moves with its own border, by what was learnt all of them by the same.
    let gainedSlack = band * gained.borderLength(within: common)
    let lostSlack = band * lost.borderLength(within: common)
    func range(_ area: Int, _ slack: Double, raw: Int) -> ClosedRange<Double> {
      max(0, Double(area) - slack)...max(Double(area) + slack, Double(raw))
    }
    let gainedRange = range(gained.area, gainedSlack, raw: rawGained.area)
    let lostRange = range(lost.area, lostSlack, raw: rawLost.area)
    areas = Areas(
      gained: gained.area, lost: lost.area, stable: stable.area,
      uncertain: uncertainGained.area + uncertainLost.area, common: common.area,
      rawGained: rawGained.area, rawLost: rawLost.area, band: border,
      gainedRange: gainedRange, lostRange: lostRange,
      // All at its worst, as each of both is.
      netRange: gainedRange.lowerBound - lostRange.upperBound...gainedRange.upperBound - lostRange.lowerBound)
  }
}

extension Change {
  /// With intervals that reach so far to either side, in pixels: as errors were learnt to go.
  public func with(reach: Double) -> Change {
    var change = self
    func range(_ area: Int) -> ClosedRange<Double> { max(0, Double(area) - reach)...Double(area) + reach }
    change.areas.gainedRange = range(areas.gained)
    change.areas.lostRange = range(areas.lost)
    change.areas.netRange = Double(areas.net) - reach...Double(areas.net) + reach
    return change
  }
}

extension Mask {
  /// What isn't in the other one, which has this size.
  fileprivate func without(_ other: Mask) -> Mask {
    Mask(width: width, height: height, pixels: zip(pixels, other.pixels).map { $0 && !$1 })
  }

  /// What reaches farther than this from the other mask, down to it.
  fileprivate func farther(than reach: Double, from other: Mask) -> Mask {
    let distances = other.distances
    let core = Mask(
      width: width, height: height, pixels: pixels.indices.map { pixels[$0] && Double(distances.pixels[$0]) > reach })
    return intersection(core.dilated(radius: reach))
  }

  /// The length of the border between the mask and the rest of the region, in pixels: sides of pixels, of which a line in any
  /// direction has 4 ÷ π as many as it is long on average.
  func borderLength(within region: Mask) -> Double {
    var sides = 0
    for y in 0..<height {
      for x in 0..<width where region[x, y] {
        if x + 1 < width, region[x + 1, y], self[x, y] != self[x + 1, y] { sides += 1 }
        if y + 1 < height, region[x, y + 1], self[x, y] != self[x, y + 1] { sides += 1 }
      }
    }
    return .pi / 4 * Double(sides)
  }
}
