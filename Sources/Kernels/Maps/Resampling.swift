/// How a map is resampled. Pixel centres lie at ½, 1½, … in both maps (`align_corners` false).
public enum Interpolation: String, Sendable, Hashable, CustomStringConvertible {
  case nearest, bilinear
  public var description: String { rawValue }
}

/// How each target position of one axis is made of source positions: `Σ weight · source`, a short list for each target,
/// and the same seen from each source, which the gradient follows.
public struct ResamplingAxis: Sendable {
  let from: Int
  let to: Int
  let forward: Table
  let backward: Table

  /// Lists of (position, weight), one after the other; list i is `starts[i] ..< starts[i + 1]`.
  struct Table: Sendable {
    var starts: [Int] = [0]
    var positions: [Int] = []
    var weights: [Float] = []

    init(_ lists: [[(Int, Float)]]) {
      for list in lists {
        for (position, weight) in list {
          positions.append(position)
          weights.append(weight)
        }
        starts.append(positions.count)
      }
    }
  }

  public init(from: Int, to: Int, _ mode: Interpolation) {
    var lists: [[(Int, Float)]] = []
    var reverse = [[(Int, Float)]](repeating: [], count: from)
    for target in 0..<to {
      var list: [(Int, Float)]
      switch mode {
      case .nearest: list = [(target * from / to, 1)]
      case .bilinear:
        let place = max(0, (Float(target) + 0.5) * Float(from) / Float(to) - 0.5)
        let low = min(Int(place), from - 1)
        let high = min(low + 1, from - 1)
        let fraction = high > low ? place - Float(low) : 0
        list = [(low, 1 - fraction)]
        if high > low && fraction > 0 { list.append((high, fraction)) }
      }
      for (position, weight) in list { reverse[position].append((target, weight)) }
      lists.append(list)
    }
    self.from = from
    self.to = to
    forward = Table(lists)
    backward = Table(reverse)
  }
}

/// Separable resampling of maps `[batch, rows, columns, channels]`: each target pixel is a short weighted sum of source
/// pixels, and so is each pixel of the gradient.
public struct ResamplingKernel: Sendable {
  let batch: Int
  let channels: Int
  let rows: ResamplingAxis
  let columns: ResamplingAxis

  public init(batch: Int, channels: Int, rows: ResamplingAxis, columns: ResamplingAxis) {
    self.batch = batch
    self.channels = channels
    self.rows = rows
    self.columns = columns
  }

  public func forward(_ source: Region, into target: Region) {
    precondition(source.count == batch * rows.from * columns.from * channels, "the source has the kernel's shape")
    precondition(target.count == batch * rows.to * columns.to * channels, "the target has the kernel's shape")
    gather(
      source.base, (rows.from, columns.from), rows.forward, columns.forward, target.base, (rows.to, columns.to), false)
  }

  public func backward(_ targetGradient: Region, into sourceGradient: Region, accumulating: Bool) {
    precondition(
      sourceGradient.count == batch * rows.from * columns.from * channels, "the source has the kernel's shape")
    precondition(targetGradient.count == batch * rows.to * columns.to * channels, "the target has the kernel's shape")
    gather(
      targetGradient.base, (rows.to, columns.to), rows.backward, columns.backward, sourceGradient.base,
      (rows.from, columns.from), accumulating)
  }

  private func gather(
    _ source: UnsafePointer<Float>, _ sourceSize: (height: Int, width: Int), _ rowTable: ResamplingAxis.Table,
    _ columnTable: ResamplingAxis.Table, _ target: UnsafeMutablePointer<Float>, _ targetSize: (height: Int, width: Int),
    _ accumulating: Bool
  ) {
    let channels = channels
    rowTable.starts.withUnsafeBufferPointer { rowStarts in
      columnTable.starts.withUnsafeBufferPointer { columnStarts in
        parallel(batch * targetSize.height) { task in
          let (image, y) = task.quotientAndRemainder(dividingBy: targetSize.height)
          let images = source + image * sourceSize.height * sourceSize.width * channels
          let line = target + task * targetSize.width * channels
          for x in 0..<targetSize.width {
            let pixel = line + x &* channels
            forEachOctet(in: 0..<channels) { channel, used in
              var sum = accumulating ? load(pixel + channel) : Lanes(repeating: 0)
              for row in rowStarts[y]..<rowStarts[y + 1] {
                let sourceLine = images + rowTable.positions[row] &* sourceSize.width &* channels + channel
                for column in columnStarts[x]..<columnStarts[x + 1] {
                  let weight = rowTable.weights[row] * columnTable.weights[column]
                  sum = load(sourceLine + columnTable.positions[column] &* channels)
                    .timesPlus(Lanes(repeating: weight), sum)
                }
              }
              store(sum, pixel + channel, first: used)
            }
          }
        }
      }
    }
  }
}
