/// A table of examples whose features are coded as bins, a column a feature: what trees are grown on.
package struct BinnedTable: Sendable {
  package let rowCount: Int
  package let columnCount: Int
  /// [column][row], the bin of each.
  private let codes: [UInt8]

  /// Bins of a column, at most: a code is a byte.
  package static let mostBins = 256

  /// - Parameter columns: each with as many codes as there are rows.
  package init(columns: [[UInt8]]) {
    let rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rows }, "a column has a code a row")
    (rowCount, columnCount) = (rows, columns.count)
    codes = columns.flatMap(\.self)
  }

  /// Sums over some rows by the bin of each column: [column][bin].
  package struct Sums: Sendable {
    package struct Bin: BitwiseCopyable, Sendable {
      package var slope = 0.0
      package var curvature = 0.0
      package var rows = 0

      package init() {}
    }
    fileprivate var bins: [Bin]

    package subscript(column: Int, bin: Int) -> Bin { bins[column * mostBins + bin] }

    /// Those of the rows that the other does not have, of which it has but a part.
    package func without(_ part: Sums) -> Sums {
      var rest = self
      for index in bins.indices {
        rest.bins[index].slope -= part.bins[index].slope
        rest.bins[index].curvature -= part.bins[index].curvature
        rest.bins[index].rows -= part.bins[index].rows
      }
      return rest
    }
  }

  /// Sums of slopes and curvatures over `rows`, which are added in their order, so that threads change no bit: a column is
  /// summed by one.
  ///
  /// - Parameters:
  ///   - rows: places of rows.
  ///   - slopes: of the loss, one a row of the whole table; `curvatures` likewise.
  package func sums(over rows: ArraySlice<Int32>, slopes: [Float], curvatures: [Float]) -> Sums {
    precondition(slopes.count == rowCount && curvatures.count == rowCount, "a slope and a curvature a row")
    let count = rows.count
    guard count > 0, columnCount > 0 else {
      return Sums(bins: [Sums.Bin](repeating: Sums.Bin(), count: columnCount * Self.mostBins))
    }
    // Side by side in the order of the rows: they are read once a column.
    let chosen = Array(rows)
    let pairs: [SIMD2<Float>] = written(count) { pairs in
      for place in 0..<count {
        let row = Int(chosen[place])
        pairs[place] = SIMD2(slopes[row], curvatures[row])
      }
    }
    var bins = [Sums.Bin](repeating: Sums.Bin(), count: columnCount * Self.mostBins)
    bins.withMutableBase { bins in
      codes.withBase { codes in
        chosen.withBase { chosen in
          pairs.withBase { pairs in
            parallel(columnCount) { column in
              let own = bins + column * Self.mostBins
              let codes = codes + column * rowCount
              for place in 0..<count {
                let bin = Int(codes[Int(chosen[place])])
                own[bin].slope += Double(pairs[place].x)
                own[bin].curvature += Double(pairs[place].y)
                own[bin].rows &+= 1
              }
            }
          }
        }
      }
    }
    return Sums(bins: bins)
  }

  /// Rows in two parts, each in the order that they had: those whose code in a column is at most `bin`, then the others.
  ///
  /// - Returns: how many the first part has.
  package func part(_ rows: inout [Int32], _ range: Range<Int>, column: Int, atMost bin: UInt8) -> Int {
    var first = range.lowerBound
    var others: [Int32] = []
    others.reserveCapacity(range.count)
    let start = column * rowCount
    codes.withBase { codes in
      for place in range {
        let row = rows[place]
        if codes[start + Int(row)] <= bin {
          rows[first] = row
          first += 1
        } else {
          others.append(row)
        }
      }
    }
    rows.replaceSubrange(first..<range.upperBound, with: others)
    return first - range.lowerBound
  }
}
