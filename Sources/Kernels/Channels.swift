/// Whole-map work channel by channel: copies between maps whose pixels differ in width, and sums over pixels.
public enum Channels {
  /// For every pixel: channels `from ..< from + count` of `source` into (or added onto) channels `at ..< at + count` of
  /// `target`.
  public static func copy(
    _ source: Region, channels sourceChannels: Int, from: Int, count: Int,
    into target: Region, channels targetChannels: Int, at: Int, accumulating: Bool = false
  ) {
    let pixels = source.count / sourceChannels
    precondition(pixels * targetChannels == target.count, "both maps have the same pixels")
    let (source, target) = (source.base + from, target.base + at)
    forEachBlock(of: pixels, size: max(1, 16384 / count)) { block in
      for pixel in block {
        let (from, to) = (source + pixel &* sourceChannels, target + pixel &* targetChannels)
        if accumulating {
          forEachOctet(in: 0..<count) { store(load(to + $0) + load(from + $0), to + $0, first: $1) }
        } else {
          forEachOctet(in: 0..<count) { store(load(from + $0), to + $0, first: $1) }
        }
      }
    }
  }

  /// sums[c] += Σ over pixels of map[pixel, c].
  public static func sum(_ map: Region, channels: Int, addedTo sums: Region) {
    precondition(sums.count == channels, "one sum for each channel")
    fold(map, channels: channels) { sums.base[$0] += Float($1) }
  }

  /// means[c] = mean over pixels of map[pixel, c].
  public static func mean(_ map: Region, channels: Int, into means: Region) {
    precondition(means.count == channels, "one mean for each channel")
    let pixels = Double(map.count / channels)
    fold(map, channels: channels) { means.base[$0] = Float($1 / pixels) }
  }

  /// map[pixel, c] = (or +=) factor · values[c].
  public static func spread(
    _ values: Region, channels: Int, times factor: Float, into map: Region, accumulating: Bool
  ) {
    precondition(values.count == channels, "one value for each channel")
    let (values, map, pixels) = (values.base, map.base, map.count / channels)
    forEachBlock(of: pixels, size: max(1, 16384 / channels)) { block in
      for pixel in block {
        forEachOctet(in: 0..<channels) { channel, used in
          let place = map + pixel &* channels + channel
          let before = accumulating ? load(place) : Lanes(repeating: 0)
          store(load(values + channel).timesPlus(Lanes(repeating: factor), before), place, first: used)
        }
      }
    }
  }

  /// Hands the sum over pixels of each channel to `take`: single precision inside blocks of pixels, double across them.
  private static func fold(_ map: Region, channels: Int, _ take: (Int, Double) -> Void) {
    let pixels = map.count / channels
    let base = map.base
    let sums = channelSums(pixels: pixels, channels: channels, quantities: 1) { block, channel, out in
      var sum = Lanes(repeating: 0)
      for pixel in block { sum += load(base + pixel &* channels + channel) }
      out[0] = sum
    }
    for channel in 0..<channels { take(channel, sums[channel]) }
  }
}

/// Sums over pixels of `quantities` numbers for each channel, in an order fixed by the shape: `body` sums one octet of
/// channels over one block of pixels into `quantities` vectors; blocks are added in double precision.
///
/// Returns `[quantities, channels]`. `body` may read up to 7 floats beyond the channels.
@inline(__always)
func channelSums(
  pixels: Int, channels: Int, quantities: Int,
  _ body: (Range<Int>, Int, UnsafeMutablePointer<Lanes>) -> Void
) -> [Double] {
  let octets = (channels + 7) / 8
  let size = max(16, min(512, 8192 / channels))
  let blocks = (pixels + size - 1) / size
  let width = octets * quantities
  var sums = [Double](repeating: 0, count: quantities * channels)
  withUnsafeTemporaryAllocation(of: Lanes.self, capacity: blocks * width) { partials in
    let partials = partials.baseAddress!
    parallel(blocks) { block in
      let range = (block * size)..<min(pixels, (block + 1) * size)
      for octet in 0..<octets { body(range, octet * 8, partials + block * width + octet * quantities) }
    }
    for block in 0..<blocks {
      for quantity in 0..<quantities {
        for channel in 0..<channels {
          sums[quantity * channels + channel] +=
            Double(partials[block * width + (channel / 8) * quantities + quantity][channel % 8])
        }
      }
    }
  }
  return sums
}
