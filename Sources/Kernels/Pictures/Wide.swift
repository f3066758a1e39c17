/// Sixteen floats: a register of AVX-512, two of AVX2. Their width is the same in every build, so are the results.
typealias Wide = SIMD16<Float>

@inline(__always)
func wide(_ address: UnsafePointer<Float>) -> Wide { UnsafeRawPointer(address).loadUnaligned(as: Wide.self) }

@inline(__always)
func store(_ value: Wide, _ address: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(address).storeBytes(of: value, as: Wide.self)
}
