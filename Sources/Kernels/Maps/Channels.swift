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

  /// Hands the sum over pixels of each channel to `take`.
  private static func fold(_ map: Region, channels: Int, _ take: (Int, Double) -> Void) {
    let base = map.base
    channelSums(pixels: map.count / channels, channels: channels) { block, channel in
      var sum = Lanes(repeating: 0)
      for pixel in block { sum += load(base + pixel &* channels + channel) }
      return (sum, Lanes(repeating: 0))
    } take: { _, channel, sum, _ in
      take(channel, sum)
    }
  }
}

/// Two sums over an image's pixels for each channel, in an order fixed by the image's shape: `body` sums an octet of channels
/// over a run of up to 32 pixels in single precision, runs are added in double precision, and `take` gets the sums of each
/// image and channel in turn.
///
/// `body` may read up to 7 floats beyond the channels.
///
/// - Parameter pixels: of one image.
@inline(__always)
func channelSums(
  images: Int = 1, pixels: Int, channels: Int, _ body: (Range<Int>, Int) -> (Lanes, Lanes),
  take: (_ image: Int, _ channel: Int, Double, Double) -> Void
) {
  let run = 32
  let octets = (channels + 7) / 8
  // Slabs of at least 32 Ki floats, and no more than 64 of them to add up at the end.
  let slabs = max(1, min(64, pixels * channels / 32768))
  let runs = (pixels + run - 1) / run
  let width = 2 * octets
  withPartialSums(count: images * slabs * width) { partials in
    parallel(images * slabs) { task in
      let (image, slab) = task.quotientAndRemainder(dividingBy: slabs)
      let first = image * pixels
      let sums = partials + task * width
      sums.update(repeating: .zero, count: width)
      for index in (slab * runs / slabs)..<((slab + 1) * runs / slabs) {
        let range = (first + index * run)..<(first + min(pixels, (index + 1) * run))
        for octet in 0..<octets {
          let (first, second) = body(range, octet * 8)
          sums[2 * octet] += SIMD8<Double>(first)
          sums[2 * octet + 1] += SIMD8<Double>(second)
        }
      }
    }
    for image in 0..<images {
      for channel in 0..<channels {
        var (first, second) = (0.0, 0.0)
        for slab in 0..<slabs {
          let sums = partials + ((image * slabs + slab) * width + 2 * (channel / 8))
          first += sums[0][channel % 8]
          second += sums[1][channel % 8]
        }
        take(image, channel, first, second)
      }
    }
  }
}

/// Hands out room for `count` partial sums of eight channels.
@inline(__always)
private func withPartialSums(count: Int, _ body: (UnsafeMutablePointer<SIMD8<Double>>) -> Void) {
  let floats = count * MemoryLayout<SIMD8<Double>>.stride / MemoryLayout<Float>.stride
  let memory = UnsafeMutableRawPointer(Scratch.floats(.partialSums, count: floats))
  body(memory.assumingMemoryBound(to: SIMD8<Double>.self))
}
