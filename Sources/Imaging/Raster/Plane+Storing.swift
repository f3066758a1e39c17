/// A plane's stored form: exact to the bit.
extension Plane: Codable {
  private enum CodingKeys: CodingKey { case width, height, pixels }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(width, forKey: .width)
    try fields.encode(height, forKey: .height)
    try fields.encode(pixels, forKey: .pixels)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let (width, height) = try (fields.decode(Int.self, forKey: .width), fields.decode(Int.self, forKey: .height))
    let pixels = try fields.decode([Float].self, forKey: .pixels)
    guard isSize(width, height, of: pixels.count) else {
      throw DecodingError.dataCorruptedError(forKey: .pixels, in: fields, debugDescription: "not width × height pixels")
    }
    self.init(width: width, height: height, pixels: pixels)
  }
}

/// A mask's stored form: eight pixels a byte.
extension Mask: Codable {
  private enum CodingKeys: CodingKey { case width, height, pixels }

  public func encode(to encoder: any Encoder) throws {
    var packed = [UInt8](repeating: 0, count: (pixels.count + 7) / 8)
    for index in pixels.indices where pixels[index] { packed[index >> 3] |= 1 << UInt8(index & 7) }
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(width, forKey: .width)
    try fields.encode(height, forKey: .height)
    try fields.encode(packed, forKey: .pixels)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let (width, height) = try (fields.decode(Int.self, forKey: .width), fields.decode(Int.self, forKey: .height))
    let packed = try fields.decode([UInt8].self, forKey: .pixels)
    guard isSize(width, height, of: nil), (width * height + 7) / 8 == packed.count else {
      throw DecodingError.dataCorruptedError(forKey: .pixels, in: fields, debugDescription: "not width × height pixels")
    }
    let pixels = (0..<width * height).map { packed[$0 >> 3] & 1 << UInt8($0 & 7) != 0 }
    self.init(width: width, height: height, pixels: pixels)
  }
}

/// Whether numbers from a file can be the size of a picture, of as many pixels where that is known.
private func isSize(_ width: Int, _ height: Int, of count: Int?) -> Bool {
  guard width > 0, height > 0, width <= 1 << 24, height <= 1 << 24 else { return false }
  return count.map { $0 == width * height } ?? true
}
