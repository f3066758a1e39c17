/// Several PNG files as one that shows them by turns without end (APNG, of the PNG specification's third edition, 2025).
///
/// The first file stays whole in it: a reader that knows no animation shows that picture. What each of the others has for
/// pixels follows as `fdAT`, headed as every picture is by an `fcTL`.
/// - Parameters:
///   - files: at least two of one size and kind, as the renderer has written them.
///   - seconds: that each is seen, to a thousandth.
func animatedPNG(_ files: [[UInt8]], seconds: Double) -> [UInt8] {
  let pictures = files.map(PNGChunk.all(of:))
  guard let first = pictures.first, let header = first.first,
    pictures.allSatisfy({ $0.first?.content == header.content }),
    let pixels = first.firstIndex(where: { $0.name == "IDAT" })
  else { preconditionFailure("pictures that take turns are of one size and kind") }
  var animation = AnimatedPNG(extent: header.content.prefix(8), milliseconds: Int((1000 * seconds).rounded()))
  animation.add(header)
  animation.add(PNGChunk("acTL", bigEndian(files.count, bytes: 4) + bigEndian(0, bytes: 4)))
  for chunk in first[1..<pixels] { animation.add(chunk) }
  animation.addTiming()
  for chunk in first[pixels...] where chunk.name == "IDAT" { animation.add(chunk) }
  for picture in pictures.dropFirst() {
    animation.addTiming()
    animation.addPixels(picture.filter { $0.name == "IDAT" }.flatMap(\.content))
  }
  animation.add(PNGChunk("IEND", []))
  return animation.bytes
}

/// The file under construction.
private struct AnimatedPNG {
  private(set) var bytes = PNGChunk.signature
  private let extent: ArraySlice<UInt8>
  private let milliseconds: Int
  /// One sequence counts the timings and what has the pixels of later pictures.
  private var number = 0

  init(extent: ArraySlice<UInt8>, milliseconds: Int) { (self.extent, self.milliseconds) = (extent, milliseconds) }

  mutating func add(_ chunk: PNGChunk) { bytes += chunk.bytes }

  /// A picture of the whole size, which covers the one before.
  mutating func addTiming() {
    let place = bigEndian(0, bytes: 8)
    let delay = bigEndian(milliseconds, bytes: 2) + bigEndian(1000, bytes: 2)
    add(PNGChunk("fcTL", counted() + extent + place + delay + [0, 0]))
  }

  mutating func addPixels(_ pixels: [UInt8]) { add(PNGChunk("fdAT", counted() + pixels)) }

  private mutating func counted() -> [UInt8] {
    defer { number += 1 }
    return bigEndian(number, bytes: 4)
  }
}
