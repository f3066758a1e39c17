/// The smallest and the largest value; none may be NaN.
package func extremes(of values: [Float]) -> (least: Float, most: Float)? {
  guard let first = values.first else { return nil }
  let count = values.count
  return values.withBase { values in
    var (low, high) = (Wide(repeating: first), Wide(repeating: first))
    for i in stride(from: 0, to: count - 15, by: 16) {
      let next = wide(values + i)
      low = low.replacing(with: next, where: next .< low)
      high = high.replacing(with: next, where: next .> high)
    }
    var (least, most) = (low.min(), high.max())
    for i in (count / 16 * 16)..<count { (least, most) = (min(least, values[i]), max(most, values[i])) }
    return (least, most)
  }
}

/// The values at places of the ascending order, 0 ..< count; none may be NaN.
///
/// Values are counted by the upper half of what orders them, and only those that share it with a value wanted are sorted.
package func orderStatistics(of values: [Float], at places: [Int]) -> [Float] {
  precondition(places.allSatisfy { values.indices.contains($0) }, "places are among the values")
  let count = values.count
  return values.withBase { values in
    withScratch(1 << 16, filledWith: Int32(0)) { counts in
      for i in 0..<count { counts[Int(sortable(values[i]) &>> 16)] &+= 1 }
      var found: [UInt32: (below: Int, members: [Float])] = [:]
      return places.map { place in
        var below = 0
        var upper = 0
        while below + Int(counts[upper]) <= place {
          below += Int(counts[upper])
          upper += 1
        }
        let half = UInt32(upper)
        if found[half] == nil {
          var members: [Float] = []
          members.reserveCapacity(Int(counts[upper]))
          for i in 0..<count where sortable(values[i]) &>> 16 == half { members.append(values[i]) }
          found[half] = (below, members.sorted())
        }
        guard let group = found[half] else { preconditionFailure("the group has been gathered") }
        return group.members[place - group.below]
      }
    }
  }
}

/// Counts in `bins` bins of equal width from `low` to `high`, the last with its upper end; values beyond are left out.
package func histogram(of values: [Float], bins: Int, from low: Float, to high: Float) -> [Int] {
  let count = values.count
  let (start, length, steps) = (Double(low), Double(high) - Double(low), Double(bins))
  var counts = [Int](repeating: 0, count: bins)
  values.withBase { values in
    counts.withMutableBase { counts in
      for i in 0..<count where values[i] >= low && values[i] <= high {
        counts[min(Int((Double(values[i]) - start) / length * steps), bins &- 1)] &+= 1
      }
    }
  }
  return counts
}
