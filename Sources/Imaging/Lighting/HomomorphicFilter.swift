import Kernels

/// Homomorphic filtering: what varies slowly in the logarithm of an image is its lighting and is damped, what varies fast
/// is the tissue and is raised, by H = γL + (γH − γL)(1 − exp(−D² ÷ D₀²)) at a distance D from frequency 0.
///
/// H = γH − (γH − γL) G with a Gaussian G, so G alone is computed, by FFT, as a quotient of sums over the field (normalised
/// convolution): what lies outside never shows. G = exp(−u² ÷ D₀²) exp(−v² ÷ D₀²) goes over rows, then over columns.
public struct HomomorphicFilter: Sendable, Hashable {
  /// γL, the gain of the lighting; below 1 damps it.
  public var lowGain: Double
  /// γH, the gain of the tissue; above 1 raises it.
  public var highGain: Double
  /// D₀ in cycles a field: a field is as long as the longer side of the region's bounding box.
  public var cutoff: Double

  public init(lowGain: Double = 0.5, highGain: Double = 2, cutoff: Double = 12) {
    precondition(lowGain >= 0 && highGain >= 0 && cutoff > 0, "gains and a cutoff are positive")
    (self.lowGain, self.highGain, self.cutoff) = (lowGain, highGain, cutoff)
  }

  /// A grey step of 8 bits: it stands for black, which has no logarithm.
  public static let darkest: Float = 1 / 255

  /// The filtered image, inside `region`; 0 outside it and where the region is empty. The filter works about the mean
  /// logarithm over the region, so that a field of one grey stays as it is.
  ///
  /// - Parameter image: grey in [0, 1]; below 1/255 it counts as that.
  /// - Complexity: four transforms of rows as long as the field and its margin a row and column.
  public func callAsFunction(_ image: Plane, within region: Mask? = nil) -> Plane {
    let logarithms = image.logarithms(atLeast: Self.darkest)
    let centre = logarithms.mean(within: region)
    guard let box = region == nil ? ((0..<image.width), (0..<image.height)) : region?.boundingBox else {
      return Plane(width: image.width, height: image.height)
    }
    var blur = FieldBlur(box: box, cutoff: cutoff)
    blur.load(logarithms.values(about: centre, within: region), region)
    blur.run()
    var result = Plane(width: image.width, height: image.height)
    let (high, difference) = (Float(highGain), Float(highGain - lowGain))
    for y in box.rows {
      for x in box.columns where region?[x, y] ?? true {
        let low = blur.mean(x, y)
        result[x, y] = high * (logarithms[x, y] - centre) - difference * low + centre
      }
    }
    let filtered = result.exponentials()
    return Plane.inside(region, like: image) { filtered.pixels[$0] }
  }
}

/// Σ G·w·v ÷ Σ G·w over a box: values and weights are the two parts of one complex number, which a real filter keeps apart.
private struct FieldBlur {
  private let box: (columns: Range<Int>, rows: Range<Int>)
  private let reach: Int
  private let cutoff: Double
  private let field: Int
  /// Of the box, row by row.
  private var values, weights: [Double]

  init(box: (columns: Range<Int>, rows: Range<Int>), cutoff: Double) {
    self.box = box
    self.cutoff = cutoff
    field = max(box.columns.count, box.rows.count)
    // In pixels G is a Gaussian of σ = field ÷ (√2 π D₀), below 2e-8 of its height from 6 σ on.
    let sigma = Double(field) / (2.0.squareRoot() * Double.pi * cutoff)
    reach = min(field, Int((6 * sigma).rounded(.up)))
    values = [Double](repeating: 0, count: box.columns.count * box.rows.count)
    weights = values
  }

  mutating func load(_ plane: Plane, _ region: Mask?) {
    var index = 0
    for y in box.rows {
      for x in box.columns {
        values[index] = Double(plane[x, y])
        weights[index] = region?[x, y] ?? true ? 1 : 0
        index += 1
      }
    }
  }

  /// The weighted mean around a pixel of the region.
  func mean(_ x: Int, _ y: Int) -> Float {
    let index = (y - box.rows.lowerBound) * box.columns.count + x - box.columns.lowerBound
    return Float(values[index] / weights[index])
  }

  mutating func run() {
    let (width, height) = (box.columns.count, box.rows.count)
    pass(lines: height, length: width, lineStep: width, step: 1)
    pass(lines: width, length: height, lineStep: 1, step: width)
  }

  /// Filters lines along one axis.
  private mutating func pass(lines: Int, length: Int, lineStep: Int, step: Int) {
    let rows = FourierRows(length: transformLength(atLeast: length + reach), rows: 8)
    let response = (0..<rows.length).map { index in
      let frequency = Double(min(index, rows.length - index)) / Double(rows.length) * Double(field) / cutoff
      return Elementary.exp(-frequency * frequency) / Double(rows.length)
    }
    rows.filter(
      &values, &weights, lines: lines, count: length, lineStep: lineStep, step: step, response: response)
  }
}

/// The next length with small prime factors, for which a transform is fast.
private func transformLength(atLeast count: Int) -> Int {
  var length = count
  while true {
    var rest = length
    for factor in [2, 3, 5, 7] { while rest % factor == 0 { rest /= factor } }
    if rest == 1 { return length }
    length += 1
  }
}
