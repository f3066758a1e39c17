/// A set of pixels: a label map, a field of view, a thresholded prediction. `pixels[y · width + x]`.
public struct Mask: Sendable, Hashable {
  public let width: Int
  public let height: Int
  public var pixels: [Bool]

  public init(width: Int, height: Int, pixels: [Bool]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height, "a mask holds width × height pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  public init(width: Int, height: Int, filledWith value: Bool = false) {
    self.init(width: width, height: height, pixels: [Bool](repeating: value, count: width * height))
  }

  public subscript(x: Int, y: Int) -> Bool {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }

  /// How many pixels are in the set.
  public var area: Int { pixels.count { $0 } }

  /// How many pixels of the set are also in `region`, which has its size.
  public func area(within region: Mask) -> Int { zip(pixels, region.pixels).count { $0 && $1 } }

  /// What is in both; `other` has this size.
  public func intersection(_ other: Mask) -> Mask {
    Mask(width: width, height: height, pixels: zip(pixels, other.pixels).map { $0 && $1 })
  }

  /// What is in one of them; `other` has this size.
  public func union(_ other: Mask) -> Mask {
    Mask(width: width, height: height, pixels: zip(pixels, other.pixels).map { $0 || $1 })
  }

  /// The pixels where the plane is at least `threshold`.
  public init(_ plane: Plane, atLeast threshold: Float) {
    self.init(width: plane.width, height: plane.height, pixels: plane.pixels.map { $0 >= threshold })
  }

  /// 1 inside the set, 0 outside.
  public var plane: Plane { Plane(width: width, height: height, pixels: pixels.map { $0 ? 1 : 0 }) }
}
