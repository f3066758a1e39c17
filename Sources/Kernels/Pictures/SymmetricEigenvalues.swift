/// The eigenvalues of symmetric 2 × 2 matrices [[a, b], [b, c]], one a pixel, and the angle of the larger one's
/// eigenvector from the first axis towards the second, in radians, (−π/2, π/2]; 0 where both are equal.
package func symmetricEigenvalues(
  _ a: [Float], _ b: [Float], _ c: [Float]
) -> (larger: [Float], smaller: [Float], angle: [Float]) {
  precondition(a.count == b.count && a.count == c.count, "a matrix has all its entries")
  let count = a.count
  var (larger, smaller) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
  var angle = larger
  larger.withMutableBase { larger in
    smaller.withMutableBase { smaller in
      angle.withMutableBase { angle in
        a.withBase { a in
          b.withBase { b in
            c.withBase { c in
              for start in stride(from: 0, to: count, by: 8) {
                // The last vector overlaps the one before, so that it is whole.
                guard count >= 8 else { break }
                let i = min(start, count - 8)
                let half = Lanes(repeating: 0.5)
                let middle = half * (load(a + i) + load(c + i))
                let difference = half * (load(a + i) - load(c + i))
                let across = load(b + i)
                let radius = (difference * difference + across * across).squareRoot()
                store(middle + radius, larger + i)
                store(middle - radius, smaller + i)
                store(half * arcTangent(across, difference), angle + i)
              }
              guard count < 8 else { return }
              for i in 0..<count {
                let (middle, difference) = (0.5 * (a[i] + c[i]), 0.5 * (a[i] - c[i]))
                let radius = (difference * difference + b[i] * b[i]).squareRoot()
                (larger[i], smaller[i]) = (middle + radius, middle - radius)
                angle[i] = 0.5 * Elementary.atan2(b[i], difference)
              }
            }
          }
        }
      }
    }
  }
  return (larger, smaller, angle)
}
