// Loops over the pixels of one picture, which lie row by row: `pixels[y · width + x]`. They run on the calling thread.

/// `count` elements that `write` sets, each of them.
@inline(__always)
func written<Element>(_ count: Int, _ write: (UnsafeMutablePointer<Element>) -> Void) -> [Element] {
  [Element](unsafeUninitializedCapacity: count) { buffer, used in
    if let base = buffer.baseAddress { write(base) }
    used = count
  }
}

/// `count` elements, `value` at first, for as long as `body` runs.
@inline(__always)
func withScratch<Element: BitwiseCopyable, Result>(
  _ count: Int, filledWith value: Element, _ body: (UnsafeMutablePointer<Element>) -> Result
) -> Result {
  let memory = UnsafeMutablePointer<Element>.allocate(capacity: count)
  memory.initialize(repeating: value, count: count)
  defer { memory.deallocate() }
  return body(memory)
}

extension Array {
  /// The elements by their address, which must not be kept.
  @inline(__always)
  func withBase<Result>(_ body: (UnsafePointer<Element>) -> Result) -> Result {
    withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("a picture has pixels") }
      return body(base)
    }
  }

  /// The same, to be changed.
  @inline(__always)
  mutating func withMutableBase<Result>(_ body: (UnsafeMutablePointer<Element>) -> Result) -> Result {
    withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("a picture has pixels") }
      return body(base)
    }
  }
}
