/// Batch normalisation of a stored map with `channels` channels, which nobody writes out: the map is measured, and read
/// through factor·x + term from then on (`MapPart`).
///
/// The notes are `[6, channels]`: factors and terms (the part's normalisation), mean, 1 / √(variance + ε), and two rows for
/// the backward pass. Measuring reads the map once; the gradient, in place, takes two passes over it and the map.
public struct NormalizationKernel: Sendable {
  let channels: Int
  let epsilon: Float

  public init(channels: Int, epsilon: Float) {
    self.channels = channels
    self.epsilon = epsilon
  }

  /// Floats of the notes.
  public var notesCount: Int { 6 * channels }
  /// Those that the forward pass writes; they come first.
  public var forwardNotesCount: Int { 4 * channels }

  /// What parts read the map through.
  public func table(in notes: Region) -> Region { notes.part(0, 2 * channels) }

  private func mean(in notes: Region) -> Region { notes.part(2 * channels, channels) }
  private func inverseDeviation(in notes: Region) -> Region { notes.part(3 * channels, channels) }

  /// Notes the statistics of a batch and moves the running ones towards them.
  public func measure(
    _ map: Region, scale: Region, offset: Region, momentum: Float, runningMean: Region, runningVariance: Region,
    notes: Region
  ) {
    let pixels = map.count / channels
    let (base, channels) = (map.base, channels)
    let (mean, inverse) = (self.mean(in: notes), inverseDeviation(in: notes))
    let epsilon = Double(epsilon)
    // About a first pixel's value rather than zero: sums of squares then keep their digits where the mean is large.
    channelSums(pixels: pixels, channels: channels) { block, channel in
      let centre = load(base + channel)
      var sum = Lanes(repeating: 0)
      var squares = Lanes(repeating: 0)
      for pixel in block {
        let value = load(base + pixel &* channels + channel) - centre
        sum += value
        squares = value.timesPlus(value, squares)
      }
      return (sum, squares)
    } take: { channel, sum, squares in
      let count = Double(pixels)
      let shift = sum / count
      // NaN goes through, so `max` must not choose.
      let difference = squares / count - shift * shift
      let variance = difference < 0 ? 0 : difference
      let average = Double(base[channel]) + shift
      mean.base[channel] = Float(average)
      inverse.base[channel] = Float(1 / (variance + epsilon).squareRoot())
      let unbiased = pixels > 1 ? variance * count / (count - 1) : variance
      move(runningMean, channel, towards: average, momentum)
      move(runningVariance, channel, towards: unbiased, momentum)
    }
    fillTable(scale: scale, offset: offset, notes)
  }

  private func move(_ running: Region, _ channel: Int, towards value: Double, _ momentum: Float) {
    let kept = Double(momentum)
    running.base[channel] = Float(kept * Double(running.base[channel]) + (1 - kept) * value)
  }

  /// Notes the running statistics as if they were a batch's.
  public func recall(scale: Region, offset: Region, runningMean: Region, runningVariance: Region, notes: Region) {
    let (mean, inverse) = (self.mean(in: notes), inverseDeviation(in: notes))
    for channel in 0..<channels {
      mean.base[channel] = runningMean.base[channel]
      inverse.base[channel] = Float(1 / (Double(runningVariance.base[channel]) + Double(epsilon)).squareRoot())
    }
    fillTable(scale: scale, offset: offset, notes)
  }

  /// scale · (x − mean) · inverse deviation + offset as factor·x + term.
  private func fillTable(scale: Region, offset: Region, _ notes: Region) {
    let (mean, inverse) = (self.mean(in: notes).base, inverseDeviation(in: notes).base)
    let (factor, term) = (notes.base, notes.base + channels)
    for channel in 0..<channels {
      factor[channel] = scale.base[channel] * inverse[channel]
      term[channel] = offset.base[channel].addingProduct(-mean[channel], factor[channel])
    }
  }

  /// Turns `gradient`, the gradient by the value f(normalised x), into that by the number a that x = h(a) was made of, in
  /// place; f and h are the activations after and before the normalisation.
  ///
  /// With g = gradient · f′ and x̂ = (x − mean) · inverse deviation: offset gradient += Σ g, scale gradient += Σ g·x̂, and
  /// gradient ← h′ · scale · inverse deviation · (g − mean of g − x̂ · mean of g·x̂).
  public func backward(
    _ map: Region, before: Activation?, after: Activation?, gradient: Region, notes: Region,
    scaleGradient: Region?, offsetGradient: Region?
  ) {
    precondition(map.count == gradient.count, "a gradient has its map's size")
    let sums = NormalizationGradient(
      channels: channels, pixels: map.count / channels, x: map.base, gradient: gradient.base, notes: notes.base,
      scaleGradient: scaleGradient?.base, offsetGradient: offsetGradient?.base)
    // Rectifiers, and none at all, are one slope below zero; for those the compiler makes loops without a branch.
    switch (before.slopeBelowZero, after.slopeBelowZero) {
    case (let before?, let after?): sums.run(before: Rectified(slope: before), after: Rectified(slope: after))
    case (let before?, nil): sums.run(before: Rectified(slope: before), after: Curved(activation: after!))
    case (nil, let after?): sums.run(before: Curved(activation: before!), after: Rectified(slope: after))
    case (nil, nil): sums.run(before: Curved(activation: before!), after: Curved(activation: after!))
    }
  }
}

/// The gradient of a normalisation between two activations, in place.
private struct NormalizationGradient {
  let channels: Int
  let pixels: Int
  let x: UnsafePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let notes: UnsafeMutablePointer<Float>
  let scaleGradient: UnsafeMutablePointer<Float>?
  let offsetGradient: UnsafeMutablePointer<Float>?

  func run<Before: ActivationSlope, After: ActivationSlope>(before: Before, after: After) {
    let (channels, x, dy, factor) = (channels, x, gradient, notes)
    let (term, mean, inverse) = (factor + channels, factor + 2 * channels, factor + 3 * channels)
    let (slope, constant) = (factor + 4 * channels, factor + 5 * channels)

    channelSums(pixels: pixels, channels: channels) { block, channel in
      let (centre, factor, term) = (load(mean + channel), load(factor + channel), load(term + channel))
      var sum = Lanes(repeating: 0)
      var products = Lanes(repeating: 0)
      for pixel in block {
        let place = pixel &* channels &+ channel
        let value = load(x + place)
        let g = after.gradient(load(dy + place), argument: value.timesPlus(factor, term))
        sum += g
        products = g.timesPlus(value - centre, products)
      }
      return (sum, products)
    } take: { channel, sum, products in
      let deviation = Double(inverse[channel])
      offsetGradient?[channel] += Float(sum)
      scaleGradient?[channel] += Float(products * deviation)
      let scaled = Double(factor[channel]) / Double(pixels)
      slope[channel] = Float(-scaled * deviation * deviation * products)
      constant[channel] = Float(-scaled * sum)
    }

    forEachBlock(of: pixels, size: max(1, 16384 / channels)) { block in
      for pixel in block {
        forEachOctet(in: 0..<channels) { channel, used in
          let place = pixel &* channels &+ channel
          let value = load(x + place)
          let factor = load(factor + channel)
          let g = after.gradient(load(dy + place), argument: value.timesPlus(factor, load(term + channel)))
          let fromMap = (value - load(mean + channel)).timesPlus(load(slope + channel), load(constant + channel))
          store(before.gradient(g.timesPlus(factor, fromMap), output: value), dy + place, first: used)
        }
      }
    }
  }
}
