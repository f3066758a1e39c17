import Imaging
import Kernels
import Tensors

/// Ranges of the random changes made to image and mask together (§2 of the 2021 paper names flip, shift and rotation; the
/// ranges are ours). What the paper does not name is off unless asked for. Each lies in its own of `Ranges`.
public struct Augmentation: Sendable, Hashable {
  /// Probability of a horizontal flip.
  public var flip: Double
  /// Largest shift, as a fraction of the side, in each direction.
  public var shift: Double
  /// Largest rotation either way, in degrees.
  public var rotation: Double
  /// Probability of a vertical flip.
  public var verticalFlip: Double
  /// Largest change of size: z draws a factor between 1 − z and 1 + z.
  public var zoom: Double
  /// Standard deviation of a smooth random displacement, as a fraction of the side.
  public var elastic: Double
  /// Largest change of contrast, of the image alone: c multiplies the grey by 1 − c … 1 + c.
  public var contrast: Double
  /// Largest change of brightness, of the image alone: added to the grey.
  public var brightness: Double
  /// Largest change of gamma, of the image alone: the grey to the power of 1 − γ … 1 + γ.
  public var gamma: Double
  /// Width σ of the Gaussian that softens the edges of labels, in pixels of what networks see; 0 leaves them sharp. It is no
  /// draw: every label is softened alike, in training alone.
  public var soften: Double
  /// Probability of a lesion of another training image, pasted with its mask.
  public var paste: Double

  public init(
    flip: Double = 0.5, shift: Double = 0.10, rotation: Double = 15, verticalFlip: Double = 0, zoom: Double = 0,
    elastic: Double = 0, contrast: Double = 0, brightness: Double = 0, gamma: Double = 0,
    soften: Double = 0, paste: Double = 0
  ) {
    self.flip = flip
    self.shift = shift
    self.rotation = rotation
    self.verticalFlip = verticalFlip
    self.zoom = zoom
    self.elastic = elastic
    self.contrast = contrast
    self.brightness = brightness
    self.gamma = gamma
    self.soften = soften
    self.paste = paste
    precondition(isWithinRanges, "each change lies in its range")
  }

  /// Draws one change from `generator`, ten numbers whatever the ranges, so that a wider range of one changes no other:
  /// flip, rotation, shift right, shift down, vertical flip, zoom, elastic, contrast, brightness, gamma. What is pasted is
  /// drawn after these.
  public func draw(
    using generator: inout some RandomNumberGenerator
  ) -> (geometry: GeometricChange, tone: ToneChange) {
    let flips = generator.unitInterval() < flip
    let turn = generator.symmetric(rotation)
    let right = generator.symmetric(shift)
    let down = generator.symmetric(shift)
    let flipsDown = generator.unitInterval() < verticalFlip
    let size = 1 + generator.symmetric(zoom)
    let pattern = generator.next()
    let geometry = GeometricChange(
      isFlipped: flips, rotation: turn, shiftX: right, shiftY: down, isFlippedVertically: flipsDown, zoom: size,
      elastic: elastic > 0 ? ElasticChange(deviation: elastic, pattern: pattern) : nil)
    let gain = 1 + generator.symmetric(contrast)
    let offset = generator.symmetric(brightness)
    let power = 1 + generator.symmetric(gamma)
    return (geometry, ToneChange(gain: gain, offset: offset, gamma: power))
  }
}

/// One draw of an augmentation: flips, then size, then turn about the centre, then shift; at last an elastic displacement.
public struct GeometricChange: Sendable, Hashable {
  /// Left and right exchanged.
  public var isFlipped: Bool
  /// Clockwise, in degrees.
  public var rotation: Double
  /// To the right and downward, as fractions of the frame's width and height.
  public var shiftX, shiftY: Double
  /// Top and bottom exchanged.
  public var isFlippedVertically: Bool
  /// The content's size against what it was, above 0.
  public var zoom: Double
  public var elastic: ElasticChange?

  public init(
    isFlipped: Bool = false, rotation: Double = 0, shiftX: Double = 0, shiftY: Double = 0,
    isFlippedVertically: Bool = false, zoom: Double = 1, elastic: ElasticChange? = nil
  ) {
    self.isFlipped = isFlipped
    self.rotation = rotation
    self.shiftX = shiftX
    self.shiftY = shiftY
    self.isFlippedVertically = isFlippedVertically
    self.zoom = zoom
    self.elastic = elastic
  }

  public static let none = GeometricChange()

  /// From a changed frame back to the unchanged one, both measured from their centres in pixels.
  func undone(width: Int, height: Int) -> AffineMap {
    AffineMap.translation(x: -shiftX * Double(width), y: -shiftY * Double(height))
      .followed(by: .rotation(degrees: -rotation))
      .followed(by: .scaling(x: (isFlipped ? -1 : 1) / zoom, y: (isFlippedVertically ? -1 : 1) / zoom))
  }
}

/// A smooth random displacement of a frame's pixels.
public struct ElasticChange: Sendable, Hashable {
  /// Of the displacement in each direction, as a fraction of the frame's larger side.
  public var deviation: Double
  /// Which of all displacements.
  public var pattern: UInt64

  public init(deviation: Double, pattern: UInt64) {
    self.deviation = deviation
    self.pattern = pattern
  }

  /// To the right and downward, in pixels of the frame: cubic splines over 5 × 5 cells, so that nothing folds while the
  /// deviation stays below about 1/20.
  func displacement(width: Int, height: Int) -> Displacement {
    let side = max(width, height)
    var stream = RandomStream(seed: pattern)
    func field(_ stream: inout RandomStream) -> Plane {
      let values = smoothField(side: side, cells: 5, stream: &stream)
      let pixels = (0..<width * height).map { values[$0 / width * side + $0 % width] * Float(deviation) * Float(side) }
      return Plane(width: width, height: height, pixels: pixels)
    }
    let right = field(&stream)
    return Displacement(right: right, down: field(&stream))
  }
}

/// One draw of the changes of grey that leave the mask alone: grey ↦ gain · greyᵞ + offset, inside the field of view.
public struct ToneChange: Sendable, Hashable {
  public var gain, offset, gamma: Double

  public init(gain: Double = 1, offset: Double = 0, gamma: Double = 1) {
    self.gain = gain
    self.offset = offset
    self.gamma = gamma
  }

  public static let none = ToneChange()

  /// The image with its tones changed inside `field`, kept within [0, 1].
  public func applied(to image: Plane, within field: Mask) -> Plane {
    if self == .none { return image }
    // A table of the curve, read with linear interpolation: a power a pixel would cost more than everything else.
    let steps = 4096
    let curve = (0...steps + 1).map { step -> Float in
      let grey = Double(step) / Double(steps)
      let power = step == 0 ? 0 : Elementary.exp(gamma * Elementary.log(grey))
      return Float(min(max(gain * power + offset, 0), 1))
    }
    var result = image
    for i in result.pixels.indices where field.pixels[i] {
      let position = min(max(result.pixels[i], 0), 1) * Float(steps)
      let step = Int(position)
      result.pixels[i] = curve[step] + (position - Float(step)) * (curve[step + 1] - curve[step])
    }
    return result
  }
}
