/// What every rank tells all others when they meet, before the bytes that they exchange.
struct RankHeader: Equatable {
  enum Kind: UInt8 {
    case wishes, first, gathering, sharing, end
  }

  let kind: Kind
  /// Whether the bytes that follow are the failure of the rank.
  let isFailure: Bool
  let wishes: RankWishes
  /// Bytes that follow.
  let length: Int
  /// Messages that the rank has posted to the first so far.
  let posted: Int

  static let size = 19

  var bytes: [UInt8] {
    [kind.rawValue, isFailure ? 1 : 0, wishes.rawValue] + Self.bytes(of: length) + Self.bytes(of: posted)
  }

  init(_ kind: Kind, isFailure: Bool = false, _ wishes: RankWishes = [], length: Int, posted: Int) {
    (self.kind, self.isFailure, self.wishes) = (kind, isFailure, wishes)
    (self.length, self.posted) = (length, posted)
  }

  /// `nil` where these are the bytes of no header.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.size, let kind = bytes.first.flatMap(Kind.init) else { return nil }
    let rest = Array(bytes.dropFirst())
    self.init(
      kind, isFailure: rest[0] != 0, RankWishes(rawValue: rest[1]), length: Self.number(rest[2..<10]),
      posted: Self.number(rest[10..<18]))
  }

  private static func bytes(of number: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
