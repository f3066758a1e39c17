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
  /// What the occluded vessel supplied: the region within which non-perfusion lies, and all of that; `nil` when nobody has
  /// marked it.
  public let territory: Mask?
  /// The bits that keep what the image's file held when it is saved again.
  public let depth: SampleDepth
  public let facts: SampleFacts

  public init(
    name: String, image: Plane, mask: Mask?, fieldOfView: Mask, ungraded: Mask? = nil, territory: Mask? = nil,
    depth: SampleDepth = .eight, facts: SampleFacts = SampleFacts()
  ) {
    self.name = name
    self.image = image
    self.mask = mask
    self.fieldOfView = fieldOfView
    self.ungraded = ungraded
    // It holds all that is marked, whoever has drawn the two.
    self.territory = territory.map { territory in mask.map(territory.union) ?? territory }
    self.depth = depth
    self.facts = facts
  }

  /// Whether something is marked without anybody having marked the territory that it lies in.
  package var lacksTerritory: Bool { territory == nil && mask?.pixels.contains(true) == true }

  /// The same with other facts.
  public func with(_ facts: SampleFacts) -> Sample {
    Sample(
      name: name, image: image, mask: mask, fieldOfView: fieldOfView, ungraded: ungraded, territory: territory,
      depth: depth, facts: facts)
  }

  /// The same with more pixels that nobody can grade.
  public func ungradable(_ more: Mask) -> Sample {
    let all = ungraded.map { $0.union(more) } ?? more
    return Sample(
      name: name, image: image, mask: mask, fieldOfView: fieldOfView, ungraded: all, territory: territory, depth: depth,
      facts: facts)
  }

  /// The retina that can be graded: the field of view without what nobody could grade.
  public var gradable: Mask { ungraded.map { fieldOfView.intersection($0.complement) } ?? fieldOfView }

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
  /// When it was taken: a date where it is one (`visitDate`), else any name.
  public var visit: String?
  public var eye: Eye?
  public var grader: String?
  /// As somebody gave it; what follows from the other facts says `Sample.scale`.
  public var millimetresPerPixel: Double?
  /// Of the camera, across the field of view, in degrees.
  public var fieldAngle: Double?
  public var phase: Phase?
  public var landmarks: Landmarks

  public init(
    caseName: String? = nil, visit: String? = nil, eye: Eye? = nil, grader: String? = nil,
    millimetresPerPixel: Double? = nil, fieldAngle: Double? = nil, phase: Phase? = nil,
    landmarks: Landmarks = Landmarks()
  ) {
    self.caseName = caseName
    self.visit = visit
    self.eye = eye
    self.grader = grader
    self.millimetresPerPixel = millimetresPerPixel
    self.fieldAngle = fieldAngle
    self.phase = phase
    self.landmarks = landmarks
  }

  public var visitDate: CalendarDate? { visit.flatMap { CalendarDate($0) } }
}

/// Which eye: it mirrors nasal and temporal.
public enum Eye: String, Sendable, Hashable, Codable, CaseIterable {
  case right = "OD"
  case left = "OS"
}

extension Sample: Codable {
  private enum CodingKeys: CodingKey { case name, image, mask, fieldOfView, ungraded, territory, depth, facts }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let image = try fields.decode(Plane.self, forKey: .image)
    let mask = try fields.decodeIfPresent(Mask.self, forKey: .mask)
    let fieldOfView = try fields.decode(Mask.self, forKey: .fieldOfView)
    let ungraded = try fields.decodeIfPresent(Mask.self, forKey: .ungraded)
    let territory = try fields.decodeIfPresent(Mask.self, forKey: .territory)
    for mask in [mask, fieldOfView, ungraded, territory].compactMap(\.self)
    where mask.width != image.width || mask.height != image.height {
      throw DecodingError.dataCorruptedError(forKey: .mask, in: fields, debugDescription: "a mask of another size")
    }
    self.init(
      name: try fields.decode(String.self, forKey: .name), image: image, mask: mask, fieldOfView: fieldOfView,
      ungraded: ungraded, territory: territory, depth: try fields.decode(SampleDepth.self, forKey: .depth),
      facts: try fields.decode(SampleFacts.self, forKey: .facts))
  }
}
