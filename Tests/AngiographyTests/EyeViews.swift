import Angiography
import Imaging
import Kernels
import Tensors

/// Two frames of one eye, or of two, by a fixed camera, and where points of the first lie in the second.
struct EyeViews {
  let baseline, followUp: Sample
  private let eye, other: RetinalTransform

  /// How the second frame differs from the first.
  struct Differences {
    var rotation: ClosedRange<Float> = -12...12
    var scale: ClosedRange<Float> = 0.92...1.09
    /// Of the shift either way, in parts of the side.
    var shift: Float = 0.12
    /// Of each coefficient of degree 2 either way, in parts of half the side.
    var bend: Float = 0
    /// Of the second frame's side, in parts of the first's.
    var size = 1.0
  }

  /// - Parameters:
  ///   - eye: drawn larger than the frames, `size` pixels of its side are seen.
  ///   - later: what the second frame shows: the same eye at another time, or another eye.
  init(
    of eye: Sample, later: Sample? = nil, size: Int, _ differences: Differences = Differences(),
    stream: RandomStream
  ) {
    var drawing = stream
    let (half, middle) = (Double(size) / 2, Double(eye.image.width) / 2)
    self.eye = RetinalTransform(
      .similarity, centreX: half, centreY: half, radius: half, parameters: [middle, middle, half, 0])
    let turn = AffineMap.rotation(degrees: Double(drawing.uniform(in: differences.rotation)))
    let scale = half * Double(drawing.uniform(in: differences.scale))
    func drawn(_ range: Float, _ unit: Double) -> Double { unit * Double(drawing.uniform(in: -range...range)) }
    let (right, down) = (drawn(differences.shift, 2 * half), drawn(differences.shift, 2 * half))
    let bends = (0..<6).map { _ in drawn(differences.bend, half) }
    let side = (Double(size) * differences.size).rounded()
    other = RetinalTransform(
      .quadratic, centreX: side / 2, centreY: side / 2, radius: side / 2,
      parameters: [middle + right, scale * turn.xx, scale * turn.xy] + bends[0..<3]
        + [middle + down, scale * turn.yx, scale * turn.yy] + bends[3..<6])
    baseline = Self.frame(of: eye, through: self.eye, side: size, light: nil)
    followUp = Self.frame(of: later ?? eye, through: other, side: Int(side), light: stream.substream("light"))
  }

  /// Where a point of the baseline lies in the follow-up.
  func truth(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    let place = eye(x, y)
    return other.inverse(place.x, place.y)
  }

  /// What the camera sees through a round aperture; with a stream in another light, exposure and grain.
  private static func frame(of eye: Sample, through map: RetinalTransform, side: Int, light: RandomStream?) -> Sample {
    var (right, down) = (Plane(width: side, height: side), Plane(width: side, height: side))
    for y in 0..<side {
      for x in 0..<side {
        let place = map(Double(x) + 0.5, Double(y) + 0.5)
        right[x, y] = Float(place.x - Double(x) - 0.5)
        down[x, y] = Float(place.y - Double(y) - 0.5)
      }
    }
    let bend = Displacement(right: right, down: down)
    func seen(_ mask: Mask) -> Mask {
      mask.resampled(width: side, height: side, through: .identity, displacedBy: bend)
    }
    var image = eye.image.resampled(width: side, height: side, through: .identity, displacedBy: bend)
    var field = seen(eye.fieldOfView)
    var light = light.map(Light.init)
    for y in 0..<side {
      for x in 0..<side {
        let (u, v) = (2 * Float(x) / Float(side) - 1, 2 * Float(y) / Float(side) - 1)
        field[x, y] = field[x, y] && u * u + v * v < 0.92
        image[x, y] = field[x, y] ? light?.shone(on: image[x, y], u, v) ?? image[x, y] : 0
      }
    }
    return Sample(name: eye.name, image: image, mask: eye.mask.map(seen), fieldOfView: field)
  }

  /// Uneven light, another exposure curve and the camera's grain.
  private struct Light {
    private let slopes: [Float]
    private let gamma: Double
    private var grain: RandomStream

    init(_ stream: RandomStream) {
      grain = stream.substream("grain")
      var stream = stream
      slopes = (0..<5).map { _ in stream.uniform(in: -0.25...0.25) }
      gamma = Double(stream.uniform(in: 0.7...1.4))
    }

    mutating func shone(on grey: Float, _ u: Float, _ v: Float) -> Float {
      let light = 1 + slopes[0] * u + slopes[1] * v + slopes[2] * u * u + slopes[3] * u * v + slopes[4] * v * v
      let exposed = Float(Elementary.exp(gamma * Elementary.log(Double(max(grey, 1e-4)))))
      return min(1, max(0, max(0.3, light) * exposed + 0.025 * grain.normal()))
    }
  }
}

extension Registration {
  /// How far it maps points of a 5 × 5 grid from where they belong, of those that both fields show: in pixels.
  func misses(in views: EyeViews) -> [Double] {
    let side = Double(width)
    var misses: [Double] = []
    for row in 0..<5 {
      for column in 0..<5 {
        let (x, y) = ((Double(column) + 0.5) / 5 * side, (Double(row) + 0.5) / 5 * side)
        guard views.baseline.fieldOfView[Int(x), Int(y)], let place = views.truth(x, y), place.x >= 0, place.y >= 0,
          place.x < Double(followUpWidth), place.y < Double(followUpHeight),
          views.followUp.fieldOfView[Int(place.x), Int(place.y)]
        else { continue }
        let found = transform(x, y)
        let (right, down) = (found.x - place.x, found.y - place.y)
        misses.append((right * right + down * down).squareRoot())
      }
    }
    return misses
  }
}
