// The door to convolution: which algorithm computes which shape is decided here and nowhere else.
//
// 3×3 at stride 1, nearly all of the work of the networks, goes through Winograd's F(4×4, 3×3) with a quarter of the
// products (WinogradCorrelation, WinogradWeightGradient), unless the products are few a pixel and its transforms would cost
// more than they save. 1×1 to one or two channels, a network's head, is bound by memory and has loops of its own
// (PixelProducts). The rest goes through matrix products on tiles of the map read in place (Correlation,
// WeightGradient).

extension ConvolutionGeometry {
  /// Whether Winograd can compute it at all.
  private var suitsWinograd: Bool {
    kernel == 3 && stride == 1 && dilation == 1 && padding <= 2 && !weightsAreTransposed
  }

  /// Source channels from which the transforms pay: measured, they cost as much as 5 channels' direct products.
  private static let fewestForWinograd = 5

  private var suitsPixelProducts: Bool {
    kernel == 1 && stride == 1 && padding == 0 && !weightsAreTransposed && outChannels <= PixelProducts.mostOutputs
  }

  private var pixelProducts: PixelProducts { PixelProducts(inChannels: inChannels, outChannels: outChannels) }

  /// output = (or +=) f(bias + input ∗ weights), the input's channels being those of the parts, one after the other.
  ///
  /// More than one part needs a 3×3 kernel at stride 1, and so does one that is not read as stored, unless the kernel is 1×1
  /// to one or two channels; with `accumulating` there is no activation. What is made of the weights alone is kept at
  /// `place` for the next time.
  public func forward(
    _ parts: [MapPart], weights: Region, bias: Region?, activation: Activation? = nil, into output: Region,
    accumulating: Bool = false, keepingFiltersAt place: FilterPlace? = nil
  ) {
    check(parts, output: output, weights: weights)
    precondition(activation == nil || !accumulating, "an activation is not added to anything")
    if suitsWinograd && (inChannels >= Self.fewestForWinograd || !parts.areStored) {
      let input = TileInput(
        TileGrid(batch: batch, rows: outHeight, columns: outWidth, height: height, width: width, padding: padding),
        parts)
      WinogradCorrelation(
        input: input, filters: filters(of: input),
        output: TileOutput(
          grid: input.grid, channels: outChannels, pitch: outChannels, bias: bias?.base, activation: activation,
          repeats: 1, accumulating: accumulating),
        place: place
      ).run(weights: weights, into: output)
    } else if suitsPixelProducts && parts.count == 1 && parts[0].repeats == 1 {
      pixelProducts.forward(
        parts[0], weights: weights, bias: bias, activation: activation, into: output, accumulating: accumulating)
    } else {
      precondition(parts.areStored, "this shape reads one map as it is stored")
      correlate(parts[0].map, weights: weights, bias: bias, into: output, accumulating: accumulating)
      activation?.forward(output, into: output)
    }
  }

  /// output = (or +=) bias + input ∗ weights.
  public func forward(
    _ input: Region, weights: Region, bias: Region?, into output: Region, accumulating: Bool = false
  ) {
    forward(
      [MapPart(input, channels: inChannels)], weights: weights, bias: bias, into: output, accumulating: accumulating)
  }

  /// into = (or +=) the gradient by the part of the input that holds `channels`, as it is after its normalisation and
  /// activation, summed over the pixels that a stored pixel was repeated to.
  public func inputGradient(
    _ outputGradient: Region, weights: Region, channels: Range<Int>, repeats: Int, into gradient: Region,
    accumulating: Bool
  ) {
    precondition(
      channels.lowerBound >= 0 && channels.upperBound <= inChannels && !channels.isEmpty
        && (repeats == 1 || (repeats == 2 && height % 2 == 0 && width % 2 == 0)), "a part is some of the input")
    precondition(
      outputGradient.count == batch * outHeight * outWidth * outChannels
        && gradient.count * repeats * repeats == batch * height * width * channels.count
        && weights.count == kernel * kernel * inChannels * outChannels, "maps have the geometry's shape")
    let isWhole = channels.count == inChannels && repeats == 1
    if suitsPixelProducts && isWhole {
      return pixelProducts.inputGradient(
        outputGradient, weights: weights, into: gradient, accumulating: accumulating)
    }
    guard suitsWinograd && (outChannels >= Self.fewestForWinograd || !isWhole) else {
      precondition(isWhole, "this shape has a gradient by the whole input")
      correlateBack(outputGradient, weights: weights, bias: nil, into: gradient, accumulating: accumulating)
      return
    }
    // The gradient is the correlation of the output gradient with the filters turned by 180°.
    let input = TileInput(
      TileGrid(
        batch: batch, rows: height, columns: width, height: outHeight, width: outWidth, padding: 2 - padding),
      [MapPart(outputGradient, channels: outChannels)])
    let tap = inChannels * outChannels
    WinogradCorrelation(
      input: input,
      filters: WinogradFilters(
        runs: [.init(first: 0, count: outChannels, at: 0)], depth: input.depth, targets: channels, origin: 8 * tap,
        tap: -tap, source: 1, target: outChannels),
      output: TileOutput(
        grid: input.grid, channels: channels.count, pitch: channels.count, bias: nil, activation: nil, repeats: repeats,
        accumulating: accumulating)
    ).run(weights: weights, into: gradient)
  }

