import Angiography
import Language
import Methods

/// How far areas of a method, or changes between visits, can be from the truth, as they were on eyes whose truth is known.
public struct IntervalsValue: ObjectValue, Hashable {
  /// What they are of: intervals serve what they were learnt from, and nothing else.
  package enum Quantity: Sendable, Hashable, Codable {
    /// Areas that a method marks on so many maps of one kind; its origin tells two of one name apart.
    case areas(method: String, origin: String, source: MapDraws.Source, draws: Int)
    /// What was gained and lost between two visits, and the net of both: all three hold together.
    ///
    /// The method is what marked both visits, `nil` where people did; the border is how far it is usually off, in pixels. Of
    /// repeats nothing had changed: their intervals are of what gradings and pictures differ by.
    case changes(method: String?, border: Double, ofRepeats: Bool)

    /// Without what is not told apart when they are used.
    fileprivate var kind: Quantity {
      if case .changes(let method, let border, _) = self {
        .changes(method: method, border: border, ofRepeats: false)
      } else {
        self
      }
    }
  }

  package let intervals: AreaIntervals
  package let quantity: Quantity
  /// The angiograms whose errors they are.
  package let images: [LearntImage]

  package init(_ intervals: AreaIntervals, of quantity: Quantity, learntFrom images: [LearntImage]) {
    (self.intervals, self.quantity, self.images) = (intervals, quantity, images)
  }

  /// - Throws: `contradiction` for what they were not learnt from.
  func require(_ quantity: Quantity) throws(Failure) {
    guard self.quantity.kind != quantity.kind else { return }
    let reason =
      switch (self.quantity, quantity) {
      case (.areas(let own, _, _, _), .areas(let other, _, _, _)):
        own == other ? "they are of another “\(own)”, or of maps made in another way" : "these maps are of \(other)"
      case (.changes(let own, let border, _), .changes(let other, let otherBorder, _)):
        own == other
          ? "they are of a `border:` of \(formatted(border, decimals: 1)) px, and this is of "
            + "\(formatted(otherBorder, decimals: 1)) px"
          : "their masks are \(own.map { "of \($0)" } ?? "by hand"), and these \(other.map { "of \($0)" } ?? "by hand")"
      case (.areas, .changes): "this is a change between visits"
      case (.changes, .areas): "this is an area"
      }
    throw Failure(
      "contradiction", "these are \(summary): \(reason)", hint: "`learn-intervals` from eyes that the same has marked")
  }

  /// Which of the angiograms they were learnt from, in words.
  func leaks(into samples: [Sample]) -> [String] { images.leaks(into: samples, deed: "the intervals were learnt from") }

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
      case .areas(let method, _, _, _): (method, "\(intervals.eyes) eyes")
      case .changes(let method, _, let ofRepeats):
        (
          "changes" + (method.map { " by \($0)" } ?? ""),
          "\(intervals.eyes) " + (ofRepeats ? "eyes photographed twice" : "pairs of visits")
        )
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
  private enum CodingKeys: CodingKey { case intervals, quantity, images }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(intervals, forKey: .intervals)
    try fields.encode(quantity, forKey: .quantity)
    try fields.encode(images, forKey: .images)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try fields.decode(AreaIntervals.self, forKey: .intervals),
      of: try fields.decode(Quantity.self, forKey: .quantity),
      learntFrom: try fields.decode([LearntImage].self, forKey: .images))
  }
}
