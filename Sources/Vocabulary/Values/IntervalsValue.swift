import Language
import Methods

/// How far areas of a method, or changes between visits, can be from the truth, as they were on eyes whose truth is known.
public struct IntervalsValue: ObjectValue, Hashable {
  /// What they are of.
  package enum Quantity: Sendable, Hashable, Codable {
    /// Areas that this method marks.
    case areas(method: String)
    /// What was gained and lost between two visits, and the net of both: all three hold together.
    case changes
  }

  package let intervals: AreaIntervals
  package let quantity: Quantity

  package init(_ intervals: AreaIntervals, of quantity: Quantity) {
    (self.intervals, self.quantity) = (intervals, quantity)
  }

  public static let typeName = "intervals"
  public static let meaning =
    "how far areas, or changes of them, can be from the truth, learnt from eyes whose truth is known"
  public static let members = [
    MemberDeclaration("level", .number, "the chance that an interval holds the truth, in [0, 1]"),
    MemberDeclaration("factor", .number, "half an interval's width in spreads of an area"),
    MemberDeclaration("eyes", .number, "how many it was learnt from"),
  ]

  public var summary: String {
    let (what, known) =
      switch quantity {
      case .areas(let method): (method, "\(intervals.eyes) eyes")
      case .changes: ("changes", "\(intervals.eyes) pairs of visits")
      }
    return "\(formatted(100 * intervals.level, decimals: 0)) % intervals of \(what), learnt from \(known): "
      + "± \(formatted(intervals.factor, decimals: 2)) spreads"
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "level": .number(intervals.level)
    case "factor": .number(intervals.factor)
    default: .number(Double(intervals.eyes))
    }
  }
}

extension IntervalsValue {
  private enum CodingKeys: CodingKey { case intervals, quantity }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(intervals, forKey: .intervals)
    try fields.encode(quantity, forKey: .quantity)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try fields.decode(AreaIntervals.self, forKey: .intervals),
      of: try fields.decode(Quantity.self, forKey: .quantity))
  }
}
