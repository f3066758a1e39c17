// Of pictures v and w whose quotient s = v ÷ w is meant (normalised convolution), pixel by pixel. What comes out where w is 0
// has no meaning.

/// v ÷ w.
package func quotients(_ value: [Float], by weight: [Float]) -> [Float] {
  combined(value, weight, value, weight) { v, w, _, _ in v / w }
}

/// s′ = (v′ − s w′) ÷ w.
package func quotientSlopes(_ slope: [Float], _ weightSlope: [Float], value: [Float], weight: [Float]) -> [Float] {
  combined(slope, weightSlope, value, weight) { slope, weightSlope, v, w in (slope - v / w * weightSlope) / w }
}

/// s″ = (v″ − the two products − s w″) ÷ w, the products each of a slope of s and one of w.
package func quotientCurvatures(
  _ curvature: [Float], _ weightCurvature: [Float], value: [Float], weight: [Float],
  lessProductsOf one: ([Float], [Float]), and other: ([Float], [Float])
) -> [Float] {
  let products = combined(one.0, one.1, other.0, other.1) { a, b, c, d in a * b + c * d }
  let rest = combined(curvature, products, curvature, products) { all, products, _, _ in all - products }
  return quotientSlopes(rest, weightCurvature, value: value, weight: weight)
}

/// The products of two pictures.
package func products(_ a: [Float], _ b: [Float]) -> [Float] { combined(a, b, a, b) { a, b, _, _ in a * b } }

/// √(a² + b²).
package func lengths(_ a: [Float], _ b: [Float]) -> [Float] {
  combined(a, b, a, b) { a, b, _, _ in (a * a + b * b).squareRoot() }
}

/// A function of four pictures, pixel by pixel.
@inline(__always)
private func combined(
  _ a: [Float], _ b: [Float], _ c: [Float], _ d: [Float], _ function: (Lanes, Lanes, Lanes, Lanes) -> Lanes
) -> [Float] {
  let count = a.count
  precondition(b.count == count && c.count == count && d.count == count, "pictures have one size")
  return a.withBase { a in
    b.withBase { b in
      c.withBase { c in
        d.withBase { d in
          written(count) { result in
            forEachOctet(in: 0..<count) { i, used in
              if used == 8 {
                store(function(load(a + i), load(b + i), load(c + i), load(d + i)), result + i)
              } else {
                for j in i..<count {
                  let lanes = function(
                    Lanes(repeating: a[j]), Lanes(repeating: b[j]), Lanes(repeating: c[j]), Lanes(repeating: d[j]))
                  result[j] = lanes[0]
                }
              }
            }
          }
        }
      }
    }
  }
}
