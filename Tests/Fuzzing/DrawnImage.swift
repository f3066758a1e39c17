/// Images of every kind that real collections hold: turned, of several pages, of few bits in many, signed or real, with
/// alpha or with channels that are none, and with the values that masks have.
public struct DrawnImage {
  public let bytes: [UInt8]
  /// Of a file's name, without the dot.
  public let ending: String

  /// Values that masks and images hold, as shares of what the bits can: two values, classes, photographs.
  private static let valueSets: [[Int]] = [
    [0, 1], [0, 255], [0, 127], [0, 40], [0, 100], [0, 1, 255], [0, 1, 2, 3], [0], [1], [255], [0, 65535], [0, 1023],
    [0, 4095], [65535], [0, 128, 254], [],
  ]

  /// - Parameter jpegs: whole files to start from.
  public static func random(_ random: inout SeededGenerator, jpegs: [[UInt8]]) -> DrawnImage {
    switch random.below(4) {
    case 0: DrawnImage(bytes: png(&random), ending: "png")
    case 1: DrawnImage(bytes: jpeg(random.pick(jpegs), &random), ending: "jpg")
    case 2: DrawnImage(bytes: portableMap(&random), ending: "pgm")
    default: DrawnImage(bytes: tiff(&random), ending: "tif")
    }
  }

  private static func values(_ count: Int, upTo most: Int, _ random: inout SeededGenerator) -> [Int] {
    let set = random.pick(valueSets).filter { $0 <= most }
    return (0..<count).map { _ in set.isEmpty ? random.below(most + 1) : random.pick(set) }
  }

  private static func side(_ random: inout SeededGenerator) -> Int { random.once(in: 4) ? 32 : 1 + random.below(20) }

  private static func exif(_ random: inout SeededGenerator) -> [UInt8] {
    exifBlock(orientation: random.below(10), isLittle: random.once(in: 2))
  }

  private static func png(_ random: inout SeededGenerator) -> [UInt8] {
    let bits = random.once(in: 2) ? 8 : 16
    let colourType = random.pick([0, 0, 2, 4, 6])
    let channels = [0: 1, 2: 3, 4: 2, 6: 4][colourType] ?? 1
    let (width, height) = (side(&random), side(&random))
    var drawn = DrawnPNG(
      width: width, height: height, samples: values(width * height * channels, upTo: (1 << bits) - 1, &random))
    (drawn.bits, drawn.colourType) = (bits, colourType)
    if random.once(in: 3) {
      let significant = UInt8(1 + random.below(bits))
      drawn.chunksBefore.append(("sBIT", [UInt8](repeating: significant, count: channels)))
    }
    if random.once(in: 4), colourType < 4 {
      drawn.chunksBefore.append(("tRNS", (0..<channels).flatMap { _ in bigEndian(random.below(1 << bits), 2) }))
    }
    if random.once(in: 4) { drawn.chunksBefore.append(("acTL", bigEndian(1 + random.below(5), 4) + bigEndian(0, 4))) }
    if random.once(in: 2) {
      let chunk = ("eXIf", exif(&random))
      if random.once(in: 3) { drawn.chunksBehind.append(chunk) } else { drawn.chunksBefore.append(chunk) }
    }
    return drawn.bytes
  }

  private static func jpeg(_ whole: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = whole
    for start in segmentStarts(of: whole).reversed() {
      switch random.below(8) {
      case 0: bytes.insert(contentsOf: jpegSegment(0xE1, Array("Exif\0\0".utf8) + exif(&random)), at: start)
      case 1: bytes.insert(contentsOf: jpegSegment(0xE2, multiPictureIndex(count: random.below(5))), at: start)
      case 2: bytes.insert(contentsOf: values(1 + random.below(3), upTo: 255, &random).map { UInt8($0) }, at: start)
      default: break
      }
    }
    return bytes
  }

  private static func portableMap(_ random: inout SeededGenerator) -> [UInt8] {
    let maximum = random.pick([1, 7, 100, 255, 1023, 4095, 65535])
    return (0..<(random.once(in: 4) ? 3 : 1)).flatMap { _ -> [UInt8] in
      let (width, height, channels) = (side(&random), side(&random), random.pick([1, 3]))
      let samples = values(width * height * channels, upTo: maximum, &random)
      return Array("\(channels == 1 ? "P5" : "P6")\n\(width) \(height)\n\(maximum)\n".utf8)
        + samples.flatMap { bigEndian($0, maximum > 255 ? 2 : 1) }
    }
  }

  private static func tiff(_ random: inout SeededGenerator) -> [UInt8] {
    var drawn = DrawnTIFF((0..<random.pick([1, 1, 2, 3])).map { _ in page(&random) })
    drawn.isLittle = random.once(in: 2)
    drawn.isBig = random.once(in: 4)
    if random.once(in: 4) { drawn.pages[0].pagesBelow = [page(&random)] }
    if random.once(in: 20) { drawn.nextOfLast = 8 + random.below(200) }
    return drawn.bytes
  }

  private static func page(_ random: inout SeededGenerator) -> DrawnTIFF.Page {
    let format = random.pick([1, 1, 1, 2, 3])
    let bits =
      switch format {
      case 1: random.pick([1, 2, 4, 8, 8, 10, 12, 14, 16, 16, 24, 32, 64])
      case 2: random.pick([8, 16, 32, 64])
      default: random.pick([16, 32, 64])
      }
    let (width, height, photometric) = (side(&random), side(&random), random.pick([0, 1, 1, 2]))
    let extra = random.pick([0, 0, 0, 1, 2])
    let channels = (photometric == 2 ? 3 : 1) + extra
    // Most are such as can be read: others are refused.
    let most = min(format == 2 && bits <= 16 ? (1 << (bits - 1)) - 1 : bits < 16 ? (1 << bits) - 1 : 65535, 65535)
    var samples = values(width * height * channels, upTo: most, &random).map(Double.init)
    if format == 3 && random.once(in: 2) { samples = samples.map { $0 / 65536 } }
    if format == 2 && random.once(in: 4) { samples[random.below(samples.count)] = -1 }
    var page = DrawnTIFF.Page(width: width, height: height, samples: samples)
    (page.bits, page.format, page.photometric, page.channels) = (bits, format, photometric, channels)
    if extra > 0 && !random.once(in: 3) { page.extraSamples = (0..<extra).map { _ in random.below(3) } }
    if random.once(in: 2) { page.orientation = random.below(10) }
    if random.once(in: 3) { page.newSubfileType = random.pick([0, 0, 1, 2, 4]) }
    if random.once(in: 6) { page.subfileType = 1 + random.below(3) }
    if random.once(in: 4) { page.maxSampleValue = random.pick([0, 200, 1023, 4095, 10000, 65535]) }
    return page
  }
}
