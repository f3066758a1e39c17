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
public struct SampleFacts: Sendable, Hashable, Codable {
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
public enum Eye: String, Sendable, Hashable, Codable, CaseIterable {
  case right = "OD"
  case left = "OS"
}

extension Sample: Codable {
  private enum CodingKeys: CodingKey { case name, image, mask, fieldOfView, ungraded, depth, facts }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let image = try fields.decode(Plane.self, forKey: .image)
    let mask = try fields.decodeIfPresent(Mask.self, forKey: .mask)
    let fieldOfView = try fields.decode(Mask.self, forKey: .fieldOfView)
    let ungraded = try fields.decodeIfPresent(Mask.self, forKey: .ungraded)
    for mask in [mask, fieldOfView, ungraded].compactMap(\.self)
    where mask.width != image.width || mask.height != image.height {
      throw DecodingError.dataCorruptedError(forKey: .mask, in: fields, debugDescription: "a mask of another size")
    }
    self.init(
      name: try fields.decode(String.self, forKey: .name), image: image, mask: mask, fieldOfView: fieldOfView,
      ungraded: ungraded, depth: try fields.decode(SampleDepth.self, forKey: .depth),
      facts: try fields.decode(SampleFacts.self, forKey: .facts))
  }
}
