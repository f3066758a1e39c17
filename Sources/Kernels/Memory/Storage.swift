import Glibc

/// A block of 32-bit floats on a 64-byte boundary: the only memory tensors live in.
///
/// Sendable without a check by the compiler because its owner keeps the rule: a tensor writes only to storage that
/// nobody else refers to, a plan only to its own arena.
public final class Storage: @unchecked Sendable {
  let base: UnsafeMutablePointer<Float>
  private let memory: Memory
  public let count: Int

  /// Small pieces come from the heap, large ones from the system.
  private enum Memory {
    case heap(UnsafeMutableRawPointer)
    case block(Block)
  }

  /// Where the floats lie, for a library that moves their bytes; good as long as the storage is.
  public var address: UnsafeMutableRawPointer { UnsafeMutableRawPointer(base) }

  /// Storage of `count` zeros. Large storage takes physical memory only when first written.
  public init(count: Int) {
    let bytes = (count + Storage.slack) * MemoryLayout<Float>.stride
    self.count = count
    if bytes >= Storage.large {
      let block = Block(size: bytes)
      memory = .block(block)
      base = block.base.assumingMemoryBound(to: Float.self)
    } else {
      guard let piece = calloc(bytes, 1) else { preconditionFailure("no memory for \(count) floats") }
      memory = .heap(piece)
      base = UnsafeMutablePointer<Float>(bitPattern: (UInt(bitPattern: piece) + 63) & ~63)!
    }
  }

  deinit {
    switch memory {
    case .heap(let piece): free(piece)
    case .block(let block): block.free()
    }
  }

  private static let large = 1 << 20

  /// Floats beyond the end which a kernel may read (never use): room for the alignment and for a whole vector.
  private static let slack = 64
}

/// A run of floats inside a storage, which it keeps alive. Kernels take and give regions, so no one above this module
/// holds a pointer.
public struct Region: Sendable {
  public let storage: Storage
  public let offset: Int
  public let count: Int

  public init(_ storage: Storage, offset: Int = 0, count: Int? = nil) {
    let count = count ?? storage.count - offset
    precondition(offset >= 0 && count >= 0 && offset + count <= storage.count, "a region lies inside its storage")
    self.storage = storage
    self.offset = offset
    self.count = count
  }

  /// The `count` floats from `offset` on.
  public func part(_ offset: Int, _ count: Int) -> Region {
    precondition(offset >= 0 && count >= 0 && offset + count <= self.count, "a part lies inside its region")
    return Region(storage, offset: self.offset + offset, count: count)
  }

  /// The floats of one image of a batch.
  public func image(_ index: Int, of batch: Int) -> Region { part(index * (count / batch), count / batch) }

  @inline(__always) var base: UnsafeMutablePointer<Float> { storage.base + offset }

  /// A copy of the floats.
  public var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }

  public subscript(_ index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "an index lies inside its region")
      return base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count, "an index lies inside its region")
      base[index] = newValue
    }
  }

  public func copy(_ values: [Float]) {
    precondition(values.count == count, "as many values as floats")
    values.withUnsafeBufferPointer { if let source = $0.baseAddress { base.update(from: source, count: count) } }
  }

  public func copy(_ source: Region) {
    precondition(source.count == count, "a copy has the size of its source")
    base.update(from: source.base, count: count)
  }

  public func fill(_ value: Float) { base.update(repeating: value, count: count) }
}
