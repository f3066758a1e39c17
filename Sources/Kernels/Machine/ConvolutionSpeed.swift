/// How fast this machine computes what a network mostly consists of: from that, and from what was measured elsewhere, the
/// time of a training can be told before it begins.
public enum ConvolutionSpeed {
  /// Floating-point operations in a second, by the direct count, of a 3×3 convolution of 32 channels on 64 × 64 pixels with
  /// all workers of the calling thread: the fastest of a few runs. Takes 2 to 5 ms.
  public static func measured() -> Double {
    let input = Region(Storage(count: side * side * channels))
    let output = Region(Storage(count: side * side * channels))
    let weights = Region(Storage(count: 9 * channels * channels))
    let geometry = ConvolutionGeometry(
      batch: 1, height: side, width: side, inChannels: channels, outChannels: channels, kernel: 3, padding: 1)
    var least = Double.infinity
    for _ in 0..<runs {
      let start = ContinuousClock.now
      geometry.forward(input, weights: weights, bias: nil, into: output)
      least = min(least, (ContinuousClock.now - start) / .seconds(1))
    }
    return Double(2 * side * side * 9 * channels * channels) / max(least, 1e-9)
  }

  private static let side = 64
  private static let channels = 32
  private static let runs = 6
}
