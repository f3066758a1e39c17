/// Of each label 0 … `count` how many pixels it has, and the mean and mean squared distance from it of their values.
package func labelMoments(
  _ labels: [Int32], count: Int, of values: [Float]
) -> [(pixels: Int, mean: Double, variance: Double)] {
  precondition(labels.count == values.count, "a value a label")
  let pixels = labels.count
  return labels.withBase { labels in
    values.withBase { values in
      withScratch(count + 1, filledWith: 0.0) { sums in
        withScratch(count + 1, filledWith: 0.0) { squares in
          withScratch(count + 1, filledWith: 0) { counts in
            for i in 0..<pixels {
              counts[Int(labels[i])] &+= 1
              sums[Int(labels[i])] += Double(values[i])
            }
            for label in 0...count where counts[label] > 0 { sums[label] /= Double(counts[label]) }
            for i in 0..<pixels {
              let distance = Double(values[i]) - sums[Int(labels[i])]
              squares[Int(labels[i])] += distance * distance
            }
            return (0...count).map { label in
              (counts[label], sums[label], counts[label] > 0 ? squares[label] / Double(counts[label]) : 0)
            }
          }
        }
      }
    }
  }
}
