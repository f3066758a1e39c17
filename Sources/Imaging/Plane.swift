/// A single-channel image: `pixels[y · width + x]`, grey in [0, 1] unless said otherwise.
///
/// Angiograms, probability maps and soft masks are planes.
public struct Plane: Sendable, Hashable {
  public let width: Int
  public let height: Int
  public var pixels: [Float]

  public init(width: Int, height: Int, pixels: [Float]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height, "a plane holds width × height pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  public init(width: Int, height: Int, filledWith value: Float = 0) {
    self.init(width: width, height: height, pixels: [Float](repeating: value, count: width * height))
  }

  public subscript(x: Int, y: Int) -> Float {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }
}
