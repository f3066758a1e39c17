import Angiography
import Files
import Testing

@Suite struct ImageReading {
  @Test func everyKindReadsAsPillowReadsIt() throws {
    for (name, expected) in try Fixtures.load().images {
      let image = try readImage(Fixtures.images + "/" + name)
      #expect(image.width == expected.width && image.height == expected.height, "\(name)")
      #expect("\(image.model)" == expected.model && image.hasAlpha == expected.hasAlpha, "\(name)")
      #expect(image.fullScale == expected.fullScale, "\(name)")
      #expect(image.samples.count == expected.samples.count, "\(name)")
      let worst = zip(image.samples, expected.samples).map { abs(Int($0) - $1) }.max() ?? 0
      #expect(worst <= expected.tolerance, "\(name)")
      for (colour, numbers) in zip(image.palette, expected.palette) {
        #expect([colour.red, colour.green, colour.blue, colour.alpha] == numbers, "\(name)")
      }
      #expect(image.palette.count >= expected.palette.count, "\(name)")
      let header = try probeImage(Fixtures.images + "/" + name)
      #expect(header == ImageHeader(format: image.format, width: image.width, height: image.height), "\(name)")
    }
  }

  @Test func aGreyPictureSavedAsColourStaysExactlyGrey() throws {
    let grey = try readImage(Fixtures.images + "/grey.jpg")
    let colour = try readImage(Fixtures.images + "/grey-as-rgb.jpg")
    #expect(colour.model == .colour)
    #expect(colour.grey == grey.grey)
    #expect(grey.grey.pixels == grey.samples.map { Float($0) / 255 })
  }

  @Test func colourBecomesLumaAndTransparencyBlack() {
    let image = RasterImage(
      width: 3, height: 1, model: .colour, hasAlpha: true, fullScale: 255,
      samples: [255, 0, 0, 255, 100, 100, 100, 255, 255, 255, 255, 0])
    #expect(abs(image.grey.pixels[0] - 0.299) < 1e-6)
    #expect(image.grey.pixels[1] == Float(100) / 255)
    #expect(image.grey.pixels[2] == 0)
    #expect(image.indices == nil)
  }

  @Test func paletteImagesGiveBothColoursAndIndices() throws {
    let image = try readImage(Fixtures.images + "/palette-transparent.png")
    let indices = try #require(image.indices)
    #expect(Set(indices) == [0, 1, 2])
    for (index, grey) in zip(indices, image.grey.pixels) {
      #expect(grey == (index == 1 ? 1 : index == 0 ? 0 : grey))
      if index == 2 { #expect(abs(grey - (0.299 * 200 + 0.587 * 30 + 0.114 * 90) / 255 * 128 / 255) < 1e-6) }
    }
  }

  @Test func theFormatIsKnownByContentNotByExtension() throws {
    try withTemporaryFolder { folder in
      for (name, format) in [("grey 8.png", ImageFormat.png), ("colour.jpg", .jpeg), ("tiled.tif", .tiff)] {
        let copy = folder + "/picture.txt"
        try writeFile(try readFile(Fixtures.images + "/" + name), to: copy)
        #expect(try probeImage(copy).format == format)
        #expect(try readImage(copy).format == format)
      }
    }
  }

  @Test func portableMapsOfEveryKind() throws {
    func decode(_ text: String) throws -> RasterImage { try RasterImage(decoding: Array(text.utf8)) }
    let plain = try decode("P2 # grey\n# a comment line\n3 2\n# and another\n1000\n0 500 1000\n1 2 3")
    #expect(plain.samples == [0, 500, 1000, 1, 2, 3] && plain.fullScale == 1000)
    #expect(plain.grey.pixels[1] == 0.5)
    let colour = try decode("P3\n1 1\n255\n10 20 30\n")
    #expect(colour.model == .colour && colour.samples == [10, 20, 30])
    let raw = try RasterImage(decoding: Array("P5 2 1 255\n".utf8) + [7, 255])
    #expect(raw.samples == [7, 255])
    let wide = try RasterImage(decoding: Array("P6\n1 1 65535 ".utf8) + [1, 0, 0, 2, 255, 255])
    #expect(wide.samples == [256, 2, 65535])
  }

  @Test func refusalsAreCodedAndNameTheFile() throws {
    try withTemporaryFolder { folder in
      let cases: [([UInt8], String)] = [
        ([], "file-empty"),
        ([UInt8](repeating: 0, count: 9), "image-unknown-format"),
        (Array("GIF89a........".utf8), "image-unknown-format"),
        (Array("P5 0 4 255\n".utf8), "image-zero-sized"),
        (Array("P5 20000 20000 255\n".utf8), "image-too-large"),
        (Array("P5 3 3 255\n12345678".utf8), "file-truncated"),
        (Array("P2 1 1 70000\n5".utf8), "image-damaged"),
        (Array("P2 1 1 10\n11".utf8), "image-damaged"),
        (Array("P2 1 1 10\nx".utf8), "image-damaged"),
        (try readFile(Fixtures.images + "/cmyk.jpg"), "image-unsupported"),
      ]
      for (bytes, code) in cases {
        let path = folder + "/some file"
        try writeFile(bytes, to: path)
        let error = #expect(throws: ImageError.self) { try readImage(path) }
        #expect(error?.code == code)
        #expect(error?.message.contains(path) == true)
      }
      let missing = #expect(throws: ImageError.self) { try readImage(folder + "/nothing.png") }
      #expect(missing?.code == "file-missing")
      let aFolder = #expect(throws: ImageError.self) { try readImage(folder) }
      #expect(aFolder?.code == "not-a-file")
      let nul = #expect(throws: ImageError.self) { try readImage(folder + "/a\0b.png") }
      #expect(nul?.code == "bad-path")
    }
  }
}
