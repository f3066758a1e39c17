// Convolutions of an input that is given in parts, each read through its normalisation, activation and upsampling.

extension ConvolutionGeometry {
  /// output = f(bias + input ∗ weights), the input's channels being those of the parts, one after the other.
  public func forward(
    _ parts: [MapPart], weights: Region, bias: Region?, activation: Activation? = nil, into output: Region
  ) {
    forward(whole(parts), weights: weights, bias: bias, into: output)
    activation?.forward(output, into: output)
  }

  /// into = (or +=) the gradient by the stored map of the part that holds `channels` of the input, before that part's
  /// normalisation and activation: Σ over the pixels that a stored pixel was repeated to.
  public func inputGradient(
    _ outputGradient: Region, weights: Region, channels: Range<Int>, repeats: Int, into gradient: Region,
    accumulating: Bool
  ) {
    let all = Region(Storage(count: batch * height * width * inChannels))
    inputGradient(outputGradient, weights: weights, into: all)
    let part = Region(Storage(count: batch * height * width * channels.count))
    Channels.copy(
      all, channels: inChannels, from: channels.lowerBound, count: channels.count, into: part, channels: channels.count,
      at: 0)
    ResamplingKernel(
      batch: batch, channels: channels.count,
      rows: ResamplingAxis(from: height / repeats, to: height, .nearest),
      columns: ResamplingAxis(from: width / repeats, to: width, .nearest)
    ).backward(part, into: gradient, accumulating: accumulating)
  }

  /// weights += the gradient by the weights, bias += the gradient by the bias.
  public func weightGradient(
    _ parts: [MapPart], outputGradient: Region, addedTo weights: Region, bias: Region? = nil
  ) {
    weightGradient(whole(parts), outputGradient: outputGradient, addedTo: weights)
    if let bias { Channels.sum(outputGradient, channels: outChannels, addedTo: bias) }
  }

  /// The parts written out.
  private func whole(_ parts: [MapPart]) -> Region {
    precondition(parts.map(\.channels).reduce(0, +) == inChannels, "the parts hold the input's channels")
    if parts.count == 1, parts[0].normalization == nil, parts[0].activation == nil, parts[0].repeats == 1 {
      return parts[0].map
    }
    let all = Region(Storage(count: batch * height * width * inChannels))
    var first = 0
    for part in parts {
      for pixel in 0..<(batch * height * width) {
        let (image, place) = pixel.quotientAndRemainder(dividingBy: height * width)
        let (y, x) = place.quotientAndRemainder(dividingBy: width)
        let stored =
          (image * (height / part.repeats) + y / part.repeats) * (width / part.repeats) + x / part.repeats
        for channel in 0..<part.channels {
          var value = part.map.base[stored * part.channels + channel]
          if let table = part.normalization {
            value = table.base[part.channels + channel].addingProduct(table.base[channel], value)
          }
          if let activation = part.activation { value = activation.value(Lanes(repeating: value))[0] }
          all.base[pixel * inChannels + first + channel] = value
        }
      }
      first += part.channels
    }
    return all
  }
}
