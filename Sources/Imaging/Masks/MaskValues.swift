/// The different values that a mask's file holds, and which of them each pixel has.
struct MaskValues {
  /// What the values are.
  enum Kind {
    /// Grey values; colours with R = G = B are grey.
    case grey
    /// Indices into a palette of greys.
    case greyPalette
    /// Indices into a palette with colours in it.
    case colourPalette
    /// Colours, 256 at most, numbered in the order in which they are met.
    case colours
  }
  struct Value {
    /// As the file stores it, or a colour's number.
    let code: Int
    /// Rec. 601 luma on the file's own scale; an opaque grey's is its code.
    let level: Float
    /// Whether its colour is no grey.
    let isChromatic: Bool
    let pixelCount: Int
    /// For messages: `40`, `index 1 (#FFFFFF)`, `#FF0000`.
    let name: String

    var isBlack: Bool { level == 0 && !isChromatic }
  }
  let kind: Kind
  let width, height: Int
  /// The level of white.
  let fullLevel: Float
  /// One a pixel, row by row.
  let codes: [UInt16]
  /// Those that occur, from the darkest on; of equally dark ones the smaller code first.
  let values: [Value]

  private init(kind: Kind, like raster: RasterImage, fullLevel: Float, codes: [UInt16], describe: (Int) -> Appearance) {
    self.kind = kind
    (width, height) = (raster.width, raster.height)
    self.fullLevel = fullLevel
    self.codes = codes
    var counts = [Int](repeating: 0, count: Int(codes.max() ?? 0) + 1)
    for code in codes { counts[Int(code)] += 1 }
    values = counts.indices.filter { counts[$0] > 0 }.map { code in
      let look = describe(code)
      return Value(
        code: code, level: look.level, isChromatic: look.isChromatic, pixelCount: counts[code], name: look.name)
    }.sorted { ($0.level, $0.code) < ($1.level, $1.code) }
  }

  /// Of all pixels as they look: those that are less than half opaque are black.
  ///
  /// Where all that is opaque is black too, an opacity that differs is the picture: somebody drew on an empty layer.
  init(_ raster: RasterImage) {
    let shown = MaskValues(shown: raster)
    guard raster.hasAlpha, shown.values.count == 1, shown.values[0].isBlack else {
      self = shown
      return
    }
    let opacity = MaskValues(opacityOf: raster)
    self = opacity.values.count > 1 ? opacity : shown
  }

  private init(shown raster: RasterImage) {
    if raster.model == .palette {
      self.init(indicesOf: raster)
    } else if let greys = raster.opaqueCodes(of: raster.sharedChannel) {
      self.init(greys: greys, of: raster)
    } else if let colours = MaskValues(coloursOf: raster), colours.areMeant(isLossy: raster.format.isLossy) {
      self = colours
    } else {
      self.init(strongestChannelOf: raster)
    }
  }

  /// Whether each colour stands for something, so that none is a step of a soft edge.
  private func areMeant(isLossy: Bool) -> Bool { !isLossy && (values.count <= 2 || areClasses(values)) }

  private init(greys codes: [UInt16], of raster: RasterImage) {
    self.init(kind: .grey, like: raster, fullLevel: Float(raster.fullScale), codes: codes) {
      Appearance(level: Float($0), isChromatic: false, name: "\($0)")
    }
  }

  private init(opacityOf raster: RasterImage) {
    let channels = raster.channels
    self.init(greys: (0..<raster.width * raster.height).map { raster.samples[($0 + 1) * channels - 1] }, of: raster)
  }

  private init(indicesOf raster: RasterImage) {
    let channels = raster.channels
    let codes = raster.opaqueCodes(of: (0..<raster.width * raster.height).map { raster.samples[$0 * channels] }) ?? []
    let hasColours = raster.palette.contains { $0.red != $0.green || $0.red != $0.blue }
    self.init(kind: hasColours ? .colourPalette : .greyPalette, like: raster, fullLevel: 255, codes: codes) { index in
      // An index behind the palette's end means nothing; it is drawn black.
      guard index < raster.palette.count, raster.palette[index].alpha >= 128 else {
        return Appearance(level: 0, isChromatic: false, name: "index \(index)")
      }
      let entry = raster.palette[index]
      let colour = Colour(red: UInt16(entry.red), green: UInt16(entry.green), blue: UInt16(entry.blue))
      return Appearance(colour, of: 255) { "index \(index) (\($0))" }
    }
  }

