/// An error of one rank as all of them know it.
public struct SharedFailure: Error, Sendable, Hashable, Codable {
  public let code, message: String
  public let hint: String?
  /// Where it is, in numbers that its maker understands.
  public let place: [Int]
  /// Whether the rank only stopped, as it does where another one fails.
  public let isStop: Bool

  public init(_ code: String, _ message: String, hint: String? = nil, place: [Int] = [], isStop: Bool = false) {
    (self.code, self.message, self.hint, self.place, self.isStop) = (code, message, hint, place, isStop)
  }
}

/// Why a rank would stop.
public struct RankWishes: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Somebody has asked for it.
  public static let interrupted = RankWishes(rawValue: 1)
  /// It is out of time.
  public static let late = RankWishes(rawValue: 2)
  /// It cannot go on.
  public static let unable = RankWishes(rawValue: 4)
}
