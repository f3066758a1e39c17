import Angiography
import Imaging
import Testing

/// A disc of 2061 pixels on 128 × 128, drawn with whatever values a test wants.
struct DrawnMask {
  static let side = 128
  static let isInDisc: [Bool] = (0..<side * side).map { inside($0, centre: (64, 64), radius: 25.6) }

  static func inside(_ pixel: Int, centre: (x: Double, y: Double), radius: Double) -> Bool {
    let (x, y) = (Double(pixel % side) - centre.x, Double(pixel / side) - centre.y)
    return x * x + y * y < radius * radius
  }

  /// The disc in `marked`, `dark` elsewhere; `also` has a second disc of 502 pixels.
  static func values(_ dark: UInt16, _ marked: UInt16, also: UInt16? = nil) -> [UInt16] {
    isInDisc.indices.map { pixel in
      if isInDisc[pixel] { return marked }
      if let also, inside(pixel, centre: (38.4, 38.4), radius: 12.8) { return also }
      return dark
    }
  }

  static func grey(_ values: [UInt16], white: Int, format: ImageFormat = .png) -> RasterImage {
    RasterImage(width: side, height: side, model: .grey, fullScale: white, samples: values, format: format)
  }

  static func indexed(_ values: [UInt16], _ colours: [PaletteColour]) -> RasterImage {
    RasterImage(width: side, height: side, model: .palette, fullScale: 255, samples: values, palette: colours)
  }

  static func colour(_ colours: [(UInt16, UInt16, UInt16)], format: ImageFormat = .png) -> RasterImage {
    RasterImage(
      width: side, height: side, model: .colour, fullScale: 255, samples: colours.flatMap { [$0.0, $0.1, $0.2] },
      format: format)
  }
}

private let white = PaletteColour(red: 255, green: 255, blue: 255)
private let black = PaletteColour(red: 0, green: 0, blue: 0)
private let red = PaletteColour(red: 200, green: 0, blue: 0)
private let green = PaletteColour(red: 0, green: 200, blue: 0)

@Suite struct MaskRules {
  @Test(arguments: [
    (255, 65535, ImageFormat.png), (255, 65535, .tiff), (100, 255, .png), (127, 255, .png), (40, 255, .png),
    (1, 255, .png), (1, 1, .png), (1, 3, .png), (3, 3, .png), (7, 15, .png), (1, 15, .portableMap),
    (2, 255, .portableMap),
    (255, 255, .png), (1, 255, .jpeg), (65535, 65535, .tiff),
  ])
  func theBrighterOfTwoIsMarked(value: UInt16, scale: Int, format: ImageFormat) throws {
    let reading = try DrawnMask.grey(DrawnMask.values(0, value), white: scale, format: format).nonPerfusion()
    #expect(reading.mask.pixels == DrawnMask.isInDisc && reading.mask.area == 2061)
  }

  /// The same through files: a PGM whose white is 3, a PNG of 16 bits.
  @Test func theBrighterOfTwoIsMarkedInFiles() throws {
    let pgm = Array("P5\n128 128\n3\n".utf8) + DrawnMask.values(0, 1).map { UInt8($0) }
    #expect(try RasterImage(decoding: pgm).nonPerfusion().mask.area == 2061)
    let png = try DrawnMask.grey(DrawnMask.values(0, 255), white: 65535).encodedPNG()
    #expect(try RasterImage(decoding: png).nonPerfusion().mask.area == 2061)
  }

  @Test func paletteMasksAreReadByColour() throws {
    let disc = DrawnMask.values(1, 0)
    #expect(try DrawnMask.indexed(disc, [white, black]).nonPerfusion().mask.area == 2061)
    #expect(try DrawnMask.indexed(DrawnMask.values(0, 1), [black, white]).nonPerfusion().mask.area == 2061)
    // Palettes that quantisation has put in order: red on black both ways, red on white.
    #expect(try DrawnMask.indexed(disc, [red, black]).nonPerfusion().mask.area == 2061)
    #expect(try DrawnMask.indexed(DrawnMask.values(0, 1), [black, red]).nonPerfusion().mask.area == 2061)
    let onWhite = try DrawnMask.indexed(DrawnMask.values(0, 1), [white, red]).nonPerfusion()
    #expect(onWhite.mask.area == 2061)
    // A palette that nobody filled in.
    #expect(try DrawnMask.indexed(DrawnMask.values(0, 1), [black, black]).nonPerfusion().mask.area == 2061)
    let classes = try DrawnMask.indexed(DrawnMask.values(0, 1, also: 2), [black, black, black]).nonPerfusion()
    #expect(classes.mask.area == 2061 + 502)
  }

