/// The shapes of a convolution from `[batch, height, width, inChannels]` to `[batch, outHeight, outWidth, outChannels]`,
/// and the one door to computing it and its gradients.
public struct ConvolutionGeometry: Sendable {
  public let batch: Int
  public let height: Int
  public let width: Int
  public let inChannels: Int
  public let outChannels: Int
  public let kernel: Int
  public let stride: Int
  public let dilation: Int
  /// Zeros around the input.
  public let padding: Int
  /// Weights are `[kernel, kernel, inChannels, outChannels]`, or with the last two axes exchanged.
  public let weightsAreTransposed: Bool

  public init(
    batch: Int, height: Int, width: Int, inChannels: Int, outChannels: Int, kernel: Int, stride: Int = 1,
    dilation: Int = 1, padding: Int, weightsAreTransposed: Bool = false
  ) {
    self.batch = batch
    self.height = height
    self.width = width
    self.inChannels = inChannels
    self.outChannels = outChannels
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.padding = padding
    self.weightsAreTransposed = weightsAreTransposed
  }

  /// The same of one image of the batch.
  public var ofOneImage: ConvolutionGeometry {
    ConvolutionGeometry(
      batch: 1, height: height, width: width, inChannels: inChannels, outChannels: outChannels, kernel: kernel,
      stride: stride, dilation: dilation, padding: padding, weightsAreTransposed: weightsAreTransposed)
  }

  public var outHeight: Int { size(after: height) }
  public var outWidth: Int { size(after: width) }
  private func size(after extent: Int) -> Int {
    let room = extent + 2 * padding - dilation * (kernel - 1) - 1
    return room < 0 ? 0 : room / stride + 1
  }
}
