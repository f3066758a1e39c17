/// Eight floats, the unit of every elementwise kernel. The width is the same on every processor, so are the results.
typealias Lanes = SIMD8<Float>

/// Eight floats from `address`, which needs no alignment.
@inline(__always)
func load(_ address: UnsafePointer<Float>) -> Lanes {
  UnsafeRawPointer(address).loadUnaligned(as: Lanes.self)
}

@inline(__always)
func store(_ lanes: Lanes, _ address: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(address).storeBytes(of: lanes, as: Lanes.self)
}

/// Stores the first `count` lanes, at most eight.
@inline(__always)
func store(_ lanes: Lanes, _ address: UnsafeMutablePointer<Float>, first count: Int) {
  if count == 8 {
    store(lanes, address)
  } else {
    for lane in 0..<count { address[lane] = lanes[lane] }
  }
}

extension SIMD8<Float> {
  /// Where `mask` holds the lane of `yes`, elsewhere that of `no`.
  @inline(__always)
  static func choose(_ mask: SIMDMask<SIMD8<Int32>>, _ yes: Self, _ no: Self) -> Self {
    no.replacing(with: yes, where: mask)
  }

  @inline(__always)
  func smaller(_ other: Self) -> Self { Self.choose(self .< other, self, other) }
}

/// Cuts `count` floats into blocks of 16 Ki floats (64 KiB, which stays in a cache) and hands each block's range to `body`.
@inline(__always)
func forEachBlock(of count: Int, size: Int = 16384, _ body: (Range<Int>) -> Void) {
  parallel((count + size - 1) / size) { block in
    body((block * size)..<min(count, (block + 1) * size))
  }
}

/// Calls `body` with the first index and the number of lanes in use (eight but for the last) of each octet in `range`.
@inline(__always)
func forEachOctet(in range: Range<Int>, _ body: (Int, Int) -> Void) {
  var index = range.lowerBound
  while index &+ 8 <= range.upperBound {
    body(index, 8)
    index &+= 8
  }
  if index < range.upperBound { body(index, range.upperBound &- index) }
}
