extension Augmentation {
  /// Between which numbers each change lies.
  public enum Ranges {
    /// Of either flip, and of a pasted lesion.
    public static let probability = 0.0...1
    /// Fraction of the side.
    public static let shift = 0.0...1
    /// Degrees.
    public static let rotation = 0.0...180
    /// Nothing shrinks to a point.
    public static let zoom = 0.0...0.9
    /// Fraction of the side.
    public static let elastic = 0.0...0.1
    public static let contrast = 0.0...0.9
    public static let brightness = 0.0...1
    /// No power of 0, which has no dark.
    public static let gamma = 0.0...0.9
    /// Pixels.
    public static let softening = 0.0...20
  }

  var isWithinRanges: Bool {
    [
      (flip, Ranges.probability), (shift, Ranges.shift), (rotation, Ranges.rotation),
      (verticalFlip, Ranges.probability), (zoom, Ranges.zoom), (elastic, Ranges.elastic),
      (contrast, Ranges.contrast), (brightness, Ranges.brightness), (gamma, Ranges.gamma),
      (soften, Ranges.softening), (paste, Ranges.probability),
    ].allSatisfy { value, range in range.contains(value) }
  }
}
