// Sums over the pixels of pictures, in double precision: sixteen running sums side by side, which are added up at the end.

/// Σ v.
package func sum(_ values: [Float]) -> Double {
  let count = values.count
  return values.withBase { values in
    wideSum(count) {
      SIMD16<Double>(wide(values + $0))
    } last: {
      Double(values[$0])
    }
  }
}

/// Σ v w.
package func sum(_ values: [Float], times weights: [Float]) -> Double {
  precondition(weights.count == values.count, "a weight a pixel")
  let count = values.count
  return values.withBase { values in
    weights.withBase { weights in
      wideSum(count) {
        SIMD16<Double>(wide(values + $0)) * SIMD16<Double>(wide(weights + $0))
      } last: {
        Double(values[$0]) * Double(weights[$0])
      }
    }
  }
}

/// Σ |u − v| inside the region, and how many pixels that has.
package func pictureDistance(_ one: [Float], _ other: [Float], inside region: [Bool]?) -> (sum: Double, count: Int) {
  precondition(one.count == other.count && region.map { $0.count == one.count } ?? true, "pictures have one size")
  var (sum, count) = (0.0, 0)
  for i in one.indices where region?[i] ?? true {
    sum += Double(abs(one[i] - other[i]))
    count += 1
  }
  return (sum, count)
}

@inline(__always)
private func wideSum(_ count: Int, _ value: (Int) -> SIMD16<Double>, last: (Int) -> Double) -> Double {
  var sums = SIMD16<Double>.zero
  let whole = count / 16 * 16
  for place in stride(from: 0, to: whole, by: 16) { sums += value(place) }
  for place in whole..<count { sums[place - whole] += last(place) }
  return sums.sum()
}
