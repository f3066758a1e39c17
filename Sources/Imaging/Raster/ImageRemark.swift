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
    let white = range.white(of: self)
    if white < fullScale {
      remarks.append(
        .fewBits(white: white, largest: statedWhite == nil ? range.largest : nil, fullScale: fullScale))
    }
    return remarks
  }
}
