import Base

/// What a set of phantom angiograms is like. Lengths inside the phantom are fractions of the side, so a larger `size`
/// gives a larger picture of the same eye in the same field (about 14.4 mm of retina across).
public struct PhantomOptions: Sendable, Hashable {
  /// How many angiograms can be asked for.
  public static let counts = 1...100_000
  /// Sizes that can be drawn, in pixels.
  public static let sizes = 64...1024
  /// Non-perfused fractions of the field of view that can be asked for.
  public static let fractions = 0.001...0.6
  /// Fractions of the angiograms that can be negatives.
  public static let negativeShares = 0.0...1
  /// Multiples of a usual camera's grain.
  public static let noiseLevels = 0.0...4
  /// How much darker non-perfused retina can be, as a fraction of the perfused one's brightness.
  public static let darkenings = 0.0...0.9

  /// Visits that can be asked for.
  public static let visits = 1...100
  /// By how much of the field of view non-perfusion can grow, or shrink, from one visit to the next.
  public static let growths = -0.2...0.2

  /// How many angiograms; sample k is the same whatever the count.
  public var count: Int
  /// Side of the square image, in pixels.
  public var size: Int
  /// Every pixel depends on this, on the sample's number, and on nothing else but the options below.
  public var seed: UInt64
  /// Smallest and largest non-perfused part of the field of view, as fractions. Small areas are drawn more often.
  public var nonPerfusion: ClosedRange<Double>
  /// Fraction of the angiograms that have no non-perfusion, of `negativeShares`; spread evenly over the numbers.
  public var negatives: Double
  /// Grain of the camera (shot and read noise), as a multiple of a usual camera's, of `noiseLevels`.
  public var noise: Double
  /// How much darker than the perfused retina a non-perfused one is on average, of `darkenings`; it varies about this
  /// from eye to eye and from patch to patch. At 0 only the missing capillaries tell.
  public var darkening: Double
  /// Which visit of the same eyes, from 1: another has other light and grain.
  public var visit: Int
  /// What non-perfusion gains from one visit to the next, as a fraction of the field of view, of `growths`; met to the pixel
  /// where it ends between 0 and the largest of `fractions`. Negatives stay so.
  public var growth: Double

  public init(
    count: Int = 72, size: Int = 512, seed: UInt64 = 20_210_601, nonPerfusion: ClosedRange<Double> = 0.01...0.40,
    negatives: Double = 0, noise: Double = 1, darkening: Double = 0.6, visit: Int = 1, growth: Double = 0
  ) {
    self.count = count
    self.size = size
    self.seed = seed
    self.nonPerfusion = nonPerfusion
    self.negatives = negatives
    self.noise = noise
    self.darkening = darkening
    self.visit = visit
    self.growth = growth
  }

  /// Throws the first option that is out of its range.
  public func validate() throws(PhantomError) {
    guard PhantomOptions.counts.contains(count) else { throw .count(count) }
    guard PhantomOptions.sizes.contains(size) else { throw .size(size) }
    let fractions = PhantomOptions.fractions
    guard fractions.contains(nonPerfusion.lowerBound), fractions.contains(nonPerfusion.upperBound) else {
      throw .nonPerfusion(nonPerfusion)
    }
    guard PhantomOptions.negativeShares.contains(negatives) else { throw .negatives(negatives) }
    guard PhantomOptions.noiseLevels.contains(noise) else { throw .noise(noise) }
    guard PhantomOptions.darkenings.contains(darkening) else { throw .darkening(darkening) }
    guard PhantomOptions.visits.contains(visit) else { throw .visit(visit) }
    guard PhantomOptions.growths.contains(growth) else { throw .growth(growth) }
  }

  /// What non-perfusion of this fraction at the first visit is at this one.
  func grown(_ fraction: Double) -> Double {
    guard fraction > 0, visit > 1, growth != 0 else { return fraction }
    return min(max(fraction + growth * Double(visit - 1), 0), Self.fractions.upperBound)
  }

  /// Whether sample `index` is a negative; the same for every count.
  func isNegative(_ index: Int) -> Bool {
    (Double(index + 1) * negatives).rounded(.down) > (Double(index) * negatives).rounded(.down)
  }
}

/// An option of the phantom that is out of its range.
public enum PhantomError: Error, Sendable, Hashable {
  case count(Int)
  case size(Int)
  case nonPerfusion(ClosedRange<Double>)
  case negatives(Double)
  case noise(Double)
  case darkening(Double)
  case visit(Int)
  case growth(Double)
  case interrupted(drawn: Int)

  public var code: String {
    switch self {
    case .count: "phantom-count"
    case .size: "phantom-size"
    case .nonPerfusion: "phantom-non-perfusion"
    case .negatives: "phantom-negatives"
    case .noise: "phantom-noise"
    case .darkening: "phantom-darkening"
    case .visit: "phantom-visit"
    case .growth: "phantom-growth"
    case .interrupted: "interrupted"
    }
  }

  public var message: String {
    switch self {
    case .count(let count): "cannot draw \(count) phantom angiograms"
    case .size(let size): "cannot draw a phantom angiogram \(size) pixels wide"
    case .nonPerfusion(let range):
      "the non-perfused fraction of the field cannot range from \(range.lowerBound) to \(range.upperBound)"
    case .negatives(let fraction): "\(fraction) is no fraction of the angiograms"
    case .noise(let noise): "noise cannot be \(noise) times a usual camera's"
    case .interrupted(let drawn): "phantom was interrupted after \(counted(drawn, "angiogram"))"
    case .darkening(let darkening): "non-perfused retina cannot be darker by a fraction of \(darkening)"
    case .visit(let visit): "there is no visit \(visit)"
    case .growth(let growth): "non-perfusion cannot grow by a fraction of \(growth) of the field a visit"
    }
  }

  /// The range that is allowed.
  public var hint: String? {
    switch self {
    case .count: "ask for \(rangeText(PhantomOptions.counts))"
    case .size: "sizes go from \(rangeText(PhantomOptions.sizes)) pixels"
    case .nonPerfusion: "fractions go from \(rangeText(PhantomOptions.fractions))"
    case .negatives:
      "negatives go from \(numberText(PhantomOptions.negativeShares.lowerBound)) (none) to "
        + "\(numberText(PhantomOptions.negativeShares.upperBound)) (all)"
    case .noise: "noise goes from \(rangeText(PhantomOptions.noiseLevels)); 1 is usual"
    case .darkening: "darkening goes from \(rangeText(PhantomOptions.darkenings))"
    case .visit: "visits go from \(rangeText(PhantomOptions.visits))"
    case .growth: "growth goes from \(rangeText(PhantomOptions.growths))"
    case .interrupted: nil
    }
  }
}
