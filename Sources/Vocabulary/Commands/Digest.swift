/// A 64-bit digest (FNV-1a) of numbers and texts: the same everywhere, and different for what differs, by chance alone
/// excepted; not against somebody who wants it to be the same.
struct Digest {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(UInt64(byte)) }
    add(UInt64(text.utf8.count))
  }

  mutating func add(_ numbers: [Float]) {
    for number in numbers { add(UInt64(number.bitPattern)) }
    add(UInt64(numbers.count))
  }

  private mutating func add(_ word: UInt64) { state = (state ^ word) &* 0x100_0000_01b3 }

  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
