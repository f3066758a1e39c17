// Our own, because the standard library does not promise that its draws stay the same between releases.

extension RandomNumberGenerator {
  /// A number in [0, 1), a multiple of 2⁻⁵³.
  mutating func unitInterval() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number in [−largest, largest).
  mutating func symmetric(_ largest: Double) -> Double {
    (2 * unitInterval() - 1) * largest
  }

  /// A whole number in 0..<count, each as likely; the bias of 2⁻⁶⁴ · count is far below notice.
  mutating func index(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// The elements in a random order (Fisher and Yates).
  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var shuffled = elements
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      shuffled.swapAt(last, index(below: last + 1))
    }
    return shuffled
  }
}