  /// `nil` where there are more than 256 colours.
  private init?(coloursOf raster: RasterImage) {
    var numbers: [Colour: UInt16] = [:]
    var colours: [Colour] = []
    var codes: [UInt16] = []
    codes.reserveCapacity(raster.width * raster.height)
    for pixel in 0..<raster.width * raster.height {
      let colour = raster.opaqueColour(of: pixel)
      if let number = numbers[colour] {
        codes.append(number)
      } else {
        guard colours.count < 256 else { return nil }
        numbers[colour] = UInt16(colours.count)
        codes.append(UInt16(colours.count))
        colours.append(colour)
      }
    }
    self.init(kind: .colours, like: raster, fullLevel: Float(raster.fullScale), codes: codes) {
      Appearance(colours[$0], of: raster.fullScale) { $0 }
    }
  }

  /// Of a colour picture with soft edges: each pixel's strongest channel, so that red on black is as bright as white is.
  private init(strongestChannelOf raster: RasterImage) {
    self.init(
      greys: (0..<raster.width * raster.height).map { raster.opaqueColour(of: $0).strongest }, of: raster)
  }

  /// The codes that somewhere fill a square of 3 × 3 pixels: values of areas, not of the edges between them.
  var codesOfAreas: Set<Int> {
    var found: Set<Int> = []
    guard width >= 3 && height >= 3 else { return found }
    for y in 1..<height - 1 {
      for x in 1..<width - 1 {
        let centre = codes[y * width + x]
        // Most neighbours differ or are known already, so the first comparisons decide.
        guard codes[y * width + x - 1] == centre, codes[(y - 1) * width + x] == centre, !found.contains(Int(centre))
        else { continue }
        let isSquare = (y - 1...y + 1).allSatisfy { row in
          (x - 1...x + 1).allSatisfy { codes[row * width + $0] == centre }
        }
        if isSquare { found.insert(Int(centre)) }
      }
    }
    return found
  }

  /// The pixels whose code is one of these.
  func pixels(of chosen: Set<Int>) -> Mask {
    var isChosen = [Bool](repeating: false, count: Int(UInt16.max) + 1)
    for code in chosen where isChosen.indices.contains(code) { isChosen[code] = true }
    return Mask(width: width, height: height, pixels: codes.map { isChosen[Int($0)] })
  }
}

/// What a value looks like.
private struct Appearance {
  let level: Float
  let isChromatic: Bool
  let name: String

  init(level: Float, isChromatic: Bool, name: String) {
    (self.level, self.isChromatic, self.name) = (level, isChromatic, name)
  }

  /// - Parameter name: is told the colour as `#FF0000`.
  init(_ colour: Colour, of fullScale: Int, name: (String) -> String) {
    let digits = [colour.red, colour.green, colour.blue].map { channel -> String in
      let text = String(Int(channel) * 255 / fullScale, radix: 16, uppercase: true)
      return text.count < 2 ? "0\(text)" : text
    }
    self.init(
      level: rec601Luma(Float(colour.red), Float(colour.green), Float(colour.blue)), isChromatic: !colour.isGrey,
      name: name("#" + digits.joined()))
  }
}

private struct Colour: Hashable {
  let red, green, blue: UInt16

  var isGrey: Bool { red == green && red == blue }
  var strongest: UInt16 { max(red, green, blue) }
}

extension RasterImage {
  /// Whether a pixel is at least half opaque.
  private func isOpaque(_ pixel: Int) -> Bool {
    !hasAlpha || 2 * Int(samples[(pixel + 1) * channels - 1]) >= fullScale
  }

  /// The codes with 0 where the picture is transparent.
  fileprivate func opaqueCodes(of codes: [UInt16]?) -> [UInt16]? {
    guard hasAlpha, let codes else { return codes }
    return codes.indices.map { isOpaque($0) ? codes[$0] : 0 }
  }

  /// The grey of every pixel; `nil` where one that can be seen has a colour.
  fileprivate var sharedChannel: [UInt16]? {
    var greys = [UInt16](repeating: 0, count: width * height)
    for pixel in greys.indices {
      let at = pixel * channels
      let isGrey = model == .grey || (samples[at] == samples[at + 1] && samples[at] == samples[at + 2])
      guard isGrey || !isOpaque(pixel) else { return nil }
      greys[pixel] = samples[at]
    }
    return greys
  }

  /// The colour of a pixel of a colour image; black where it is transparent.
  fileprivate func opaqueColour(of pixel: Int) -> Colour {
    guard isOpaque(pixel) else { return Colour(red: 0, green: 0, blue: 0) }
    let at = pixel * channels
    return Colour(red: samples[at], green: samples[at + 1], blue: samples[at + 2])
  }
}
