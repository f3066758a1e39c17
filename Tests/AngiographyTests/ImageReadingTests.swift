import Angiography
import Base
import Fuzzing
import Imaging
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

  @Test func formatsAreToldApartAndTheReadmeNamesThemAll() throws {
    #expect(Set(ImageFormat.all.map(\.name)).count == ImageFormat.all.count)
    #expect(Set(ImageFormat.endings).count == ImageFormat.endings.count)
    for ending in ImageFormat.endings { #expect(ImageFormat.nameOfOtherFormat(ending: ending) == nil, "\(ending)") }
    let readme = String(decoding: try readFile(Fixtures.folder + "/../../../README.md"), as: UTF8.self)
    #expect(readme.contains("Images are \(ImageFormat.list("or")) files"))
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

  /// TurboJPEG has no name for most ratios of colour to brightness, and decodes them all the same.
  @Test func anyRatioOfColourToBrightnessReads() throws {
    for (across, down) in [(1, 1), (2, 1), (1, 2), (2, 2), (4, 1), (1, 4), (4, 2), (2, 4), (3, 1), (1, 3), (3, 2)] {
      let bytes = flatJPEG(width: 50, height: 40, sampling: [(across, down), (1, 1), (1, 1)])
      let image = try RasterImage(decoding: bytes)
      #expect(image.model == .colour && image.samples.allSatisfy { $0 == 128 }, "\(across) × \(down)")
      #expect(try ImageHeader(decoding: bytes).width == 50)
    }
  }

  /// What probing and reading refuse alike, each for its own reason.
  @Test func unusualJPEGsAreRefusedByTheirKind() throws {
    let plain = flatJPEG(width: 16, height: 16, sampling: [(1, 1)])
    let frame = try #require(plain.indices.first { $0 > 0 && plain[$0 - 1] == 0xFF && plain[$0] == 0xC0 })
    func changed(_ place: Int, _ value: UInt8) -> [UInt8] {
      var bytes = plain
      bytes[place] = value
      return bytes
    }
    let cases: [(bytes: [UInt8], words: String)] = [
      (changed(frame, 0xC3), "lossless"), (changed(frame + 3, 12), "12 bits"),
      (flatJPEG(width: 16, height: 16, sampling: [(1, 1), (1, 1)]), "2 components"),
      (flatJPEG(width: 16, height: 16, sampling: [(1, 1), (1, 1), (1, 1), (1, 1)]), "CMYK"),
    ]
    for (bytes, words) in cases {
      for body in [{ _ = try RasterImage(decoding: bytes) }, { _ = try ImageHeader(decoding: bytes) }] {
        let fault = #expect(throws: ImageFault.self, "\(words)") { try body() }
        #expect(fault?.code == "image-unsupported" && fault?.reason.contains(words) == true)
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
