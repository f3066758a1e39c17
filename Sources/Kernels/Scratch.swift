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
    if memory[slot.rawValue].size < bytes {
      free(memory[slot.rawValue].base)
      guard let base = aligned_alloc(64, (bytes + 63) & ~63) else {
        preconditionFailure("no memory for \(bytes) bytes")
      }
      // Read beyond what is used, so it must never hold what was never written.
      memset(base, 0, bytes)
      memory[slot.rawValue] = Piece(base: base, size: bytes)
    }
    return memory[slot.rawValue].base!.assumingMemoryBound(to: Float.self)
  }

  /// At least `count` integers.
  static func integers(_ slot: Slot, count: Int) -> UnsafeMutablePointer<Int> {
    let ratio = MemoryLayout<Int>.stride / MemoryLayout<Float>.stride
    return UnsafeMutableRawPointer(floats(slot, count: count * ratio)).assumingMemoryBound(to: Int.self)
  }

  private struct Piece {
    var base: UnsafeMutableRawPointer?
    var size = 0
  }

  private static let slots = 6

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { memory in
      guard let pieces = memory?.assumingMemoryBound(to: Piece.self) else { return }
      for slot in 0..<Scratch.slots { free(pieces[slot].base) }
      pieces.deallocate()
    }
    return key
  }()

  private static func current() -> UnsafeMutablePointer<Piece> {
    if let memory = pthread_getspecific(key) { return memory.assumingMemoryBound(to: Piece.self) }
    let pieces = UnsafeMutablePointer<Piece>.allocate(capacity: slots)
    pieces.initialize(repeating: Piece(), count: slots)
    pthread_setspecific(key, pieces)
    return pieces
  }
}
