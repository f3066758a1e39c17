/// Angiograms to train on, to test on or to predict.
public struct Dataset: Sendable, Codable {
  /// Where they come from, for display: a folder's name, `phantom`.
  public let name: String
  public let samples: [Sample]
  /// Side length, in pixels, of the square that networks see; `nil` means the images' own size.
  public var workingSize: Int?
  /// Applied anew to image and mask in every epoch of training; `nil` means none.
  public var augmentation: Augmentation?
  /// What networks see of an image, a channel each: at least one.
  public var features: [Feature]

  public init(
    name: String, samples: [Sample], workingSize: Int? = nil, augmentation: Augmentation? = nil,
    features: [Feature] = [.grey]
  ) {
    precondition(!features.isEmpty, "a network sees one channel at least")
    self.name = name
    self.samples = samples
    self.workingSize = workingSize
    self.augmentation = augmentation
    self.features = features
  }

  /// The same, of other angiograms.
  public func with(_ samples: [Sample]) -> Dataset {
    Dataset(name: name, samples: samples, workingSize: workingSize, augmentation: augmentation, features: features)
  }
}
