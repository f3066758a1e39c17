/// A part of a PNG file: four letters that say what it holds, and that.
struct PNGChunk {
  let name: String
  let content: ArraySlice<UInt8>

  /// What every PNG file begins with.
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  init(_ name: String, _ content: ArraySlice<UInt8>) { (self.name, self.content) = (name, content) }
  init(_ name: String, _ content: [UInt8]) { self.init(name, content[...]) }

  /// The chunks of a file that the renderer has written.
  static func all(of file: [UInt8]) -> [PNGChunk] {
    precondition(file.starts(with: signature), "a PNG file begins as one")
    var chunks: [PNGChunk] = []
    var start = signature.count
    while start < file.count {
      let length = file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      let name = String(decoding: file[start + 4..<start + 8], as: UTF8.self)
      chunks.append(PNGChunk(name, file[start + 8..<start + 8 + length]))
      start += 12 + length
    }
    return chunks
  }

  /// As it stands in a file: its length, its name, what it holds, and the checksum of both.
  var bytes: [UInt8] {
    let body = Array(name.utf8) + content
    return bigEndian(content.count, bytes: 4) + body + bigEndian(Int(crc32(of: body)), bytes: 4)
  }
}

/// A number as PNG has it, its high byte first.
func bigEndian(_ value: Int, bytes: Int) -> [UInt8] {
  (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// The checksum that PNG has (ISO 3309).
private func crc32(of bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(UInt32.max) { sum, byte in remainders[Int((sum ^ UInt32(byte)) & 0xFF)] ^ sum >> 8 }
}

/// What each byte does to the sum, whose bits stand the other way round.
private let remainders: [UInt32] = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
}
