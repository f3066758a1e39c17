/// Batch normalisation of maps with `channels` channels, and the activation after it when it is fused in.
///
/// `statistics` are `[2, channels]`: mean, and 1 / √(variance + ε). Forward reads the map twice (once to measure),
/// backward twice with its gradient.
public struct NormalizationKernel: Sendable {
  let channels: Int
  let epsilon: Float
  let activation: Activation?

  public init(channels: Int, epsilon: Float, activation: Activation?) {
    self.channels = channels
    self.epsilon = epsilon
    self.activation = activation
  }

  /// The statistics of a batch, and the running ones moved towards them.
  ///
  public func measure(
    _ x: Region, into statistics: Region, momentum: Float, runningMean: Region, runningVariance: Region
  ) {
    let pixels = x.count / channels
    let base = x.base
    // About a first pixel's value rather than zero: sums of squares then keep their digits where the mean is large.
    let sums = channelSums(pixels: pixels, channels: channels, quantities: 2) { block, channel, out in
      let centre = load(base + channel)
      var sum = Lanes(repeating: 0)
      var squares = Lanes(repeating: 0)
      for pixel in block {
        let value = load(base + pixel &* channels + channel) - centre
        sum += value
        squares = value.timesPlus(value, squares)
      }
      out[0] = sum
      out[1] = squares
    }
    let count = Double(pixels)
    for channel in 0..<channels {
      let shift = sums[channel] / count
      let variance = max(0, sums[channels + channel] / count - shift * shift)
      let mean = Double(base[channel]) + shift
      statistics.base[channel] = Float(mean)
      statistics.base[channels + channel] = Float(1 / (variance + Double(epsilon)).squareRoot())
      let unbiased = pixels > 1 ? variance * count / (count - 1) : variance
      move(runningMean, channel, towards: mean, momentum)
      move(runningVariance, channel, towards: unbiased, momentum)
    }
  }

  private func move(_ running: Region, _ channel: Int, towards value: Double, _ momentum: Float) {
    let kept = Double(momentum)
    running.base[channel] = Float(kept * Double(running.base[channel]) + (1 - kept) * value)
  }

  /// The running statistics in the form of a batch's.
  public func recall(runningMean: Region, runningVariance: Region, into statistics: Region) {
    for channel in 0..<channels {
      statistics.base[channel] = runningMean.base[channel]
      let variance = Double(runningVariance.base[channel])
      statistics.base[channels + channel] = Float(1 / (variance + Double(epsilon)).squareRoot())
    }
  }

  /// y = f(scale · (x − mean) · inverse deviation + offset).
  public func normalise(_ x: Region, statistics: Region, scale: Region, offset: Region, into y: Region) {
    let channels = channels
    let (mean, inverse) = (statistics.base, statistics.base + channels)
    affine(x, into: y, fused: activation) { channel in
      let factor = scale.base[channel] * inverse[channel]
      return (factor, (-mean[channel]).addingProductOf(factor, offset.base[channel]))
    }
  }

  /// y[pixel, c] = f(factor[c] · x[pixel, c] + term[c]).
  private func affine(
    _ x: Region, into y: Region, fused activation: Activation?, _ coefficients: (Int) -> (Float, Float)
  ) {
    let channels = channels
    let octets = (channels + 7) / 8
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 2 * octets) { table in
      let table = table.baseAddress!
      table.initialize(repeating: .zero, count: 2 * octets)
      for channel in 0..<channels {
        let (factor, term) = coefficients(channel)
        table[2 * (channel / 8)][channel % 8] = factor
        table[2 * (channel / 8) + 1][channel % 8] = term
      }
      let (source, target) = (x.base, y.base)
      forEachBlock(of: x.count / channels, size: max(1, 16384 / channels)) { block in
        for pixel in block {
          forEachOctet(in: 0..<channels) { channel, used in
            let place = pixel &* channels &+ channel
            let entry = table + 2 &* (channel &>> 3)
            let value = load(source + place).timesPlus(entry[0], entry[1])
            store(activation?.value(value) ?? value, target + place, first: used)
          }
        }
      }
    }
  }

  /// With g the gradient by the normalised map (through the activation) and x̂ = (x − mean) · inverse deviation:
  /// offset gradient += Σ g, scale gradient += Σ g·x̂, and
  /// input gradient = (or +=) scale · inverse deviation · (g − mean of g − x̂ · mean of g·x̂).
  public func backward(
    _ x: Region, output y: Region, outputGradient: Region, statistics: Region, scale: Region, inputGradient: Region?,
    accumulating: Bool, scaleGradient: Region?, offsetGradient: Region?
  ) {
    let channels = channels
    let pixels = x.count / channels
    let (x, y, dy) = (x.base, y.base, outputGradient.base)
    let (mean, inverse) = (statistics.base, statistics.base + channels)
    let activation = activation
    let sums = channelSums(pixels: pixels, channels: channels, quantities: 2) { block, channel, out in
      let centre = load(mean + channel)
      var sum = Lanes(repeating: 0)
      var products = Lanes(repeating: 0)
      for pixel in block {
        let place = pixel &* channels &+ channel
        let incoming = load(dy + place)
        let gradient = activation?.gradient(incoming, output: load(y + place)) ?? incoming
        sum += gradient
        products = gradient.timesPlus(load(x + place) - centre, products)
      }
      out[0] = sum
      out[1] = products
    }
    for channel in 0..<channels {
      offsetGradient?.base[channel] += Float(sums[channel])
      scaleGradient?.base[channel] += Float(sums[channels + channel] * Double(inverse[channel]))
    }
    guard let dx = inputGradient?.base else { return }

    // dx = factor·g + slope·x + term
    let octets = (channels + 7) / 8
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 4 * octets) { table in
      let table = table.baseAddress!
      table.initialize(repeating: .zero, count: 4 * octets)
      for channel in 0..<channels {
        let entry = table + 4 * (channel / 8)
        let deviation = Double(inverse[channel])
        let factor = Double(scale.base[channel]) * deviation
        let slope = -factor * deviation * deviation * sums[channels + channel] / Double(pixels)
        entry[0][channel % 8] = Float(factor)
        entry[1][channel % 8] = Float(slope)
        entry[2][channel % 8] = Float(-factor * sums[channel] / Double(pixels))
        entry[3][channel % 8] = mean[channel]
      }
      forEachBlock(of: pixels, size: max(1, 16384 / channels)) { block in
        for pixel in block {
          forEachOctet(in: 0..<channels) { channel, used in
            let place = pixel &* channels &+ channel
            let entry = table + 4 &* (channel &>> 3)
            let incoming = load(dy + place)
            let gradient = activation?.gradient(incoming, output: load(y + place)) ?? incoming
            let fromMap = (load(x + place) - entry[3]).timesPlus(entry[1], entry[2])
            let result = gradient.timesPlus(entry[0], fromMap)
            store(accumulating ? load(dx + place) + result : result, dx + place, first: used)
          }
        }
      }
    }
  }
}

extension Float {
  /// self · factor + term with one rounding.
  @inline(__always)
  fileprivate func addingProductOf(_ factor: Float, _ term: Float) -> Float { term.addingProduct(self, factor) }
}
