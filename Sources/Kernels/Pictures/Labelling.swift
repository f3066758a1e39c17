/// The connected components of a set of pixels, numbered from 1 in raster order of their first pixels.
///
/// By runs: pixels of a row that stand together are one thing, joined with those of the row before by union-find.
/// Cost: linear in the pixels, most of them eight at a time.
package func labelled(
  _ pixels: [Bool], width: Int, _ connectivity: Connectivity
) -> (labels: [Int32], count: Int) {
  let height = pixels.count / width
  let runs = Runs(of: pixels, width: width)
  let reach = connectivity == .eight ? 1 : 0
  var parents = [Int32](unsafeUninitializedCapacity: runs.count) { buffer, used in
    for i in 0..<runs.count { buffer[i] = Int32(truncatingIfNeeded: i) }
    used = runs.count
  }
  guard runs.count > 0 else { return ([Int32](repeating: 0, count: pixels.count), 0) }
  return parents.withMutableBase { parents in
    runs.spans.withBase { spans in
      runs.rows.withBase { rows in
        for y in 1..<max(1, height) {
          var above = Int(rows[y - 1])
          let aboveEnd = Int(rows[y])
          for run in Int(rows[y])..<Int(rows[y + 1]) {
            let (start, end) = (Int(spans[run].start) - reach, Int(spans[run].end) + reach)
            while above < aboveEnd && Int(spans[above].end) <= start { above += 1 }
            var touched = above
            while touched < aboveEnd && Int(spans[touched].start) < end {
              join(run, touched, parents)
              touched += 1
            }
            // The last one touched may reach into the next run's neighbourhood too.
            if touched > above { above = touched - 1 }
          }
        }
        // A root is its component's first run, so it is numbered before any other of its runs is asked for.
        var count: Int32 = 0
        let labels = written(pixels.count) { (labels: UnsafeMutablePointer<Int32>) in
          labels.update(repeating: 0, count: pixels.count)
          withScratch(runs.count, filledWith: Int32(0)) { numbers in
            for y in 0..<height {
              for run in Int(rows[y])..<Int(rows[y + 1]) {
                let root = runRoot(run, parents)
                if root == run {
                  count &+= 1
                  numbers[run] = count
                } else {
                  numbers[run] = numbers[root]
                }
                let span = spans[run]
                let first = labels + y * width + Int(span.start)
                first.update(repeating: numbers[run], count: Int(span.end - span.start))
              }
            }
          }
        }
        return (labels, Int(count))
      }
    }
  }
}

/// The pixels of a set as runs along rows.
private struct Runs {
  struct Span {
    /// The columns `start ..< end`.
    var start, end: Int32
  }
  var spans: [Span] = []
  /// The first run of each row, and the end.
  var rows: [Int32] = [0]
  var count: Int { spans.count }

  init(of pixels: [Bool], width: Int) {
    let height = pixels.count / width
    spans.reserveCapacity(height * 8)
    rows.reserveCapacity(height + 1)
    pixels.withBase { pixels in
      let bytes = UnsafeRawPointer(pixels)
      for y in 0..<height {
        let row = bytes + y * width
        var x = 0
        while true {
          x = Self.first(row, from: x, to: width, is: 1)
          if x == width { break }
          let end = Self.first(row, from: x, to: width, is: 0)
          spans.append(Span(start: Int32(truncatingIfNeeded: x), end: Int32(truncatingIfNeeded: end)))
          x = end
        }
        rows.append(Int32(truncatingIfNeeded: spans.count))
      }
    }
  }

  /// The first byte that is `value`, of bytes that are 0 or 1; `end` where there is none.
  @inline(__always)
  private static func first(_ row: UnsafeRawPointer, from start: Int, to end: Int, is value: UInt8) -> Int {
    var x = start
    let other: UInt64 = value == 1 ? 0 : 0x0101_0101_0101_0101
    while x &+ 8 <= end {
      let difference = UInt64(littleEndian: row.loadUnaligned(fromByteOffset: x, as: UInt64.self)) ^ other
      if difference != 0 { return x &+ difference.trailingZeroBitCount &>> 3 }
      x &+= 8
    }
    while x < end && row.load(fromByteOffset: x, as: UInt8.self) != value { x &+= 1 }
    return x
  }
}

/// Joins under the earlier root.
@inline(__always)
private func join(_ one: Int, _ other: Int, _ parents: UnsafeMutablePointer<Int32>) {
  let (a, b) = (runRoot(one, parents), runRoot(other, parents))
  if a < b { parents[b] = Int32(truncatingIfNeeded: a) } else { parents[a] = Int32(truncatingIfNeeded: b) }
}

@inline(__always)
private func runRoot(_ run: Int, _ parents: UnsafeMutablePointer<Int32>) -> Int {
  var root = run
  while Int(parents[root]) != root {
    parents[root] = parents[Int(parents[root])]
    root = Int(parents[root])
  }
  return root
}
