import Angiography
import Base
import Fuzzing
import Imaging
import Testing

/// Bytes between the segments of a JPEG that belong to none are passed over, as every viewer does.
@Suite struct StrayBytesTests {
  @Test(arguments: ["grey.jpg", "colour.jpg", "progressive.jpg"])
  func betweenAnyTwoSegments(name: String) throws {
    let plain = try readFile(Fixtures.images + "/" + name)
    let whole = try RasterImage(decoding: plain)
    let starts = segmentStarts(of: plain)
    #expect(starts.count > 4)
    for start in starts {
      for stray: [UInt8] in [[0], [0, 0x37], [0xFF, 0], [0xD8, 0xFF, 0, 0xFF], [UInt8](repeating: 9, count: 5000)] {
        let bytes = Array(plain[..<start] + stray + plain[start...])
        #expect(try RasterImage(decoding: bytes) == whole, "\(stray.prefix(4)) at \(start)")
        #expect(try ImageHeader(decoding: bytes).width == whole.width)
      }
    }
    let everywhere = starts.reversed().reduce(into: plain) { $0.insert(contentsOf: [1, 2], at: $1) }
    #expect(try RasterImage(decoding: everywhere) == whole)
  }

  /// The harmless warning must not hide what is wrong with the pixels.
  @Test func damageBehindThemIsStillSeen() throws {
    let plain = try readFile(Fixtures.images + "/grey.jpg")
    let pixels = try #require(segmentStarts(of: plain).last)
    var refused = 0
    for place in pixels + 12..<plain.count - 2 {
      for value: UInt8 in [0, 0x55, 0xFF] where plain[place] != value {
        var damaged = plain
        damaged[place] = value
        let alone = Result { try RasterImage(decoding: damaged) }
        damaged.insert(contentsOf: [0, 0], at: segmentStarts(of: plain)[1])
        let behindStrayBytes = Result { try RasterImage(decoding: damaged) }
        #expect((try? alone.get()) == (try? behindStrayBytes.get()), "\(place) is \(value)")
        if (try? alone.get()) == nil { refused += 1 }
      }
    }
    #expect(refused > 0)
  }

  @Test func noEndOfThemIsAnEnd() throws {
    let plain = try readFile(Fixtures.images + "/grey.jpg")
    let bytes = Array(plain[..<2] + [UInt8](repeating: 7, count: 1 << 18) + plain[2...])
    #expect(throws: ImageFault.self) { try RasterImage(decoding: bytes) }
    #expect(throws: ImageFault.self) { try ImageHeader(decoding: bytes) }
  }
}
