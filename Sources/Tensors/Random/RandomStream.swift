import Kernels

/// Random numbers by position: Philox4x32-10 (Salmon et al., SC 2011), keyed by a seed and by the path of names that
/// leads to the stream. Two streams with different paths have nothing to do with each other, whatever either draws.
public struct RandomStream: Sendable {
  private let key: SIMD2<UInt32>
  private let stream: UInt64
  private var block: UInt64 = 0
  private var buffer = SIMD4<UInt32>.zero
  private var used = 4
  private var spareNormal: Float?

  /// The stream of `seed` at `path`.
  public init(seed: UInt64, path: [String] = []) {
    self.init(seed: seed, stream: path.reduce(RandomStream.root) { RandomStream.step($0, Array($1.utf8)) })
  }

  private init(seed: UInt64, stream: UInt64) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.stream = stream
  }

  /// What a stream is known by: two with the same one draw the same numbers from their beginning.
  public struct Identity: Sendable, Hashable, Codable {
    public let seed: UInt64
    let stream: UInt64
  }

  public var identity: Identity { Identity(seed: seed, stream: stream) }

  /// The stream that was known by this, from its beginning.
  public init(_ identity: Identity) { self.init(seed: identity.seed, stream: identity.stream) }

  private var seed: UInt64 { UInt64(key[0]) | UInt64(key[1]) << 32 }

  /// The stream one name further down the path, from its beginning.
  public func substream(_ name: String) -> RandomStream {
    RandomStream(seed: seed, stream: RandomStream.step(stream, Array(name.utf8)))
  }

  /// The stream number `index` below this one, from its beginning.
  public func substream(_ index: Int) -> RandomStream { substream("#\(index)") }

  /// 32 random bits.
  public mutating func next() -> UInt32 {
    if used == 4 {
      let counter = SIMD4(
        UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32))
      buffer = philox(counter, key: key)
      block += 1
      used = 0
    }
    used += 1
    return buffer[used - 1]
  }

  /// Uniform in [0, 1), a multiple of 2⁻²⁴.
  public mutating func uniform() -> Float { Float(next() >> 8) * 0x1p-24 }

  /// Uniform from the lower bound up to the upper.
  public mutating func uniform(in range: ClosedRange<Float>) -> Float {
    min(range.upperBound, range.lowerBound.addingProduct(uniform(), range.upperBound - range.lowerBound))
  }

  /// Normal with mean 0 and standard deviation 1 (Box–Muller); at most 5.9 in magnitude.
  public mutating func normal() -> Float {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    let radius = (-2 * Elementary.log(1 - uniform())).squareRoot()
    let angle = 6.283_185_3 * uniform()
    spareNormal = radius * Elementary.sin(angle)
    return radius * Elementary.cos(angle)
  }

  /// Uniform in 0 ..< bound, without bias (Lemire 2019). `bound` lies in 1 … 2³² − 1.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= Int(UInt32.max), "a bound lies in 1 … 2³² − 1")
    let bound = UInt32(bound)
    let threshold = (0 &- bound) % bound
    while true {
      let product = bound.multipliedFullWidth(by: next())
      if product.low >= threshold { return Int(product.high) }
    }
  }

  /// The elements in random order (Fisher–Yates).
  public mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
    var result = Array(elements)
    guard result.count > 1 else { return result }
    for last in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(last, integer(below: last + 1)) }
    return result
  }

  private static let root: UInt64 = 0x636e_705f_7374_726d

  /// A 64-bit digest of the path so far and one more name, by SplitMix64's mixer; the name's length enters, so that no two
  /// paths are spelt alike.
  private static func step(_ digest: UInt64, _ name: [UInt8]) -> UInt64 {
    var digest = mix(digest ^ UInt64(name.count))
    for byte in name { digest = mix(digest ^ UInt64(byte)) }
    return digest
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var value = value &+ 0x9e37_79b9_7f4a_7c15
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}

/// Ten rounds of Philox4x32 on a counter: 128 random bits.
package func philox(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
  var counter = counter
  var key = key
  for _ in 0..<10 {
    let first = counter[0].multipliedFullWidth(by: 0xd251_1f53)
    let second = counter[2].multipliedFullWidth(by: 0xcd9e_8d57)
    counter = SIMD4(second.high ^ counter[1] ^ key[0], second.low, first.high ^ counter[3] ^ key[1], first.low)
    key = SIMD2(key[0] &+ 0x9e37_79b9, key[1] &+ 0xbb67_ae85)
  }
  return counter
}
