// Convolutions of any shape as correlations: matrix products on tiles of the map read in place.

extension ConvolutionGeometry {
  /// Distances between weights: of a tap's row and column, of input and of output channels.
  private var weightStep: (row: Int, column: Int, input: Int, output: Int) {
    let tap = inChannels * outChannels
    return weightsAreTransposed ? (kernel * tap, tap, 1, inChannels) : (kernel * tap, tap, outChannels, 1)
  }

  /// The window a place of the output has on the input.
  var window: Window {
    Window(
      height: height, width: width, channels: inChannels, step: stride, top: -padding, left: -padding, tapRows: kernel,
      tapColumns: kernel, tapStep: dilation)
  }

  /// output = (or +=) bias + input ∗ weights.
  func correlate(
    _ input: Region, weights: Region, bias: Region?, into output: Region, accumulating: Bool
  ) {
    let step = weightStep
    Correlation(
      batch: batch, window: window, rows: outHeight, columns: outWidth, targetHeight: outHeight, targetWidth: outWidth,
      targetChannels: outChannels,
      weights: .init(row: step.row, column: step.column, source: step.input, target: step.output)
    ).run(input, weights: weights, bias: bias, into: output, accumulating: accumulating)
  }

  /// inputGradient = (or +=) bias + the gradient by the input; the bias is for transposed convolutions, whose forward pass
  /// this is.
  ///
  /// The pixels of one phase of the stride see the same taps, at output pixels that follow one another, so each phase is a
  /// correlation of its own and none multiplies by inserted zeros.
  func correlateBack(
    _ outputGradient: Region, weights: Region, bias: Region?, into inputGradient: Region, accumulating: Bool
  ) {
    let step = weightStep
    for phaseRow in 0..<stride {
      let down = Phase(phaseRow, of: self)
      for phaseColumn in 0..<stride {
        let across = Phase(phaseColumn, of: self)
        let window = Window(
          height: outHeight, width: outWidth, channels: outChannels, step: 1, top: down.first, left: across.first,
          tapRows: down.taps, tapColumns: across.taps, tapStep: down.step)
        Correlation(
          batch: batch, window: window, rows: (height - phaseRow + stride - 1) / stride,
          columns: (width - phaseColumn + stride - 1) / stride, targetHeight: height, targetWidth: width,
          targetChannels: inChannels, targetStep: stride, targetTop: phaseRow, targetLeft: phaseColumn,
          weights: .init(
            origin: down.lastTap * step.row + across.lastTap * step.column, row: -down.tapStep * step.row,
            column: -across.tapStep * step.column, source: step.output, target: step.input)
        ).run(outputGradient, weights: weights, bias: bias, into: inputGradient, accumulating: accumulating)
      }
    }
  }
}

/// Along one axis, the taps through which input pixels `phase`, `phase + stride`, … reach the output, from the last tap
/// back: tap k reaches output pixel (place·stride + phase + padding − k·dilation) / stride.
private struct Phase {
  /// Taps.
  var taps = 0
  /// The last of them, and the distance from one to the next.
  var lastTap = 0
  let tapStep: Int
  /// The output pixel that place 0 reaches through the last tap, and the distance to that of the next.
  var first = 0
  let step: Int

  init(_ phase: Int, of geometry: ConvolutionGeometry) {
    let (stride, dilation) = (geometry.stride, geometry.dilation)
    var common = stride
    var rest = dilation
    while rest != 0 { (common, rest) = (rest, common % rest) }
    tapStep = stride / common
    step = dilation / common
    for tap in 0..<geometry.kernel {
      let distance = phase + geometry.padding - tap * dilation
      if distance.quotientAndRemainder(dividingBy: stride).remainder == 0 {
        taps += 1
        lastTap = tap
        first = distance / stride
      }
    }
  }
}
