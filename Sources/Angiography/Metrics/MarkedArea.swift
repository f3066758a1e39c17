import Imaging

/// How much of an angiogram's field of view a mask marks. All that tells of areas tells it by this.
public struct MarkedArea: Sendable, Hashable {
  /// Marked pixels inside the field of view.
  public let pixels: Int
  /// Pixels of the field of view.
  public let field: Int
  /// In mm²; `nil` where the image has no scale.
  public let squareMillimetres: Double?

  /// - Parameter mask: of the sample's size.
  public init(of mask: Mask, in sample: Sample) {
    precondition(mask.pixels.count == sample.fieldOfView.pixels.count, "a mask has its sample's size")
    pixels = mask.area(within: sample.fieldOfView)
    field = sample.fieldOfView.area
    let marked = Double(pixels)
    squareMillimetres = sample.facts.millimetresPerPixel.map { $0 * $0 * marked }
  }

  /// In [0, 1]; `nil` of an empty field.
  public var share: Double? { field == 0 ? nil : Double(pixels) / Double(field) }
}
