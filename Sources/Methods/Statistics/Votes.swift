import Imaging

/// How often each combination of marks occurs among the pixels that several raters have graded: all that a consensus of
/// them needs, whatever the number of pixels.
public struct Votes: Sendable, Hashable {
  /// By the combination: bit r is set where rater r marks the pixel.
  public private(set) var counts: [UInt32: Int] = [:]
  public let raters: Int

  /// A combination is 32 bits.
  public static let mostRaters = 32

  public init(raters: Int) {
    precondition((1...Self.mostRaters).contains(raters), "a combination of marks has a bit a rater")
    self.raters = raters
  }

  /// Counts the pixels of one image.
  ///
  /// - Parameters:
  ///   - masks: one a rater, of one size.
  ///   - graded: which pixels all raters have graded; the others are left out.
  public mutating func add(_ masks: [Mask], within graded: Mask) {
    let combinations = Self.combinations(of: masks)
    precondition(masks.count == raters && combinations.count == graded.pixels.count, "one mask a rater, of one size")
    for (pixel, combination) in combinations.enumerated() where graded.pixels[pixel] {
      counts[combination, default: 0] += 1
    }
  }

  /// The combination of each pixel.
  static func combinations(of masks: [Mask]) -> [UInt32] {
    var combinations = [UInt32](repeating: 0, count: masks.first?.pixels.count ?? 0)
    for (rater, mask) in masks.enumerated() {
      precondition(mask.pixels.count == combinations.count, "masks of one image have one size")
      for pixel in mask.pixels.indices where mask.pixels[pixel] { combinations[pixel] |= 1 << UInt32(rater) }
    }
    return combinations
  }
}
