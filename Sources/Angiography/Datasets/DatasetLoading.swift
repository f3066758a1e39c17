/// Where the masks of a folder of images are.
public enum MaskSource: Sendable, Hashable {
  /// Nobody has marked these images.
  case none
  /// There is nothing to mark: every mask is empty.
  case empty
  /// A folder of files with the images' base names.
  case folder(String)
}

/// How files become samples.
public struct LoadOptions: Sendable, Hashable {
  /// The class of a class-index mask that is CNP: a pixel belongs to it when its palette index or grey value is this.
  /// `nil`: palette index ≠ 0; grey ≥ half of white; in a lossless mask that holds class numbers alone (none above 31),
  /// any that is not 0.
  public var label: Int?
  /// A regular expression with one group, looked for in the base name; the group is the case.
  public var casePattern: String?
  /// The dataset's working size; images of different sizes need one.
  public var size: Int?

  public init(label: Int? = nil, casePattern: String? = nil, size: Int? = nil) {
    self.label = label
    self.casePattern = casePattern
    self.size = size
  }
}

/// A dataset with what was read to make it.
public struct LoadedDataset: Sendable {
  public let dataset: Dataset
  /// Every file read, in the order it was read: the manifest first, then images and masks.
  public let files: [String]
  /// Every folder listed.
  public let folders: [String]
  /// What a careful reader should know, such as files that were passed over.
  public let notes: [String]
}

/// Loads a folder of images, or the CSV manifest at `images`.
///
/// Images come in natural order of their names. All problems are collected and thrown together.
public func loadDataset(
  images: String, masks: MaskSource = .none, options: LoadOptions = LoadOptions()
) throws(DatasetError) -> LoadedDataset {
  throw DatasetError([.noImages(folder: images)])
}

/// What loading would find, from names and headers alone: for checking before anything runs.
public func outlineDataset(
  images: String, masks: MaskSource = .none, options: LoadOptions = LoadOptions()
) throws(DatasetError) -> DatasetOutline {
  throw DatasetError([.noImages(folder: images)])
}

/// A dataset's shape, known before its pixels are.
public struct DatasetOutline: Sendable, Hashable {
  public let count: Int
  /// How many of the images come with a mask.
  public let labelledCount: Int
  /// Width and height shared by all images; `nil` when they differ.
  public let width: Int?
  public let height: Int?
  /// Different cases, in natural order; empty when none is known.
  public let cases: [String]
  public let files: [String]
  public let folders: [String]
}

/// Where an angiogram shows retina: the disc that the camera lights, found in the image itself.
public func findFieldOfView(_ image: Plane) -> Mask {
  Mask(width: image.width, height: image.height, filledWith: true)
}
