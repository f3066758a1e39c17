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

  /// What is measured of the stored map's images, each by itself: `[image, 2, channel]`, the mean over pixels and the sum of
  /// the squares of their distances from it.
  public func moments(of map: Region, images: Int) -> [Double] {
    let pixels = map.count / channels / images
    let (base, channels) = (map.base, channels)
    let size = pixels * channels
    var moments = [Double](repeating: 0, count: images * 2 * channels)
    // About a first pixel's value rather than zero: sums of squares then keep their digits where the mean is large.
    channelSums(images: images, pixels: pixels, channels: channels) { block, channel in
      let centre = load(base + block.lowerBound / pixels &* size + channel)
      var sum = Lanes(repeating: 0)
      var squares = Lanes(repeating: 0)
      for pixel in block {
        let value = load(base + pixel &* channels + channel) - centre
        sum += value
        squares = value.timesPlus(value, squares)
      }
      return (sum, squares)
    } take: { image, channel, sum, squares in
      let shift = sum / Double(pixels)
      // NaN goes through, so `max` must not choose.
      let difference = squares - shift * sum
      moments[2 * image * channels + channel] = Double(base[image * size + channel]) + shift
      moments[(2 * image + 1) * channels + channel] = difference < 0 ? 0 : difference
    }
    return moments
  }

  /// Notes the statistics of a batch and moves the running ones towards them.
  ///
  /// - Parameters:
  ///   - moments: of all images of the batch, in their order.
  ///   - pixels: of an image.
  public func settle(
    _ moments: [Double], pixels: Int, scale: Region, offset: Region, momentum: Float, runningMean: Region,
    runningVariance: Region, notes: Region
  ) {
    let (mean, inverse) = (self.mean(in: notes), inverseDeviation(in: notes))
    let images = moments.count / (2 * channels)
    let count = Double(images * pixels)
    for channel in 0..<channels {
      // Of the images so far (Chan, Golub and LeVeque 1979).
      var (average, squares) = (moments[channel], moments[channels + channel])
      for image in 1..<max(1, images) {
        let gap = moments[2 * image * channels + channel] - average
        let share = 1 / Double(image + 1)
        average += gap * share
        squares += moments[(2 * image + 1) * channels + channel] + gap * gap * (Double(pixels * image) * share)
      }
      let variance = squares / count
      mean.base[channel] = Float(average)
      inverse.base[channel] = Float(1 / (variance + Double(epsilon)).squareRoot())
      let unbiased = count > 1 ? squares / (count - 1) : variance
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

  /// What a normalisation between two activations has to sum over a batch for its gradient, image by image:
  /// `[image, 2, channel]`, Σ g and Σ g·(x − mean) with g = gradient · f′; see `backward`.
  public func gradientSums(
    _ map: Region, after: Activation?, gradient: Region, notes: Region, images: Int
  ) -> [Double] {
    precondition(map.count == gradient.count, "a gradient has its map's size")
    let pass = NormalizationGradient(channels: channels, x: map.base, gradient: gradient.base, notes: notes.base)
    // Rectifiers, and none at all, are one slope below zero; for those the compiler makes loops without a branch.
    let pixels = map.count / channels / images
    return switch after.slopeBelowZero {
    case let slope?: pass.sums(after: Rectified(slope: slope), images: images, pixels: pixels)
    case nil: pass.sums(after: Curved(activation: after!), images: images, pixels: pixels)
    }
  }

  /// Turns `gradient`, the gradient by the value f(normalised x), into that by the number a that x = h(a) was made of, in
  /// place; f and h are the activations after and before the normalisation.
  ///
  /// With g = gradient · f′ and x̂ = (x − mean) · inverse deviation: offset gradient += Σ g, scale gradient += Σ g·x̂, and
  /// gradient ← h′ · scale · inverse deviation · (g − mean of g − x̂ · mean of g·x̂).
  ///
  /// - Parameter sums: `gradientSums` of all images of the batch, in their order.
  public func backward(
    _ map: Region, images: Int, before: Activation?, after: Activation?, gradient: Region, sums: [Double],
    notes: Region,
    scaleGradient: Region?, offsetGradient: Region?
  ) {
    precondition(map.count == gradient.count, "a gradient has its map's size")
    let pixels = map.count / channels / images
    let inverse = inverseDeviation(in: notes)
    let (slope, constant) = (notes.base + 4 * channels, notes.base + 5 * channels)
    let imagesOfAll = sums.count / (2 * channels)
    for channel in 0..<channels {
      var (sum, products) = (0.0, 0.0)
      for image in 0..<imagesOfAll {
        sum += sums[2 * image * channels + channel]
        products += sums[(2 * image + 1) * channels + channel]
      }
      let deviation = Double(inverse.base[channel])
      offsetGradient?.base[channel] += Float(sum)
      scaleGradient?.base[channel] += Float(products * deviation)
      let scaled = Double(notes.base[channel]) / Double(imagesOfAll * pixels)
      slope[channel] = Float(-scaled * deviation * deviation * products)
      constant[channel] = Float(-scaled * sum)
    }
    let pass = NormalizationGradient(channels: channels, x: map.base, gradient: gradient.base, notes: notes.base)
    let all = images * pixels
    switch (before.slopeBelowZero, after.slopeBelowZero) {
    case (let before?, let after?): pass.run(before: Rectified(slope: before), after: Rectified(slope: after), all)
    case (let before?, nil): pass.run(before: Rectified(slope: before), after: Curved(activation: after!), all)
    case (nil, let after?): pass.run(before: Curved(activation: before!), after: Rectified(slope: after), all)
    case (nil, nil): pass.run(before: Curved(activation: before!), after: Curved(activation: after!), all)
    }
  }
}

/// The two passes of the gradient of a normalisation between two activations: what is summed, then the gradient in place.
private struct NormalizationGradient {
  let channels: Int
  let x: UnsafePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let notes: UnsafePointer<Float>

  func sums<After: ActivationSlope>(after: After, images: Int, pixels: Int) -> [Double] {
    let (channels, x, dy, factor) = (channels, x, UnsafePointer(gradient), notes)
    let (term, mean) = (factor + channels, factor + 2 * channels)
    var sums = [Double](repeating: 0, count: images * 2 * channels)
    channelSums(images: images, pixels: pixels, channels: channels) { block, channel in
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
    } take: { image, channel, sum, products in
      sums[2 * image * channels + channel] = sum
      sums[(2 * image + 1) * channels + channel] = products
    }
    return sums
  }

  func run<Before: ActivationSlope, After: ActivationSlope>(before: Before, after: After, _ pixels: Int) {
    let (channels, x, dy, factor) = (channels, x, gradient, notes)
    let (term, mean) = (factor + channels, factor + 2 * channels)
    let (slope, constant) = (factor + 4 * channels, factor + 5 * channels)
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
