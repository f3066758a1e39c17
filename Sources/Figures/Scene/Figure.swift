import Angiography
import Imaging

/// A drawing as data: pixel layers, marks and labels on a white page, before anything is rasterised.
///
/// Two figures are compared through these parts: pixel layers as pixels, marks as numbers, labels as text. Nothing in
/// a scene depends on the fonts of the machine. Layers are drawn first, then marks, then labels, each in its order.
/// Coordinates are in points (1/72 inch) from the top left corner, y downward.
public struct Figure: Sendable, Hashable {
  public var size: Size
  public var layers: [Layer]
  public var marks: [Mark]
  public var labels: [Label]
  /// What the figure shows, in words, for the text under it and for those who cannot see it; not drawn.
  public var caption: String?
  /// Drawings of the same size that take turns with this one, without end; none as a rule. What cannot move shows this one
  /// alone. Turns of theirs are not seen.
  public var turns: [Figure]

  /// How long each drawing is seen where several take turns: long enough to look, short enough to see what jumps.
  public static let secondsOfTurn = 0.8

  public init(
    size: Size, layers: [Layer] = [], marks: [Mark] = [], labels: [Label] = [], caption: String? = nil,
    turns: [Figure] = []
  ) {
    self.size = size
    self.layers = layers
    self.marks = marks
    self.labels = labels
    self.caption = caption
    self.turns = turns
  }

  /// The figure without those that take turns with it.
  public var still: Figure {
    var still = self
    still.turns = []
    return still
  }

  /// The pixels of a figure that is nothing but one grey image, else `nil`.
  ///
  /// Such a figure is written as PGM pixel by pixel, at its own size.
  public var soleGreyPixels: Plane? {
    guard marks.isEmpty, labels.isEmpty, layers.count == 1, case .plane(let plane, .grey, let range) = layers[0].content
    else { return nil }
    if range == 0...1 { return plane }
    let span = range.upperBound - range.lowerBound
    return Plane(
      width: plane.width, height: plane.height, pixels: plane.pixels.map { ($0 - range.lowerBound) / span })
  }
}

/// Turns are stored where there are some: a figure that stands still has the form that figures had before there were turns.
extension Figure: Codable {
  private enum CodingKeys: CodingKey { case size, layers, marks, labels, caption, turns }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(size, forKey: .size)
    try fields.encode(layers, forKey: .layers)
    try fields.encode(marks, forKey: .marks)
    try fields.encode(labels, forKey: .labels)
    try fields.encodeIfPresent(caption, forKey: .caption)
    if !turns.isEmpty { try fields.encode(turns, forKey: .turns) }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      size: try fields.decode(Size.self, forKey: .size), layers: try fields.decode([Layer].self, forKey: .layers),
      marks: try fields.decode([Mark].self, forKey: .marks), labels: try fields.decode([Label].self, forKey: .labels),
      caption: try fields.decodeIfPresent(String.self, forKey: .caption),
      turns: try fields.decodeIfPresent([Figure].self, forKey: .turns) ?? [])
    guard turns.allSatisfy({ $0.size == size }) else {
      throw DecodingError.dataCorruptedError(forKey: .turns, in: fields, debugDescription: "a turn of another size")
    }
  }
}
