/// What a careful reader should know of how an image was read; `ImageNotes` puts it in words.
public enum ImageRemark: Sendable, Hashable {
  /// What a file holds more than one of.
  public enum Part: String, Sendable, Hashable {
    /// Of a TIFF, or of portable maps one behind the other.
    case pages
    /// Of an animated PNG.
    case frames
    /// Of a JPEG in the multi-picture format.
    case pictures
  }

  /// The file says that it is stored turned or mirrored; the picture has been set upright.
  case turned(Orientation)
  /// The file holds `count` pictures, of which number `read`, counted from 1, is read.
  case oneOfSeveral(Part, count: Int, read: Int)
  /// So many channels are neither colour nor alpha.
  case channelsLeftOut(Int)
  /// Transparency would hide everything, so that it is ignored.
  case transparencyIgnored
  /// The share of the pixels that have a colour, but are transparent and so read as black.
  case hidden(share: Double)
  /// Real numbers between 0 and 1 were rounded to the steps of 16 bits.
  case rounded
  /// Most of the picture has a colour of its own: it is no picture of light of one wavelength.
  case inColour
  /// White lies below the largest value that the file's bits can hold.
  ///
  /// - `largest`: what the images reach that are read together, where the file itself does not say what white is.
  case fewBits(white: Int, largest: Int?, fullScale: Int)
}

extension RasterImage {
  /// All there is to say of the image when it is read with others.
  ///
  /// - Parameter range: of these images.
  public func remarks(in range: SampleRange) -> [ImageRemark] {
    var remarks = fileRemarks
    let hidden = hiddenShare
    if hidden > 0.001 { remarks.append(.hidden(share: hidden)) }
    if isInColour { remarks.append(.inColour) }
    let white = range.white(of: self)
    if white < fullScale {
      remarks.append(
        .fewBits(white: white, largest: statedWhite == nil ? range.largest : nil, fullScale: fullScale))
    }
    return remarks
  }

  /// Whether half of what is not dark has components that differ by a quarter: a tint or the noise of a camera do not come to that.
  var isInColour: Bool {
    guard model == .colour else { return false }
    let (dark, step) = (fullScale / 16, 5 * channels)
    var (bright, coloured) = (0, 0)
    for at in Swift.stride(from: 0, to: samples.count, by: step) {
      let (red, green, blue) = (Int(samples[at]), Int(samples[at + 1]), Int(samples[at + 2]))
      let (least, most) = (min(red, green, blue), max(red, green, blue))
      guard most > dark else { continue }
      bright += 1
      if 4 * (most - least) > most { coloured += 1 }
    }
    return 2 * coloured > bright
  }
}
