import Glibc

/// Working memory of the calling thread, kept from kernel to kernel so that none allocates after the first.
enum Scratch {
  /// What the memory is for; uses of one thread at one time have different slots.
  enum Slot: Int {
    case packedWeights, window, offsets, partialSums, transformedInput, products
  }

  /// At least `count` floats on a 64-byte boundary, with whatever was in them, and room for a vector to be read beyond.
  static func floats(_ slot: Slot, count: Int) -> UnsafeMutablePointer<Float> {
    let memory = current()
    let bytes = (count + 64) * MemoryLayout<Float>.stride
    if memory[slot.rawValue]?.size ?? 0 < bytes {
      memory[slot.rawValue]?.free()
      memory[slot.rawValue] = Block(size: bytes)
    }
    return memory[slot.rawValue]!.base.assumingMemoryBound(to: Float.self)
  }

  /// At least `count` integers.
  static func integers(_ slot: Slot, count: Int) -> UnsafeMutablePointer<Int> {
    let ratio = MemoryLayout<Int>.stride / MemoryLayout<Float>.stride
    return UnsafeMutableRawPointer(floats(slot, count: count * ratio)).assumingMemoryBound(to: Int.self)
  }

  private static let slots = 6

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { memory in
      guard let pieces = memory?.assumingMemoryBound(to: Block?.self) else { return }
      for slot in 0..<Scratch.slots { pieces[slot]?.free() }
      pieces.deallocate()
    }
    return key
  }()

  private static func current() -> UnsafeMutablePointer<Block?> {
    if let memory = pthread_getspecific(key) { return memory.assumingMemoryBound(to: Block?.self) }
    let pieces = UnsafeMutablePointer<Block?>.allocate(capacity: slots)
    pieces.initialize(repeating: nil, count: slots)
    pthread_setspecific(key, pieces)
    return pieces
  }
}
