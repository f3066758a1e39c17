import Angiography
import Imaging
import Language

/// Width and height of images, in pixels.
struct ImageSize: Hashable {
  let width: Int
  let height: Int
}

/// What is known of a dataset without having it; `nil` where something isn't.
struct DatasetFacts: Facts, Hashable {
  enum Masks: Hashable { case all, some, none }

  var count: Int?
  /// Which images have a mask.
  var masks: Masks?
  /// The different sizes that networks see.
  var frames: Set<ImageSize>?
  /// Whether networks see all of them at one size that somebody has chosen, and not at their own.
  var isResized: Bool?
  var features: [Feature]?
  /// Whether every image has a case.
  var hasCases: Bool?
  /// How many different cases.
  var caseCount: Int?

  func joined(with other: any Facts) -> (any Facts)? {
    guard let other = other as? DatasetFacts else { return nil }
    var both = self
    if other.count != count { both.count = nil }
    if other.masks != masks { both.masks = nil }
    if other.frames != frames { both.frames = nil }
    if other.isResized != isResized { both.isResized = nil }
    if other.features != features { both.features = nil }
    if other.hasCases != hasCases { both.hasCases = nil }
    if other.caseCount != caseCount { both.caseCount = nil }
    return both
  }

  /// A sample as `dataset[0]` gives it.
  var element: Known? {
    let mask: Known =
      switch masks {
      case .all: Known(.object(MaskValue.typeName))
      case .some(.none): Known(Value.none)
      default: .any
      }
    let own = [("name", Known(.text)), ("image", Known(.object(ImageValue.typeName))), ("mask", mask)]
    return Known(fields: own + Record.knownFacts)
  }

  func member(_ name: String) -> (known: Known?, finding: CheckFinding?) {
    guard let count, count <= 1000 else { return (nil, nil) }
    switch name {
    case "names": return (Known(elements: Array(repeating: Known(.text), count: count)), nil)
    case "images":
      return (Known(elements: Array(repeating: Known(.object(ImageValue.typeName)), count: count)), nil)
    default: return (nil, nil)
    }
  }

  /// The side of the one square that networks see; `nil` where there is none, or where that isn't known.
  var square: Int? {
    guard let frame = frames?.first, frames?.count == 1, frame.width == frame.height else { return nil }
    return frame.width
  }

  /// How many there are of what a split keeps together.
  func unitCount(_ unit: SplitUnit) -> Int? { unit == .byCase ? caseCount : count }

  /// What a choice of `by:` means for these images.
  func unit(_ choice: String?) -> SplitUnit? {
    guard let choice else { return nil }
    return SplitUnit(rawValue: choice) ?? hasCases.map { $0 ? .byCase : .image }
  }
}

extension DatasetFacts {
  /// Of a dataset at hand.
  init(_ dataset: Dataset) {
    let marked = dataset.samples.count { $0.mask != nil }
    count = dataset.samples.count
    masks = marked == dataset.samples.count ? .all : marked == 0 ? DatasetFacts.Masks.none : .some
    frames = Set(
      dataset.samples.map { sample in
        let frame = sample.frame(workingSize: dataset.workingSize)
        return ImageSize(width: frame.width, height: frame.height)
      })
    isResized = dataset.workingSize != nil
    features = dataset.features
    hasCases = dataset.hasCases
    caseCount = Set(dataset.samples.compactMap(\.facts.caseName)).count
  }

  /// Of a dataset whose files have been looked at.
  init(_ outline: DatasetOutline, workingSize: Int?) {
    count = outline.count
    masks =
      outline.labelledCount == outline.count ? .all : outline.labelledCount == 0 ? DatasetFacts.Masks.none : .some
    isResized = workingSize != nil
    if let workingSize {
      frames = [ImageSize(width: workingSize, height: workingSize)]
    } else {
      frames = outline.sizes.map { Set($0.map { ImageSize(width: $0.width, height: $0.height) }) }
    }
    features = [.grey]
    hasCases = outline.hasCases
    caseCount = outline.cases.count
  }
}
