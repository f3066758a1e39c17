/// A vector register of floats, of one width or another. Its operations are named, each written for the one type: the
/// operators of SIMD types in general go lane by lane.
protocol TileVector: SIMD where Scalar == Float {
  /// self + a · b with one rounding.
  func fused(_ a: Self, _ b: Self) -> Self
  func plus(_ other: Self) -> Self
  func minus(_ other: Self) -> Self
  func times(_ other: Self) -> Self
  /// The larger lane of both; the other's where one is NaN only if it stands second.
  func larger(_ other: Self) -> Self
  /// What `body` makes of each eight lanes.
  func byOctets(_ body: (Lanes) -> Lanes) -> Self
}

extension TileVector {
  /// The numbers from `address` on, which needs no alignment.
  @inline(__always)
  init(at address: UnsafePointer<Float>) { self = UnsafeRawPointer(address).loadUnaligned(as: Self.self) }

  @inline(__always)
  func put(_ address: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(address).storeBytes(of: self, as: Self.self)
  }

  /// Stores the first `count` lanes, all of them at most.
  @inline(__always)
  func put(_ address: UnsafeMutablePointer<Float>, first count: Int) {
    if count == Self.scalarCount {
      put(address)
    } else {
      for lane in 0..<count { address[lane] = self[lane] }
    }
  }

  /// self · factor + term with one rounding.
  @inline(__always)
  func timesPlus(_ factor: Self, _ term: Self) -> Self { term.fused(self, factor) }
}

extension SIMD8<Float>: TileVector {
  @inline(__always) func fused(_ a: Self, _ b: Self) -> Self { addingProduct(a, b) }
  @inline(__always) func plus(_ other: Self) -> Self { self + other }
  @inline(__always) func minus(_ other: Self) -> Self { self - other }
  @inline(__always) func times(_ other: Self) -> Self { self * other }
  @inline(__always) func larger(_ other: Self) -> Self { other.replacing(with: self, where: self .> other) }
  @inline(__always) func byOctets(_ body: (Lanes) -> Lanes) -> Self { body(self) }
}

extension SIMD16<Float>: TileVector {
  @inline(__always) func fused(_ a: Self, _ b: Self) -> Self { addingProduct(a, b) }
  @inline(__always) func plus(_ other: Self) -> Self { self + other }
  @inline(__always) func minus(_ other: Self) -> Self { self - other }
  @inline(__always) func times(_ other: Self) -> Self { self * other }
  @inline(__always) func larger(_ other: Self) -> Self { other.replacing(with: self, where: self .> other) }
  @inline(__always) func byOctets(_ body: (Lanes) -> Lanes) -> Self {
    Self(lowHalf: body(lowHalf), highHalf: body(highHalf))
  }
}
