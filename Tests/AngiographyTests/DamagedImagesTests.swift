import Angiography
import Base
import Imaging
import Testing

/// No file, however damaged, may end the program or ask for memory without end.
@Suite struct DamagedImages {
  static let files = [
    "grey 8.png", "palette.png", "rgba.png", "grey16.png", "grey.jpg", "progressive.jpg", "grey-lzw.tif",
    "tiled-rgb.tif",
    "planar16-big-endian.tif", "grey16-deflate.tif", "bits.tif", "palette.tif",
  ]

  @Test(arguments: files) func cutAtEveryByteIsRefusedOrStillWhole(name: String) throws {
    let bytes = try readFile(Fixtures.images + "/" + name)
    let whole = try RasterImage(decoding: bytes)
    for count in 0..<bytes.count {
      let part = Array(bytes.prefix(count))
      do {
        let image = try RasterImage(decoding: part)
        // TIFF may end in bytes that nothing points to.
        #expect(image == whole && name.hasSuffix(".tif"), "\(name) cut to \(count) bytes")
      } catch {
        let isCut = ["file-truncated", "file-empty", "image-damaged", "image-unknown-format"].contains(error.code)
        #expect(isCut, "\(name) cut to \(count) bytes: \(error.code)")
        if !name.hasSuffix(".tif") {
          #expect(error.code == "file-truncated" || count == 0 || count < 3, "\(name) cut to \(count): \(error.code)")
        }
      }
    }
  }

  @Test(arguments: files) func anyByteMayBeWrong(name: String) throws {
    let bytes = try readFile(Fixtures.images + "/" + name)
    var generator = SeededGenerator(7)
    for _ in 0..<3000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        damaged[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      // Either an image or a coded refusal; both are fine, a crash is not.
      if let image = try? RasterImage(decoding: damaged) {
        #expect(image.grey.pixels.count == image.width * image.height)
        #expect(image.grey.pixels.allSatisfy { $0 >= 0 && $0 <= 1 })
      }
      _ = try? ImageHeader(decoding: damaged)
    }
  }

  @Test func lyingSizesAreRefusedBeforeMemoryIsAskedFor() throws {
    var png = try readFile(Fixtures.images + "/grey 8.png")
    func code(_ bytes: [UInt8]) -> String? {
      let error = #expect(throws: ImageFault.self) { try RasterImage(decoding: bytes) }
      return error?.code
    }
    png.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])  // 65536 × 65536
    #expect(code(png) == "image-too-large")
    png.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
    #expect(code(png) == "image-too-large")
    png.replaceSubrange(16..<24, with: [0, 0, 0, 0, 0, 0, 0, 9])
    #expect(code(png) == "image-zero-sized")

    var jpeg = try readFile(Fixtures.images + "/grey.jpg")
    let frame = try #require(jpeg.indices.first { $0 > 0 && jpeg[$0 - 1] == 0xFF && jpeg[$0] == 0xC0 })
    jpeg.replaceSubrange(frame + 4..<frame + 8, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(code(jpeg) == "image-too-large")
    jpeg.replaceSubrange(frame + 4..<frame + 8, with: [0, 0, 0, 9])
    #expect(code(jpeg) == "image-zero-sized")
  }

  @Test func garbageOfEveryLengthIsRefused() {
    var generator = SeededGenerator(3)
    let starts: [[UInt8]] = [
      [], Array("P5 ".utf8), Array("P3 9 9 255 ".utf8), [0xFF, 0xD8, 0xFF, 0xE0], [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0],
      [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
    ]
    for _ in 0..<2000 {
      let start = starts.randomElement(using: &generator) ?? []
      let noise = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      _ = try? RasterImage(decoding: start + noise)
      _ = try? RasterImage(decoding: start + [UInt8](repeating: 0, count: noise.count))
    }
  }
}
