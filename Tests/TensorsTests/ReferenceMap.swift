import Tensors

/// A map in double precision and the plain loops that say what each operation means: the judge of the engine.
struct ReferenceMap {
  var shape: [Int]
  var values: [Double]

  init(_ shape: [Int], values: [Double]) {
    self.shape = shape
    self.values = values
  }

  init(_ shape: [Int]) { self.init(shape, values: [Double](repeating: 0, count: shape.reduce(1, *))) }

  init(_ tensor: Tensor) { self.init(tensor.shape, values: tensor.values.map(Double.init)) }

  subscript(b: Int, y: Int, x: Int, c: Int) -> Double {
    get { values[((b * shape[1] + y) * shape[2] + x) * shape[3] + c] }
    set { values[((b * shape[1] + y) * shape[2] + x) * shape[3] + c] = newValue }
  }

  /// The value, or 0 outside.
  func at(_ b: Int, _ y: Int, _ x: Int, _ c: Int) -> Double {
    y < 0 || x < 0 || y >= shape[1] || x >= shape[2] ? 0 : self[b, y, x, c]
  }

  /// A map of that shape with `value` at every place.
  static func each(_ shape: [Int], _ value: (Int, Int, Int, Int) -> Double) -> ReferenceMap {
    var result = ReferenceMap(shape)
    for b in 0..<shape[0] {
      for y in 0..<shape[1] {
        for x in 0..<shape[2] {
          for c in 0..<shape[3] { result[b, y, x, c] = value(b, y, x, c) }
        }
      }
    }
    return result
  }

  func map(_ f: (Double) -> Double) -> ReferenceMap { ReferenceMap(shape, values: values.map(f)) }
}

extension ReferenceMap {
  /// `[kernel, kernel, in, out]` weights, which the four-index subscript reads.
  func convolved(_ weights: ReferenceMap, bias: [Double]?, stride: Int, dilation: Int) -> ReferenceMap {
    let kernel = weights.shape[0]
    let padding = dilation * (kernel - 1) / 2
    func size(_ extent: Int) -> Int { (extent + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1 }
    return .each([shape[0], size(shape[1]), size(shape[2]), weights.shape[3]]) { b, y, x, o in
      var sum = bias?[o] ?? 0
      for i in 0..<kernel {
        for j in 0..<kernel {
          for c in 0..<shape[3] {
            sum +=
              at(b, y * stride - padding + i * dilation, x * stride - padding + j * dilation, c)
              * weights[i, j, c, o]
          }
        }
      }
      return sum
    }
  }

  func transposeConvolved(_ weights: ReferenceMap, bias: [Double]?) -> ReferenceMap {
    let stride = weights.shape[0]
    return .each([shape[0], shape[1] * stride, shape[2] * stride, weights.shape[3]]) { b, y, x, o in
      (0..<shape[3]).reduce(bias?[o] ?? 0) {
        $0 + self[b, y / stride, x / stride, $1] * weights[y % stride, x % stride, $1, o]
      }
    }
  }

  /// Mean and biased variance of each channel.
  var statistics: (mean: [Double], variance: [Double]) {
    let channels = shape[3]
    let count = Double(values.count / channels)
    var mean = [Double](repeating: 0, count: channels)
    var variance = mean
    for (index, value) in values.enumerated() { mean[index % channels] += value / count }
    for (index, value) in values.enumerated() {
      let difference = value - mean[index % channels]
      variance[index % channels] += difference * difference / count
    }
    return (mean, variance)
  }

  func normalized(mean: [Double], variance: [Double], scale: [Double], offset: [Double], epsilon: Double) -> Self {
    .each(shape) { b, y, x, c in
      scale[c] * (self[b, y, x, c] - mean[c]) / (variance[c] + epsilon).squareRoot() + offset[c]
    }
  }

  func maxPooled(_ size: Int) -> ReferenceMap {
    .each([shape[0], shape[1] / size, shape[2] / size, shape[3]]) { b, y, x, c in
      var largest = -Double.infinity
      for i in 0..<size {
        for j in 0..<size { largest = max(largest, self[b, y * size + i, x * size + j, c]) }
      }
      return largest
    }
  }

  func resized(_ height: Int, _ width: Int, bilinear: Bool) -> ReferenceMap {
    func sources(_ target: Int, _ from: Int, _ to: Int) -> [(Int, Double)] {
      if !bilinear { return [(target * from / to, 1)] }
      let place = max(0, (Double(target) + 0.5) * Double(from) / Double(to) - 0.5)
      let low = min(Int(place), from - 1)
      let fraction = place - Double(low)
      return low + 1 < from ? [(low, 1 - fraction), (low + 1, fraction)] : [(low, 1)]
    }
    return .each([shape[0], height, width, shape[3]]) { b, y, x, c in
      var sum = 0.0
      for (row, down) in sources(y, shape[1], height) {
        for (column, across) in sources(x, shape[2], width) { sum += down * across * self[b, row, column, c] }
      }
      return sum
    }
  }

  func concatenated(_ other: ReferenceMap) -> ReferenceMap {
    .each(Array(shape.prefix(3)) + [shape[3] + other.shape[3]]) { b, y, x, c in
      c < shape[3] ? self[b, y, x, c] : other[b, y, x, c - shape[3]]
    }
  }

  var globalMean: ReferenceMap {
    .each([shape[0], 1, 1, shape[3]]) { b, _, _, c in
      var sum = 0.0
      for y in 0..<shape[1] {
        for x in 0..<shape[2] { sum += self[b, y, x, c] }
      }
      return sum / Double(shape[1] * shape[2])
    }
  }
}
