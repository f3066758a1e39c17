/// A PNG written byte by byte, its pixels stored without compression, with the chunks that a test asks for.
public struct DrawnPNG {
  public var width, height: Int
  /// Interleaved, as stored, of 8 or 16 bits.
  public var samples: [Int]
  public var bits = 8
  /// PNG's own: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha.
  public var colourType = 0
  public var chunksBefore: [(name: String, content: [UInt8])] = []
  public var chunksBehind: [(name: String, content: [UInt8])] = []

  public init(width: Int, height: Int, samples: [Int]) {
    (self.width, self.height, self.samples) = (width, height, samples)
  }

  public var bytes: [UInt8] {
    let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colourType] ?? 1
    let row = width * channels
    let rows = (0..<height).flatMap { y -> [UInt8] in
      let samples = samples[y * row..<(y + 1) * row]
      return [0] + (bits == 16 ? samples.flatMap { bigEndian($0, 2) } : samples.map { UInt8($0) })
    }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", bigEndian(width, 4) + bigEndian(height, 4) + [UInt8(bits), UInt8(colourType), 0, 0, 0])
      + chunksBefore.flatMap { chunk($0.name, $0.content) } + chunk("IDAT", stored(rows))
      + chunksBehind.flatMap { chunk($0.name, $0.content) } + chunk("IEND", [])
  }

  private func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return bigEndian(content.count, 4) + body + bigEndian(Int(checksum(of: body)), 4)
  }

  /// A zlib stream of stored blocks.
  private func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    let size = 65535
    for start in stride(from: 0, to: bytes.count, by: size) {
      let block = bytes[start..<min(start + size, bytes.count)]
      stream += [start + size >= bytes.count ? 1 : 0]
      stream += bigEndian(block.count, 2).reversed() + bigEndian(65535 - block.count, 2).reversed() + block
    }
    // Adler-32.
    var (a, b) = (1, 0)
    for byte in bytes {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    return stream + bigEndian(b << 16 | a, 4)
  }

  /// CRC-32, bit by bit.
  private func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
  }
}

/// A number, its high byte first.
public func bigEndian(_ value: Int, _ count: Int) -> [UInt8] {
  (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
