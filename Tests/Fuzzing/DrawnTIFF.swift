/// A TIFF written byte by byte, uncompressed, with the tags that a test asks for.
public struct DrawnTIFF {
  /// One page; what is `nil` is left out of its directory.
  public struct Page {
    public var width, height: Int
    /// Interleaved, as stored.
    public var samples: [Double]
    public var bits = 8
    /// 1 unsigned, 2 signed, 3 real.
    public var format: Int?
    /// 0 white is zero, 1 black is zero, 2 RGB, 3 palette.
    public var photometric = 1
    public var channels = 1
    /// 0 unspecified, 1 associated alpha, 2 alpha.
    public var extraSamples: [Int]?
    public var orientation: Int?
    public var newSubfileType, subfileType: Int?
    public var maxSampleValue, largestSampleValue: Int?
    /// Reds, greens, blues.
    public var colourMap: [Int]?
    public var pagesBelow: [Page] = []

    public init(width: Int, height: Int, samples: [Double]) {
      (self.width, self.height, self.samples) = (width, height, samples)
    }
  }

  public var pages: [Page]
  public var isLittle = true
  /// 64-bit offsets.
  public var isBig = false
  /// Where the last directory points, for chains that end badly; 0 ends well.
  public var nextOfLast = 0

  public init(_ pages: [Page]) { self.pages = pages }
  public init(_ page: Page) { pages = [page] }

  public var bytes: [UInt8] {
    var file: [UInt8] = isLittle ? [0x49, 0x49] : [0x4D, 0x4D]
    file += number(isBig ? 43 : 42, 2)
    if isBig { file += number(8, 2) + number(0, 2) }
    var link = file.count
    file += number(0, offsetSize)
    for page in pages {
      let (directory, nextLink) = write(page, to: &file)
      file.replaceSubrange(link..<link + offsetSize, with: number(directory, offsetSize))
      link = nextLink
    }
    file.replaceSubrange(link..<link + offsetSize, with: number(nextOfLast, offsetSize))
    return file
  }

  private var offsetSize: Int { isBig ? 8 : 4 }

  /// - Returns: where its directory is, and where that names the next one.
  private func write(_ page: Page, to file: inout [UInt8]) -> (directory: Int, nextLink: Int) {
    let below = page.pagesBelow.map { write($0, to: &file).directory }
    let data = packed(page)
    let strip = file.count
    file += data
    let entries = entries(of: page, strip: strip, byteCount: data.count, below: below)
    var fields: [[UInt8]] = []
    for (tag, type, values) in entries {
      let bytes = values.flatMap { number($0, type == 3 ? 2 : 4) }
      var field = bytes + [UInt8](repeating: 0, count: max(0, offsetSize - bytes.count))
      if bytes.count > offsetSize {
        field = number(file.count, offsetSize)
        file += bytes
      }
      fields.append(number(tag, 2) + number(type, 2) + number(values.count, offsetSize) + field)
    }
    let directory = file.count
    file += number(entries.count, isBig ? 8 : 2) + fields.flatMap(\.self)
    let nextLink = file.count
    file += number(0, offsetSize)
    return (directory, nextLink)
  }

  /// Tag, type (3 SHORT, 4 LONG) and values, in the order of the tags.
  private func entries(
    of page: Page, strip: Int, byteCount: Int, below: [Int]
  ) -> [(tag: Int, type: Int, values: [Int])] {
    var entries: [(tag: Int, type: Int, values: [Int])] = [
      (256, 4, [page.width]), (257, 4, [page.height]), (258, 3, page.bitsPerSample), (259, 3, [1]),
      (262, 3, [page.photometric]), (273, 4, [strip]), (277, 3, [page.channels]), (278, 4, [page.height]),
      (279, 4, [byteCount]),
    ]
    func add(_ tag: Int, _ type: Int, _ value: Int?) { if let value { entries.append((tag, type, [value])) } }
    add(254, 4, page.newSubfileType)
    add(255, 3, page.subfileType)
    add(274, 3, page.orientation)
    add(281, 3, page.maxSampleValue)
    add(341, 3, page.largestSampleValue)
    if let extra = page.extraSamples { entries.append((338, 3, extra)) }
    if let format = page.format { entries.append((339, 3, [Int](repeating: format, count: page.channels))) }
    if let map = page.colourMap { entries.append((320, 3, map)) }
    if !below.isEmpty { entries.append((330, 4, below)) }
    return entries.sorted { $0.tag < $1.tag }
  }

  /// The samples as bytes, each row from a byte of its own.
  private func packed(_ page: Page) -> [UInt8] {
    let row = page.width * page.channels
    guard page.bits % 8 == 0 else {
      return (0..<page.height).flatMap { y -> [UInt8] in
        let bits = page.samples[y * row..<(y + 1) * row].flatMap { sample in
          (0..<page.bits).reversed().map { Int(sample) >> $0 & 1 }
        }
        return stride(from: 0, to: bits.count, by: 8).map { start in
          (0..<8).reduce(0) { $0 << 1 | (start + $1 < bits.count ? UInt8(bits[start + $1]) : 0) }
        }
      }
    }
    return page.samples.flatMap { sample -> [UInt8] in
      let pattern: UInt64 =
        switch (page.format ?? 1, page.bits) {
        case (3, 16): UInt64(halfFloat(sample))
        case (3, 32): UInt64(Float(sample).bitPattern)
        case (3, _): sample.bitPattern
        case (2, _): UInt64(bitPattern: Int64(sample))
        default: UInt64(sample)
        }
      return number(Int(truncatingIfNeeded: pattern), page.bits / 8)
    }
  }

  /// The nearest 16-bit real number of one that is not negative; too large ones are infinite.
  private func halfFloat(_ value: Double) -> UInt16 {
    // Below this exponent all steps are equal.
    let exponent = value == 0 ? -14 : max(Int(value.exponent), -14)
    let fraction = (value / Double(sign: .plus, exponent: exponent, significand: 1) * 1024).rounded()
    return UInt16(min((exponent + 14) << 10 + Int(fraction), 31 << 10))
  }

  private func number(_ value: Int, _ count: Int) -> [UInt8] {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isLittle ? bytes : bytes.reversed()
  }
}

extension DrawnTIFF.Page {
  fileprivate var bitsPerSample: [Int] { [Int](repeating: bits, count: channels) }
}