  @Test func colouredMasksMarkWhatIsNotBackground() throws {
    func picture(_ ground: (UInt16, UInt16, UInt16), _ disc: (UInt16, UInt16, UInt16)) -> RasterImage {
      DrawnMask.colour(DrawnMask.isInDisc.map { $0 ? disc : ground })
    }
    #expect(try picture((0, 0, 0), (128, 0, 0)).nonPerfusion().mask.area == 2061)
    #expect(try picture((255, 255, 255), (200, 0, 0)).nonPerfusion().mask.area == 2061)
    #expect(try picture((0, 0, 60), (250, 250, 0)).nonPerfusion().mask.area == 2061)
    // Classes by colour, dark ones too.
    let codes = DrawnMask.values(0, 1, also: 2).map {
      [(0, 0, 0), (128, 0, 0), (0, 0, 90)][Int($0)] as (UInt16, UInt16, UInt16)
    }
    #expect(try DrawnMask.colour(codes).nonPerfusion().mask.area == 2061 + 502)
    // Smeared: as bright as red can be.
    let smeared = DrawnMask.isInDisc.indices.map { pixel -> (UInt16, UInt16, UInt16) in
      DrawnMask.isInDisc[pixel]
        ? (UInt16(240 + pixel % 15), 3, UInt16(pixel % 4)) : (UInt16(pixel % 9), UInt16(pixel % 7), 0)
    }
    #expect(try DrawnMask.colour(smeared, format: .jpeg).nonPerfusion().mask.area == 2061)
  }

  @Test func classNumbersAreAllMarkedAndALabelPicksOne() throws {
    let values = DrawnMask.values(0, 2, also: 1)
    let palette = [black, green, red]
    for image in [
      DrawnMask.indexed(values, palette), DrawnMask.grey(values, white: 255), DrawnMask.grey(values, white: 15),
      DrawnMask.grey(values.map { $0 * 85 }, white: 255), DrawnMask.grey(values.map { $0 * 40 }, white: 255),
    ] {
      let reading = try image.nonPerfusion()
      #expect(reading.mask.area == 2061 + 502)
      guard case .classes = reading.rule else {
        Issue.record("classes are read as \(reading.rule)")
        continue
      }
    }
    #expect(try DrawnMask.indexed(values, palette).nonPerfusion(label: 2).mask.area == 2061)
    #expect(try DrawnMask.grey(values, white: 15).nonPerfusion(label: 1).mask.area == 502)
    // An empty eye among class masks on white.
    let empty = DrawnMask.indexed([UInt16](repeating: 0, count: 128 * 128), [white, red, green])
    #expect(try empty.nonPerfusion().mask.area == 0)
  }

  /// 0, 64, 128, 191 and 255 are what halving a mask leaves at its edges.
  @Test func softEdgesAreCutHalfWay() throws {
    let steps: [UInt16] = [0, 64, 128, 191, 255]
    let soft = (0..<128 * 128).map { pixel -> UInt16 in
      let (x, y) = (pixel % 128, pixel / 128)
      return y < 20 ? 0 : steps[min(4, max(0, x - 60))]
    }
    let reading = try DrawnMask.grey(soft, white: 255).nonPerfusion()
    #expect(reading.mask.area == 108 * (128 - 62))
    guard case .half(lowest: "0", highest: "255", _, levels: 5) = reading.rule else {
      Issue.record("soft edges are read as \(reading.rule)")
      return
    }
    // One step that fills a small area by chance makes no classes of the others.
    var spot = soft
    for y in 60..<63 { for x in 20..<23 { spot[y * 128 + x] = 128 } }
    #expect(try DrawnMask.grey(spot, white: 255).nonPerfusion().mask.area == reading.mask.area + 9)
    // The same in 16 bits, and where white is but 100.
    #expect(try DrawnMask.grey(soft, white: 65535).nonPerfusion().mask == reading.mask)
    let dim = soft.map { $0 * 100 / 255 }
    #expect(try DrawnMask.grey(dim, white: 255).nonPerfusion().mask == reading.mask)
  }