  /// inputGradient = (or +=) bias + the gradient by the input; the bias is for transposed convolutions, whose forward pass
  /// this is.
  public func inputGradient(
    _ outputGradient: Region, weights: Region, bias: Region? = nil, into gradient: Region, accumulating: Bool = false
  ) {
    if suitsWinograd && bias == nil {
      inputGradient(
        outputGradient, weights: weights, channels: 0..<inChannels, repeats: 1, into: gradient,
        accumulating: accumulating)
    } else {
      check([MapPart(gradient, channels: inChannels)], output: outputGradient, weights: weights)
      correlateBack(outputGradient, weights: weights, bias: bias, into: gradient, accumulating: accumulating)
    }
  }

  /// weights += the gradient by the weights, bias += the gradient by the bias.
  public func weightGradient(
    _ parts: [MapPart], outputGradient: Region, addedTo weights: Region, bias: Region? = nil
  ) {
    check(parts, output: outputGradient, weights: weights)
    if suitsWinograd && (inChannels >= Self.fewestForWinograd || !parts.areStored) {
      let input = TileInput(
        TileGrid(batch: batch, rows: outHeight, columns: outWidth, height: height, width: width, padding: padding),
        parts)
      WinogradWeightGradient(
        input: input, runs: filters(of: input).runs, inChannels: inChannels, outChannels: outChannels
      ).run(outputGradient, into: weights, bias: bias)
    } else if suitsPixelProducts && parts.count == 1 && parts[0].repeats == 1 {
      pixelProducts.weightGradient(parts[0], outputGradient: outputGradient, addedTo: weights)
      if let bias { Channels.sum(outputGradient, channels: outChannels, addedTo: bias) }
    } else {
      precondition(parts.areStored, "this shape reads one map as it is stored")
      WeightGradient(
        batch: batch, window: window, rows: outHeight, columns: outWidth, targetChannels: outChannels,
        isTransposed: weightsAreTransposed
      ).run(parts[0].map, outputGradient, into: weights)
      if let bias { Channels.sum(outputGradient, channels: outChannels, addedTo: bias) }
    }
  }

  /// weights += the gradient by the weights.
  public func weightGradient(_ input: Region, outputGradient: Region, addedTo weights: Region) {
    weightGradient([MapPart(input, channels: inChannels)], outputGradient: outputGradient, addedTo: weights)
  }

  /// The filters as they lie, for an input in parts.
  private func filters(of input: TileInput) -> WinogradFilters {
    var runs: [WinogradFilters.Run] = []
    var first = 0
    for (part, at) in zip(input.parts, input.offsets) {
      runs.append(.init(first: first, count: part.channels, at: at))
      first += part.channels
    }
    return WinogradFilters(
      runs: runs, depth: input.depth, targets: 0..<outChannels, origin: 0, tap: inChannels * outChannels,
      source: outChannels, target: 1)
  }

  private func check(_ parts: [MapPart], output: Region, weights: Region) {
    precondition(parts.map(\.channels).reduce(0, +) == inChannels, "the parts hold the input's channels")
    for part in parts {
      precondition(part.repeats == 1 || part.repeats == 2, "a pixel is repeated twice at most")
      precondition(
        part.map.count * part.repeats * part.repeats == batch * height * width * part.channels
          && height % part.repeats == 0 && width % part.repeats == 0, "a part has the geometry's shape")
      precondition(part.normalization?.count ?? 2 * part.channels == 2 * part.channels, "a factor and a term a channel")
    }
    precondition(output.count == batch * outHeight * outWidth * outChannels, "the output has the geometry's shape")
    precondition(weights.count == kernel * kernel * inChannels * outChannels, "the weights have the geometry's shape")
  }
}

extension [MapPart] {
  /// Whether this is one map, read as it is stored.
  fileprivate var areStored: Bool {
    count == 1 && self[0].normalization == nil && self[0].activation == nil && self[0].repeats == 1
  }
}
