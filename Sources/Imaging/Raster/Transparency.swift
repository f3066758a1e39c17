extension RasterImage {
  /// The image without its transparency where that would hide everything: no pixel would be as bright as half a step of
  /// 8 bits, of an image whose brightest colour is white.
  ///
  /// Such files come from programs that write an alpha channel without meaning it, or name the only grey as the
  /// transparent one. Where some pixels are to be seen, alpha is meant.
  var withoutBlindingAlpha: RasterImage {
    guard hasAlpha || palette.contains(where: { $0.alpha < 255 }) else { return self }
    var (brightest, brightestSeen) = (0, 0)
    forEachPixel { colour, alpha in
      brightest = max(brightest, colour)
      brightestSeen = max(brightestSeen, colour * alpha)
    }
    guard brightest > 0 && brightestSeen * 510 < brightest * opaque else { return self }
    let kept = channels - (hasAlpha ? 1 : 0)
    var shown = RasterImage(
      width: width, height: height, model: model, fullScale: fullScale,
      samples: hasAlpha ? samples.indices.filter { $0 % channels < kept }.map { samples[$0] } : samples,
      palette: palette.map { PaletteColour(red: $0.red, green: $0.green, blue: $0.blue) }, format: format,
      statedWhite: statedWhite, fileRemarks: fileRemarks + [.transparencyIgnored])
    shown.isInverted = isInverted
    return shown
  }

  /// The share of the pixels that transparency makes black though they have a colour, by more than a trace.
  var hiddenShare: Double {
    guard hasAlpha || palette.contains(where: { $0.alpha < 255 }) else { return 0 }
    var brightest = 0
    forEachPixel { colour, _ in brightest = max(brightest, colour) }
    var hidden = 0
    forEachPixel { colour, alpha in
      if 2 * alpha < opaque && 16 * colour > brightest { hidden += 1 }
    }
    return Double(hidden) / Double(width * height)
  }

  /// The value of alpha where nothing shines through.
  private var opaque: Int { model == .palette && !hasAlpha ? 255 : fullScale }

  /// The brightest component of each pixel with its alpha.
  private func forEachPixel(_ visit: (_ colour: Int, _ alpha: Int) -> Void) {
    let stride = channels
    let white = isInverted ? white : 0
    for start in Swift.stride(from: 0, to: samples.count, by: stride) {
      let index = Int(samples[start])
      switch model {
      case .palette:
        guard index < palette.count else { continue }
        let entry = palette[index]
        visit(
          Int(max(entry.red, entry.green, entry.blue)), hasAlpha ? Int(samples[start + 1]) : Int(entry.alpha))
      case .grey: visit(isInverted ? white - index : index, Int(samples[start + stride - 1]))
      case .colour:
        visit(
          Int(max(samples[start], samples[start + 1], samples[start + 2])), Int(samples[start + stride - 1]))
      }
    }
  }
}
