import Glibc

/// A block of zeros straight from the system, on large pages where it is large: a convolution walks through dozens of
/// places at once, and with 4 KiB pages each would cost the processor a search for its address.
///
/// Takes physical memory only where it is written.
struct Block {
  let base: UnsafeMutableRawPointer
  let size: Int
  private let mapping: UnsafeMutableRawPointer
  private let mappedSize: Int

  private static let largePage = 2 << 20

  init(size: Int) {
    self.size = size
    let isLarge = size >= Block.largePage
    mappedSize = isLarge ? size + Block.largePage : size
    guard let mapping = mmap(nil, mappedSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      mapping != MAP_FAILED
    else { preconditionFailure("no memory for \(size) bytes") }
    self.mapping = mapping
    if isLarge {
      let address = (UInt(bitPattern: mapping) + UInt(Block.largePage - 1)) & ~UInt(Block.largePage - 1)
      base = UnsafeMutableRawPointer(bitPattern: address)!
      // Only advice: without it the same numbers come, later.
      madvise(base, size, 14)  // MADV_HUGEPAGE
    } else {
      base = mapping
    }
  }

  func free() { munmap(mapping, mappedSize) }
}
