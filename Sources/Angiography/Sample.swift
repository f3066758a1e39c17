import Imaging

/// One angiogram with what is known about it, at its original size.
public struct Sample: Sendable {
  /// The file's base name without its extension, or the phantom's number: unique in a dataset.
  public let name: String
  public let image: Plane
  /// Capillary non-perfusion, same size as the image; `nil` when nobody has marked it.
  public let mask: Mask?
  /// The gradable disc; pixels outside it count in no measure.
  public let fieldOfView: Mask
  /// Pixels of which the mask says that nobody has graded them; `nil` where there are none.
  public let ungraded: Mask?
  /// The bits that keep what the image's file held when it is saved again.
  public let depth: SampleDepth
  public let facts: SampleFacts

  public init(
    name: String, image: Plane, mask: Mask?, fieldOfView: Mask, ungraded: Mask? = nil, depth: SampleDepth = .eight,
    facts: SampleFacts = SampleFacts()
  ) {
    self.name = name
    self.image = image
    self.mask = mask
    self.fieldOfView = fieldOfView
    self.ungraded = ungraded
    self.depth = depth
    self.facts = facts
  }

  /// The pixels in which a prediction is judged by the mask: those that count, ungraded ones left out; `nil` means all.
  public func judged(_ counted: CountedPixels = .fieldOfView) -> Mask? {
    guard let ungraded else { return counted == .fieldOfView ? fieldOfView : nil }
    let pixels = ungraded.pixels.indices.map { index in
      !ungraded.pixels[index] && (counted == .image || fieldOfView.pixels[index])
    }
    return Mask(width: ungraded.width, height: ungraded.height, pixels: pixels)
  }
}

/// What a manifest may say of an angiogram beyond its pixels.
public struct SampleFacts: Sendable, Hashable {
  /// The patient; images of one case never stand on both sides of a split by case.
  public var caseName: String?
  public var visit: String?
  public var eye: Eye?
  public var grader: String?
  public var millimetresPerPixel: Double?

  public init(
    caseName: String? = nil, visit: String? = nil, eye: Eye? = nil, grader: String? = nil,
    millimetresPerPixel: Double? = nil
  ) {
    self.caseName = caseName
    self.visit = visit
    self.eye = eye
    self.grader = grader
    self.millimetresPerPixel = millimetresPerPixel
  }
}

/// Which eye: it mirrors nasal and temporal.
public enum Eye: String, Sendable, Hashable, CaseIterable {
  case right = "OD"
  case left = "OS"
}
