/// Where white lies among the values of 16-bit images: one rule for all images that are read together.
///
/// Cameras of 10 or 12 bits write files of 16, in which nothing is brighter than a sixty-fourth or a sixteenth of white.
/// White is what the file says it is (PNG's sBIT, TIFF's MaxSampleValue, a portable map's maximum), where no pixel is
/// above it. Where the file says nothing, it is the largest value of 8, 10, 12 or 14 bits, the fewest that hold every
/// value of all these images, else of all the file's bits. Images of up to 8 bits, masks and alpha keep their full scale.
public struct SampleRange: Sendable, Hashable {
  /// The largest value of the images of more than 8 bits, or what white is where a file says so; 0 before there are any.
  private(set) var largest = 0
  private var fullScale = 0

  public init(of images: [RasterImage] = []) {
    for image in images { include(image) }
  }

  /// Takes an image into account.
  public mutating func include(_ image: RasterImage) {
    guard image.fullScale > 255 && image.model != .palette else { return }
    largest = max(largest, image.knownWhite ?? image.largestSample)
    if image.knownWhite == nil { fullScale = max(fullScale, image.fullScale) }
  }

  /// The value that is white in an image, one of those taken into account.
  public func white(of image: RasterImage) -> Int {
    image.knownWhite ?? Self.white(holding: largest, fullScale: fullScale)
  }

  /// Bits that samples of 16 bits often use.
  private static let usualBits = [8, 10, 12, 14]

  /// The largest value of the fewest usual bits that hold `largest`; `fullScale` where only that does, and where
  /// everything is black.
  static func white(holding largest: Int, fullScale: Int) -> Int {
    let white = usualBits.map { (1 << $0) - 1 }.first { $0 >= largest }
    return largest == 0 ? fullScale : min(white ?? fullScale, fullScale)
  }
}

extension RasterImage {
  /// White, where it has not to be found among the values: the bits of a file of 15 or 16 bits need not all be used.
  package var knownWhite: Int? { statedWhite ?? (fullScale < 32767 || model == .palette ? fullScale : nil) }

  /// The largest sample of grey or colour; alpha does not count.
  var largestSample: Int {
    guard hasAlpha else { return Int(samples.max() ?? 0) }
    var largest: UInt16 = 0
    for start in stride(from: 0, to: samples.count, by: channels) {
      for i in start..<start + channels - 1 { largest = max(largest, samples[i]) }
    }
    return Int(largest)
  }

  /// The value that is white when the image is read alone.
  public var white: Int { SampleRange(of: [self]).white(of: self) }

  /// The depth that keeps what it holds when it is saved.
  public func depth(in range: SampleRange) -> SampleDepth { range.white(of: self) > 255 ? .sixteen : .eight }
}
