import Imaging

/// How much of the retina that can be graded a mask marks. All that tells of areas tells it by this.
public struct MarkedArea: Sendable, Hashable {
  /// Marked pixels of gradable retina.
  public let pixels: Int
  /// Pixels of gradable retina.
  public let gradable: Int
  /// Pixels of the field of view.
  public let field: Int
  /// In mm²; `nil` where the image has no scale.
  public let squareMillimetres: Double?

  /// - Parameter mask: of the sample's size.
  public init(of mask: Mask, in sample: Sample) {
    precondition(mask.pixels.count == sample.fieldOfView.pixels.count, "a mask has its sample's size")
    let retina = sample.gradable
    pixels = mask.area(within: retina)
    gradable = retina.area
    field = sample.fieldOfView.area
    let marked = Double(pixels)
    squareMillimetres = sample.scale.map { $0.millimetresPerPixel * $0.millimetresPerPixel * marked }
  }

  /// Of the gradable retina, in [0, 1]: the ischemic index of a mask of non-perfusion; `nil` where nothing can be graded.
  public var share: Double? { gradable == 0 ? nil : Double(pixels) / Double(gradable) }

  /// How much of the field of view can be graded, in [0, 1]; `nil` of an empty field.
  public var gradableShare: Double? { field == 0 ? nil : Double(gradable) / Double(field) }
}

extension Sequence<MarkedArea> {
  /// Whether some of their field of view can't be graded, so that their shares are not of all of it.
  public var arePartlyGraded: Bool { contains { $0.gradable < $0.field } }

  /// What their shares are of, in words.
  public var wholeInWords: String { arePartlyGraded ? "what is graded" : "the field of view" }
}
