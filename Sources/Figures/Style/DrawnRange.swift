import Angiography
import Imaging

extension Plane {
  /// The greys that an angiogram is drawn between, black and white.
  ///
  /// They are 0 and 1, but for a dark angiogram, whose brightest pixel is below half of white: that pixel is drawn white, or
  /// nothing could be told apart. The numbers stay what they are; a legend or caption says so.
  public var drawnRange: ClosedRange<Float> {
    let brightest = pixels.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    return brightest > 0 && brightest < 0.5 ? 0...brightest : 0...1
  }
}
