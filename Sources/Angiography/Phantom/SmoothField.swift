import Tensors

/// A random field without detail finer than the side divided by `cells`: a uniform cubic B-spline over random control
/// values. `field[y · side + x]`, mean about 0, standard deviation about 1.
///
/// Cost: 8 multiplications a pixel.
func smoothField(side: Int, cells: Int, stream: inout RandomStream) -> [Float] {
  let knots = cells + 3
  // 3.6 undoes the loss of variance by the spline and the variance of a uniform number.
  let control = (0..<knots * knots).map { _ in (2 * stream.uniform() - 1) * 3.6 }
  let places = (0..<side).map { SplinePlace(position: (Float($0) + 0.5) / Float(side) * Float(cells)) }

  var rows = [Float](repeating: 0, count: knots * side)
  for knot in 0..<knots {
    for x in 0..<side {
      let place = places[x]
      let first = knot * knots + place.first
      rows[knot * side + x] =
        place.weights[0] * control[first] + place.weights[1] * control[first + 1]
        + place.weights[2] * control[first + 2] + place.weights[3] * control[first + 3]
    }
  }
  var field = [Float](repeating: 0, count: side * side)
  for y in 0..<side {
    let place = places[y]
    let first = place.first * side
    for x in 0..<side {
      let row = first + x
      field[y * side + x] =
        place.weights[0] * rows[row] + place.weights[1] * rows[row + side]
        + place.weights[2] * rows[row + 2 * side] + place.weights[3] * rows[row + 3 * side]
    }
  }
  return field
}

/// Where a coordinate lies between the knots of a cubic B-spline, and the weights of the four knots around it.
private struct SplinePlace {
  let first: Int
  let weights: SIMD4<Float>

  init(position: Float) {
    first = Int(position)
    let t = position - Float(first)
    let s = 1 - t
    weights =
      SIMD4(
        s * s * s, 3 * t * t * t - 6 * t * t + 4, 3 * s * s * s - 6 * s * s + 4, t * t * t) * (1 / 6)
  }
}

/// The plane smoothed by the binomial kernel [1 2 1] / 4 in both directions, `times` times over: close to a Gaussian of
/// variance `times` / 2. Edges repeat.
func binomialBlur(_ plane: inout [Float], side: Int, times: Int) {
  for _ in 0..<times {
    for y in 0..<side {
      let row = y * side
      var previous = plane[row]
      for x in 0..<side {
        let here = plane[row + x]
        let next = plane[row + min(x + 1, side - 1)]
        plane[row + x] = 0.25 * (previous + next) + 0.5 * here
        previous = here
      }
    }
    var above = Array(plane[0..<side])
    for y in 0..<side {
      let row = y * side
      let below = min(y + 1, side - 1) * side
      for x in 0..<side {
        let here = plane[row + x]
        plane[row + x] = 0.25 * (above[x] + plane[below + x]) + 0.5 * here
        above[x] = here
      }
    }
  }
}

/// Rises smoothly from 0 below `low` to 1 above `high` (Hermite cubic).
func smoothStep(_ value: Float, from low: Float, to high: Float) -> Float {
  let t = min(max((value - low) / (high - low), 0), 1)
  return t * t * (3 - 2 * t)
}

/// A bump of height 1 and width about `radius` (half height at 0.7 `radius`) with slowly fading flanks.
func bump(squaredDistance: Float, radius: Float) -> Float {
  let ratio = squaredDistance / (radius * radius)
  return 1 / (1 + ratio + ratio * ratio)
}

extension RandomStream {
  /// About normal, mean 0, standard deviation 1, at most 3.5: the sum of four uniform numbers. Unlike a true normal it
  /// costs one draw of 32 bits and no logarithm.
  mutating func bell() -> Float {
    let bits = next()
    let sum = (bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24)
    // Four independent bytes: mean 510, variance 4 · (256² − 1) / 12.
    return (Float(sum) - 510) * 0.006_765_882
  }

  /// True with this probability.
  mutating func chance(_ probability: Float) -> Bool { uniform() < probability }
}
