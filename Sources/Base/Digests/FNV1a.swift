/// A 64-bit digest (FNV-1a): the same everywhere, and different for what differs, by chance alone excepted; not against
/// somebody who wants it to be the same.
public struct FNV1a: Sendable {
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  /// Goes on with a byte; with a larger word it is FNV-1a of words, which takes an eighth of the time.
  public mutating func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01b3 }

  /// The text's bytes, then their number.
  public mutating func add(_ text: String) {
    for byte in text.utf8 { add(UInt64(byte)) }
    add(UInt64(text.utf8.count))
  }

  /// A word a number, then how many there are.
  public mutating func add(_ numbers: [Float]) {
    for number in numbers { add(UInt64(number.bitPattern)) }
    add(UInt64(numbers.count))
  }

  /// In 16 hexadecimal digits.
  public var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
