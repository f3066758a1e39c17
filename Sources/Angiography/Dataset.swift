/// Angiograms to train on, to test on or to predict.
public struct Dataset: Sendable {
  /// Where they come from, for display: a folder's name, `phantom`.
  public let name: String
  public let samples: [Sample]
  /// Side length, in pixels, of the square that networks see; `nil` means the images' own size.
  public var workingSize: Int?
  /// Applied anew to image and mask in every epoch of training; `nil` means none.
  public var augmentation: Augmentation?

  public init(name: String, samples: [Sample], workingSize: Int? = nil, augmentation: Augmentation? = nil) {
    self.name = name
    self.samples = samples
    self.workingSize = workingSize
    self.augmentation = augmentation
  }
}

/// Ranges of the random changes made to image and mask together (§2 of the 2021 paper; ranges are ours).
public struct Augmentation: Sendable, Hashable {
  /// Probability of a horizontal flip, in [0, 1].
  public var flip: Double
  /// Largest shift, as a fraction of the side, in each direction.
  public var shift: Double
  /// Largest rotation either way, in degrees.
  public var rotation: Double

  public init(flip: Double = 0.5, shift: Double = 0.10, rotation: Double = 15) {
    self.flip = flip
    self.shift = shift
    self.rotation = rotation
  }
}
