extension Augmentation: Codable {
  private enum CodingKeys: CodingKey {
    case flip, shift, rotation, verticalFlip, zoom, elastic, contrast, brightness, gamma, soften, paste
  }

  /// What was stored before there was one of its changes has none of that name: it is as where nobody asks for it.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func number(_ key: CodingKeys, _ usual: Double) throws -> Double {
      try fields.decodeIfPresent(Double.self, forKey: key) ?? usual
    }
    self.init()
    flip = try number(.flip, flip)
    shift = try number(.shift, shift)
    rotation = try number(.rotation, rotation)
    verticalFlip = try number(.verticalFlip, verticalFlip)
    zoom = try number(.zoom, zoom)
    elastic = try number(.elastic, elastic)
    contrast = try number(.contrast, contrast)
    brightness = try number(.brightness, brightness)
    gamma = try number(.gamma, gamma)
    soften = try number(.soften, soften)
    paste = try number(.paste, paste)
    guard isWithinRanges else {
      throw DecodingError.dataCorruptedError(forKey: .flip, in: fields, debugDescription: "a change out of its range")
    }
  }

  /// `paste` only where it is on, so that what is stored without it, and its digest, are as they were before it was there.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(flip, forKey: .flip)
    try fields.encode(shift, forKey: .shift)
    try fields.encode(rotation, forKey: .rotation)
    try fields.encode(verticalFlip, forKey: .verticalFlip)
    try fields.encode(zoom, forKey: .zoom)
    try fields.encode(elastic, forKey: .elastic)
    try fields.encode(contrast, forKey: .contrast)
    try fields.encode(brightness, forKey: .brightness)
    try fields.encode(gamma, forKey: .gamma)
    try fields.encode(soften, forKey: .soften)
    if paste > 0 { try fields.encode(paste, forKey: .paste) }
  }

  /// What states of trainings know it by: as it is written today, and before that as it was written when what is off was not
  /// there yet.
  package var identities: [String] {
    let first = [
      ("flip", flip), ("shift", shift), ("rotation", rotation), ("verticalFlip", verticalFlip), ("zoom", zoom),
      ("elastic", elastic), ("contrast", contrast), ("brightness", brightness), ("gamma", gamma),
    ]
    func identity(_ more: [(String, Double)]) -> String {
      "Optional(Angiography.Augmentation(" + (first + more).map { "\($0): \($1)" }.joined(separator: ", ") + "))"
    }
    let today = [("soften", soften)] + (paste > 0 ? [("paste", paste)] : [])
    return [identity(today)] + (soften == 0 && paste == 0 ? [identity([])] : [])
  }
}
