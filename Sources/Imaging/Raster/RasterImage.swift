/// An image as its file holds it: whole numbers, not yet grey.
public struct RasterImage: Sendable, Hashable {
  /// What the channels mean.
  public enum Model: Sendable, Hashable {
    /// One channel; with alpha two.
    case grey
    /// Red, green, blue; with alpha four.
    case colour
    /// One channel of indices into `palette`; with alpha two.
    case palette
  }
  public let width: Int
  public let height: Int
  public let model: Model
  /// Whether the last channel is alpha, not multiplied into the others, `fullScale` = opaque.
  public let hasAlpha: Bool
  /// The largest value that there can be: 1 for 1-bit files, 255 for 8-bit files, a PGM's own maximum. It is white, but
  /// for files of 16 bits that use fewer (`SampleRange`).
  public let fullScale: Int
  /// `samples[(y · width + x) · channels + channel]`, each in 0...fullScale (a palette's: indices).
  public let samples: [UInt16]
  /// The colours that indices stand for; empty unless the model is `palette`.
  public let palette: [PaletteColour]
  /// The file's format; lossy formats smear masks.
  public let format: ImageFormat
  /// What is white in a file of more than 8 bits that says so; `nil` where it does not.
  public let statedWhite: Int?
  /// What a careful reader should know of the file, apart from its values.
  public internal(set) var fileRemarks: [ImageRemark]
  /// Whether 0 is white and what is white is 0: of 16-bit greys that are still to be read with others (`SampleRange`).
  var isInverted = false

  public init(
    width: Int, height: Int, model: Model, hasAlpha: Bool = false, fullScale: Int, samples: [UInt16],
    palette: [PaletteColour] = [], format: ImageFormat = .png, statedWhite: Int? = nil, fileRemarks: [ImageRemark] = []
  ) {
    let channels = (model == .colour ? 3 : 1) + (hasAlpha ? 1 : 0)
    precondition(width > 0 && height > 0 && samples.count == width * height * channels, "width × height × channels")
    precondition(fullScale > 0 && fullScale <= 65535, "16 bits at most")
    self.width = width
    self.height = height
    self.model = model
    self.hasAlpha = hasAlpha
    self.fullScale = fullScale
    self.samples = samples
    self.palette = palette
    self.format = format
    self.statedWhite = statedWhite
    self.fileRemarks = fileRemarks
  }

  /// The image with what its file says is white, if it does and no sample is above it.
  func stating(white: Int?) -> RasterImage {
    guard let white, white >= max(largestSample, 1) else { return self }
    return RasterImage(
      width: width, height: height, model: model, hasAlpha: hasAlpha, fullScale: fullScale, samples: samples,
      palette: palette, format: format, statedWhite: min(white, fullScale), fileRemarks: fileRemarks)
  }

  /// The image with 0 for black, by the white that it has when it is read alone.
  var settled: RasterImage {
    guard isInverted else { return self }
    let white = UInt16(white)
    let colours = channels - (hasAlpha ? 1 : 0)
    var inverted = samples
    for i in samples.indices where i % channels < colours { inverted[i] = white - samples[i] }
    return RasterImage(
      width: width, height: height, model: model, hasAlpha: hasAlpha, fullScale: fullScale, samples: inverted,
      format: format, statedWhite: fullScale > 255 ? Int(white) : nil, fileRemarks: fileRemarks)
  }

  /// How many samples a pixel has, alpha included: 1 to 4.
  public var channels: Int { (model == .colour ? 3 : 1) + (hasAlpha ? 1 : 0) }

  /// The smallest number of bits that hold `fullScale`.
  public var bitDepth: Int { Int.bitWidth - fullScale.leadingZeroBitCount }
}

/// One entry of a palette, 8 bits each.
public struct PaletteColour: Sendable, Hashable {
  public var red, green, blue: UInt8
  /// 255 = opaque.
  public var alpha: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }
}

extension RasterImage {
  /// Grey in [0, 1], read alone: its own values decide what white is, where the file does not.
  public var grey: Plane { grey(in: SampleRange(of: [self])) }

  /// Grey in [0, 1]: sample ÷ white.
  ///
  /// Colour becomes luma, 0.299 R + 0.587 G + 0.114 B (Rec. 601), and R = G = B stays exactly its value. Transparent
  /// pixels are laid over black, which is what surrounds an angiogram's field of view.
  /// - Parameter range: of the images that it is read with.
  public func grey(in range: SampleRange) -> Plane {
    let white = Float(range.white(of: self))
    let opaque = Float(fullScale)
    let count = width * height
    func grey(_ sample: Float) -> Float { isInverted ? white - sample : sample }
    var pixels = [Float](repeating: 0, count: count)
    switch model {
    case .grey where !hasAlpha:
      for i in 0..<count { pixels[i] = grey(Float(samples[i])) / white }
    case .grey:
      for i in 0..<count { pixels[i] = grey(Float(samples[2 * i])) / white * (Float(samples[2 * i + 1]) / opaque) }
    case .colour:
      let stride = channels
      for i in 0..<count {
        let at = i * stride
        let luma = rec601Luma(Float(samples[at]), Float(samples[at + 1]), Float(samples[at + 2])) / white
        pixels[i] = hasAlpha ? luma * (Float(samples[at + 3]) / opaque) : luma
      }
    case .palette:
      let greys = palette.map {
        rec601Luma(Float($0.red), Float($0.green), Float($0.blue)) / 255 * (Float($0.alpha) / 255)
      }
      let stride = channels
      for i in 0..<count {
        let index = Int(samples[i * stride])
        let alpha = hasAlpha ? Float(samples[i * stride + 1]) / opaque : 1
        // An index behind the palette's end means nothing; it is drawn black.
        pixels[i] = index < greys.count ? greys[index] * alpha : 0
      }
    }
    return Plane(width: width, height: height, pixels: pixels)
  }

  /// One class index a pixel: the palette's index, or the grey value as stored; 0 where fully transparent.
  ///
  /// `nil` for colour images, unless every pixel has R = G = B.
  public var indices: [Int]? {
    guard !isInverted else { return settled.indices }
    let stride = channels
    var indices = [Int](repeating: 0, count: width * height)
    for i in 0..<indices.count {
      let at = i * stride
      if model == .colour && (samples[at] != samples[at + 1] || samples[at] != samples[at + 2]) { return nil }
      let transparent = hasAlpha && samples[at + stride - 1] == 0
      indices[i] = transparent ? 0 : Int(samples[at])
    }
    return indices
  }
}

/// Rec. 601 luma of a colour; equal components give exactly their value.
func rec601Luma(_ red: Float, _ green: Float, _ blue: Float) -> Float {
  if red == green && green == blue { return red }
  return 0.299 * red + 0.587 * green + 0.114 * blue
}