  @Test func jpegIsCutHalfWayUnlessItIsTooFaint() throws {
    let ringing = DrawnMask.isInDisc.indices.map { DrawnMask.isInDisc[$0] ? UInt16(95 + $0 % 9) : UInt16($0 % 8) }
    #expect(try DrawnMask.grey(ringing, white: 255, format: .jpeg).nonPerfusion().mask.area == 2061)
    let faint = DrawnMask.isInDisc.indices.map { DrawnMask.isInDisc[$0] ? UInt16(2 + $0 % 2) : UInt16($0 % 2) }
    let reading = try DrawnMask.grey(faint, white: 255, format: .jpeg).nonPerfusion()
    #expect(reading.mask.area == 0 && reading.rule == .tooFaint(lowest: "0", highest: "3"))
    // Class numbers that compression has left with a step or two more fill areas, traces of it do not.
    let smeared = DrawnMask.isInDisc.indices.map { DrawnMask.isInDisc[$0] ? UInt16(3) : $0 % 97 == 0 ? 1 : 0 }
    #expect(try DrawnMask.grey(smeared, white: 255, format: .jpeg).nonPerfusion().mask.pixels == DrawnMask.isInDisc)
    let traces = DrawnMask.isInDisc.indices.map { $0 % 5 == 0 ? UInt16(1) : 0 }
    #expect(
      try DrawnMask.grey(traces, white: 255, format: .jpeg).nonPerfusion().rule == .tooFaint(lowest: "0", highest: "1"))
  }

  @Test func oneValueIsNothingOrEverything() throws {
    func all(_ value: UInt16, _ format: ImageFormat = .png) throws -> MaskReading {
      try DrawnMask.grey([UInt16](repeating: value, count: 128 * 128), white: 255, format: format).nonPerfusion()
    }
    #expect(try all(0).rule == .nothing(value: "0") && all(0).mask.area == 0)
    #expect(try all(255).rule == .everything(value: "255") && all(255).mask.area == 128 * 128)
    #expect(try all(1).rule == .everything(value: "1"))
    #expect(try all(2, .jpeg).mask.area == 0)
  }

  @Test func transparencyIsNoMarkAndMayBeTheMask() throws {
    func layer(_ inside: [UInt16], _ outside: [UInt16]) -> RasterImage {
      RasterImage(
        width: 128, height: 128, model: .grey, hasAlpha: true, fullScale: 255,
        samples: DrawnMask.isInDisc.flatMap { $0 ? inside : outside })
    }
    #expect(try layer([255, 255], [255, 0]).nonPerfusion().mask.area == 2061)
    #expect(try layer([255, 255], [0, 255]).nonPerfusion().mask.area == 2061)
    // Black strokes on an empty layer.
    #expect(try layer([0, 255], [0, 0]).nonPerfusion().mask.area == 2061)
    // An opacity that is the same everywhere is no drawing: an empty mask as many tools export it.
    #expect(try layer([0, 255], [0, 255]).nonPerfusion().rule == .nothing(value: "0"))
    #expect(try layer([0, 0], [0, 0]).nonPerfusion().rule == .nothing(value: "0"))
  }

  @Test func theIgnoreValueOfOtherToolsIsNeitherMarkedNorCounted() throws {
    let values = DrawnMask.values(0, 1, also: 255)
    for image in [
      DrawnMask.grey(values, white: 255), DrawnMask.grey(values, white: 65535),
      DrawnMask.indexed(values, [black, red] + [PaletteColour](repeating: white, count: 254)),
    ] {
      let reading = try image.nonPerfusion()
      #expect(reading.mask.area == 2061)
      #expect(reading.ungraded?.value == 255 && reading.ungraded?.pixels.area == 502)
    }
    let grey = DrawnMask.grey(values, white: 255)
    let marked = try grey.nonPerfusion(label: 255)
    #expect(marked.mask.area == 502 && marked.ungraded == nil)
    let classes = DrawnMask.grey(DrawnMask.values(0, 1, also: 7), white: 255)
    let told = try classes.nonPerfusion(ignore: 7)
    #expect(told.mask.area == 2061 && told.ungraded?.pixels.area == 502)
    let both = try classes.nonPerfusion(label: 7, ignore: 1)
    #expect(both.mask.area == 502 && both.ungraded?.pixels.area == 2061)
    // No pixel need be 0: two classes that fill areas are enough, of which the darker is the background.
    for (ground, mark) in [(1, 2), (3, 4), (1, 31)] as [(UInt16, UInt16)] {
      let withoutZero = DrawnMask.grey(DrawnMask.values(ground, mark, also: 255), white: 255)
      let reading = try withoutZero.nonPerfusion()
      #expect(reading.mask.pixels == DrawnMask.isInDisc && reading.mask.area == 2061)
      #expect(reading.ungraded?.value == 255 && reading.ungraded?.pixels.area == 502)
    }
    let wide = try DrawnMask.grey(DrawnMask.values(1, 2, also: 65535), white: 65535).nonPerfusion()
    #expect(wide.mask.area == 2061 && wide.ungraded?.value == 65535)
    // One class alone is no company: the brighter of two is a mark.
    for ground in [0, 1, 7] as [UInt16] {
      let pair = try DrawnMask.grey(DrawnMask.values(ground, 255), white: 255).nonPerfusion()
      #expect(pair.mask.area == 2061 && pair.ungraded == nil)
    }
    // White beside a few stray pixels of 1 is a mark.
    var stray = DrawnMask.values(0, 255)
    stray[5] = 1
    #expect(try DrawnMask.grey(stray, white: 255).nonPerfusion().mask.area == 2061)
  }
}
