import Base
import Testing

struct StoredFormTests {
  private struct Leaf: Codable, Hashable {
    var name: String
    var numbers: [Float]
    var places: [Double]
    var bytes: [UInt8]
    var small: Int8
    var large: UInt64
    var missing: Int?
    var there: Bool?
  }
  private enum Shape: Codable, Hashable {
    case point
    case circle(radius: Double)
    case tree(left: [Shape], label: String)
  }
  private struct Everything: Codable, Hashable {
    var leaf: Leaf
    var shapes: [Shape]
    var dictionary: [String: [Leaf]]
    var nested: [[Double]?]
    var range: ClosedRange<Double>
  }

  private static let leaf = Leaf(
    name: "é/\0", numbers: [0, -0, .infinity, .leastNonzeroMagnitude, 0.1], places: [1e-300, .pi], bytes: [0, 255],
    small: -128, large: .max, missing: nil, there: true)
  private static let value = Everything(
    leaf: leaf, shapes: [.point, .circle(radius: 0.1), .tree(left: [.point, .tree(left: [], label: "")], label: "x")],
    dictionary: ["b": [leaf], "a": [], "ä": [leaf, leaf]], nested: [[1, 2], nil, []], range: -1...0.5)

  @Test func valuesComeBackExactly() throws {
    let bytes = try storedForm(of: Self.value)
    let back = try restored(Everything.self, from: bytes)
    #expect(back == Self.value)
    #expect(try storedForm(of: back) == bytes)
  }

  @Test func notANumberKeepsItsBits() throws {
    let odd = [Float(bitPattern: 0x7FC0_1234), Float(bitPattern: 0xFF80_0001)]
    let back = try restored([Float].self, from: try storedForm(of: odd))
    #expect(back.map(\.bitPattern) == odd.map(\.bitPattern))
    let double = Double(bitPattern: 0x7FF8_0000_DEAD_BEEF)
    #expect(try restored(Double.self, from: try storedForm(of: double)).bitPattern == double.bitPattern)
  }

  /// A dictionary has no order of its own, and a digest must not have one either.
  @Test func theSameValueHasTheSameBytes() throws {
    let names = (0..<100).map(String.init)
    let forward = Dictionary(uniqueKeysWithValues: names.map { ($0, 1) })
    var backward: [String: Int] = [:]
    for name in names.reversed() { backward[name] = 1 }
    #expect(try storedForm(of: forward) == storedForm(of: backward))
  }

  /// Whatever happens to bytes, reading them gives a value or an error: it never ends the program.
  @Test func damagedBytesAreRefused() throws {
    let whole = try storedForm(of: Self.value)
    for count in 0..<whole.count {
      #expect(throws: (any Error).self) { try restored(Everything.self, from: Array(whole.prefix(count))) }
    }
    #expect(throws: (any Error).self) { try restored(Everything.self, from: whole + [0]) }
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: .min ... .max, using: &generator)
      }
      _ = try? restored(Everything.self, from: bytes)
    }
  }

  @Test func endlessNestingIsRefused() throws {
    // A list in a list in a list …
    let bytes = (0..<200_000).map { UInt8($0 % 2 == 0 ? 11 : 1) }
    #expect(throws: DecodingError.self) { try restored(Shape.self, from: bytes) }
  }
}
