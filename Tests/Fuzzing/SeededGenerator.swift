/// Random numbers from a seed (SplitMix64): the same inputs on every machine.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// A stream of its own for each number under a seed, so that any input can be made again alone.
  public init(seed: UInt64, index: Int) {
    var first = SeededGenerator(seed: seed)
    state = first.next() &+ UInt64(truncatingIfNeeded: index) &* 0xd134_2543_de82_ef95
    _ = next()
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number from 0 to below `count`. Cheaper than an unbiased draw, which inputs don't need.
  public mutating func below(_ count: Int) -> Int {
    Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(count)) >> 32)
  }

  /// Whether something happens that happens once in `count` times.
  public mutating func once(in count: Int) -> Bool { below(count) == 0 }

  /// One of them; there is one.
  public mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}
