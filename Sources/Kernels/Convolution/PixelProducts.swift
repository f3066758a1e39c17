/// Convolutions 1×1 to a few channels, as a network's head: each output is a product along the channels of one pixel.
///
/// The input is read through its normalisation and activation. Each of the three passes reads or writes the large map once
/// and is bound by memory.
struct PixelProducts {
  let inChannels: Int
  let outChannels: Int

  /// Outputs up to which one pass over the input for each is cheaper than a matrix product on tiles.
  static let mostOutputs = 2

  /// output = (or +=) f(bias + Σ value · weight).
  func forward(
    _ input: MapPart, weights: Region, bias: Region?, activation: Activation?, into output: Region, accumulating: Bool
  ) {
    let (source, target) = (input.map.base, output.base)
    let (inChannels, outChannels) = (inChannels, outChannels)
    let rows = outputsFirst(weights)
    let pitch = pitch
    forEachBlock(of: output.count / outChannels, size: max(1, 16384 / inChannels)) { block in
      for pixel in block {
        for channel in 0..<outChannels {
          var sum = Lanes(repeating: 0)
          forEachOctet(in: 0..<inChannels) { place, used in
            var value = input.value(load(source + pixel &* inChannels + place), channel: place)
            // What lies beyond the last channel may be NaN, which its weight of 0 would not keep out.
            for lane in used..<8 { value[lane] = 0 }
            sum = value.timesPlus(load(rows + channel &* pitch + place), sum)
          }
          let place = pixel &* outChannels &+ channel
          let four = sum.lowHalf + sum.highHalf
          let total = ((four[0] + four[2]) + (four[1] + four[3])) + (bias?.base[channel] ?? 0)
          let value = activation?.value(Lanes(repeating: total))[0] ?? total
          target[place] = accumulating ? target[place] + value : value
        }
      }
    }
  }

  /// gradient = (or +=) the gradient by the input's values.
  func inputGradient(_ outputGradient: Region, weights: Region, into gradient: Region, accumulating: Bool) {
    let (source, target) = (outputGradient.base, gradient.base)
    let (inChannels, outChannels) = (inChannels, outChannels)
    let rows = outputsFirst(weights)
    let pitch = pitch
    forEachBlock(of: gradient.count / inChannels, size: max(1, 16384 / inChannels)) { block in
      for pixel in block {
        forEachOctet(in: 0..<inChannels) { place, used in
          let address = target + pixel &* inChannels + place
          var sum = accumulating ? load(address) : Lanes(repeating: 0)
          for channel in 0..<outChannels {
            let slope = Lanes(repeating: source[pixel &* outChannels &+ channel])
            sum = load(rows + channel &* pitch + place).timesPlus(slope, sum)
          }
          store(sum, address, first: used)
        }
      }
    }
  }

  /// weights += the gradient by the weights.
  func weightGradient(_ input: MapPart, outputGradient: Region, addedTo weights: Region) {
    let (x, dy) = (input.map.base, outputGradient.base)
    let (inChannels, outChannels) = (inChannels, outChannels)
    for channel in 0..<outChannels {
      channelSums(pixels: outputGradient.count / outChannels, channels: inChannels) { block, place in
        var sum = Lanes(repeating: 0)
        for pixel in block {
          let value = input.value(load(x + pixel &* inChannels + place), channel: place)
          sum = value.timesPlus(Lanes(repeating: dy[pixel &* outChannels &+ channel]), sum)
        }
        return (sum, Lanes(repeating: 0))
      } take: { _, place, sum, _ in
        weights.base[place * outChannels + channel] += Float(sum)
      }
    }
  }

  private var pitch: Int { (inChannels + 7) / 8 * 8 }

  /// The weights `[in channels, out channels]` with the output first, rows filled up to whole octets with zeros.
  private func outputsFirst(_ weights: Region) -> UnsafePointer<Float> {
    let rows = Scratch.floats(.packedWeights, count: outChannels * pitch)
    for channel in 0..<outChannels {
      for place in 0..<inChannels { rows[channel * pitch + place] = weights.base[place * outChannels + channel] }
      (rows + channel * pitch + inChannels).update(repeating: 0, count: pitch - inChannels)
    }
    return UnsafePointer(rows)
  }
}
