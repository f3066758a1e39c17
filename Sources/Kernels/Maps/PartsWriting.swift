/// A view of stored maps written out as one map `[batch, height, width, channels]`, for those who can't read parts: each
/// part through its normalisation, activation and upsampling, the parts side by side.
public struct PartsWriting: Sendable {
  let batch: Int
  let height: Int
  let width: Int
  let channels: Int

  public init(batch: Int, height: Int, width: Int, channels: Int) {
    self.batch = batch
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// output = f(parts).
  public func forward(_ parts: [MapPart], activation: Activation?, into output: Region) {
    precondition(output.count == batch * height * width * channels, "the output has the kernel's shape")
    precondition(parts.map(\.channels).reduce(0, +) == channels, "the parts hold the output's channels")
    let (output, width, channels) = (output.base, width, channels)
    var first = 0
    for part in parts {
      let target = output + first
      parallel(batch * height) { row in
        let source = part.map.base + storedRow(row, part.repeats) * (width / part.repeats) * part.channels
        for x in 0..<width {
          let from = source + (x / part.repeats) &* part.channels
          let to = target + (row &* width &+ x) &* channels
          forEachOctet(in: 0..<part.channels) { channel, used in
            let value = part.value(load(from + channel), channel: channel)
            store(activation?.value(value) ?? value, to + channel, first: used)
          }
        }
      }
      first += part.channels
    }
  }

  /// gradient = (or +=) the gradient by the value of the part that holds `range` of the channels, stored pixel by stored
  /// pixel: Σ over the pixels that it was repeated to.
  public func backward(
    _ outputGradient: Region, channels range: Range<Int>, repeats: Int, into gradient: Region, accumulating: Bool
  ) {
    let (rows, columns) = (height / repeats, width / repeats)
    precondition(gradient.count == batch * rows * columns * range.count, "the gradient has the part's shape")
    let (source, target, width, channels) = (outputGradient.base + range.lowerBound, gradient.base, width, channels)
    let count = range.count
    parallel(batch * rows) { row in
      let (image, y) = row.quotientAndRemainder(dividingBy: rows)
      let corner = source + (image * height + y * repeats) * width * channels
      for x in 0..<columns {
        let from = corner + x &* repeats &* channels
        let to = target + (row &* columns &+ x) &* count
        forEachOctet(in: 0..<count) { channel, used in
          var sum = accumulating ? load(to + channel) : Lanes(repeating: 0)
          for down in 0..<repeats {
            for across in 0..<repeats { sum += load(from + (down &* width &+ across) &* channels + channel) }
          }
          store(sum, to + channel, first: used)
        }
      }
    }
  }

  /// The row of a stored map, over all images, behind a row of the output.
  private func storedRow(_ row: Int, _ repeats: Int) -> Int {
    let (image, y) = row.quotientAndRemainder(dividingBy: height)
    return image * (height / repeats) + y / repeats
  }
}

extension MapPart {
  /// The values of eight stored numbers, of which the first belongs to `channel`.
  @inline(__always)
  func value(_ x: Lanes, channel: Int) -> Lanes {
    var value = x
    if let table = normalization?.base {
      value = value.timesPlus(load(table + channel), load(table + channels + channel))
    }
    return activation?.value(value) ?? value
  }
}
