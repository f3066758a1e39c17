import Language
import Methods

/// How far areas of a method can be from the truth, as it was on eyes whose truth is known.
public struct IntervalsValue: ObjectValue {
  package let intervals: AreaIntervals
  /// Of the method that they are of.
  let method: String

  package init(_ intervals: AreaIntervals, method: String) { (self.intervals, self.method) = (intervals, method) }

  public static let typeName = "intervals"
  public static let meaning = "how far areas of a method can be from the truth, learnt from eyes whose truth is known"
  public static let members = [
    MemberDeclaration("level", .number, "the chance that an interval holds the truth, in [0, 1]"),
    MemberDeclaration("factor", .number, "half an interval's width in spreads of an area"),
    MemberDeclaration("eyes", .number, "how many it was learnt from"),
  ]

  public var summary: String {
    "\(formatted(100 * intervals.level, decimals: 0)) % intervals of \(method), learnt from \(intervals.eyes) eyes: "
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
  private enum CodingKeys: CodingKey { case intervals, method }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(intervals, forKey: .intervals)
    try fields.encode(method, forKey: .method)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try fields.decode(AreaIntervals.self, forKey: .intervals), method: try fields.decode(String.self, forKey: .method)
    )
  }
}
