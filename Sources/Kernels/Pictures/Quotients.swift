// Of pictures v and w whose quotient s = v ÷ w is meant (normalised convolution), pixel by pixel. What comes out where w is 0
// has no meaning.

/// v ÷ w.
package func quotients(_ value: [Float], by weight: [Float]) -> [Float] {
  combined([value, weight]) { $0[0] / $0[1] }
}

/// s′ = (v′ − s w′) ÷ w.
package func quotientSlopes(_ slope: [Float], _ weightSlope: [Float], value: [Float], weight: [Float]) -> [Float] {
  combined([slope, weightSlope, value, weight]) { ($0[0] - $0[2] / $0[3] * $0[1]) / $0[3] }
}

/// s″ = (v″ − a b′ − c d′ − s w″) ÷ w with the products of slopes of s (a, c) and w (b′, d′).
package func quotientCurvatures(
  _ curvature: [Float], _ weightCurvature: [Float], value: [Float], weight: [Float],
  lessProductsOf one: ([Float], [Float]), and other: ([Float], [Float])
) -> [Float] {
  combined([curvature, weightCurvature, value, weight, one.0, one.1, other.0, other.1]) { at in
    let products = at[4] * at[5] + at[6] * at[7]
    return (at[0] - products - at[2] / at[3] * at[1]) / at[3]
  }
}

/// The products of two pictures.
package func products(_ a: [Float], _ b: [Float]) -> [Float] { combined([a, b]) { $0[0] * $0[1] } }

/// e to the power of factor · a − other factor · b + term.
package func exponentials(
  of a: [Float], times factor: Float, less b: [Float], times otherFactor: Float, plus term: Float
) -> [Float] {
  combined([a, b]) { exponential($0[0] * factor - $0[1] * otherFactor + term) }
}

/// √(a² + b²).
package func lengths(_ a: [Float], _ b: [Float]) -> [Float] {
  combined([a, b]) { ($0[0] * $0[0] + $0[1] * $0[1]).squareRoot() }
}

/// Eight pixels of several pictures.
struct Octets {
  fileprivate let bases: UnsafePointer<UnsafePointer<Float>>
  fileprivate let place: Int
  /// Numbers in use: eight, but in the last.
  fileprivate let used: Int

  @inline(__always)
  subscript(_ picture: Int) -> Lanes {
    if used == 8 { return load(bases[picture] + place) }
    var lanes = Lanes(repeating: 1)
    for lane in 0..<used { lanes[lane] = bases[picture][place + lane] }
    return lanes
  }
}

/// A function of several pictures, pixel by pixel.
@inline(__always)
func combined(_ pictures: [[Float]], _ function: (Octets) -> Lanes) -> [Float] {
  let count = pictures[0].count
  precondition(pictures.allSatisfy { $0.count == count }, "pictures have one size")
  return withBases(of: pictures[...], []) { bases in
    bases.withBase { bases in
      written(count) { result in
        forEachOctet(in: 0..<count) { place, used in
          store(function(Octets(bases: bases, place: place, used: used)), result + place, first: used)
        }
      }
    }
  }
}

/// The pictures by their addresses.
private func withBases<Result>(
  of pictures: ArraySlice<[Float]>, _ found: [UnsafePointer<Float>], _ body: ([UnsafePointer<Float>]) -> Result
) -> Result {
  guard let next = pictures.first else { return body(found) }
  return next.withBase { withBases(of: pictures.dropFirst(), found + [$0], body) }
}
