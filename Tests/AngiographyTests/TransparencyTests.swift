import Angiography
import Base
import Fuzzing
import Imaging
import Testing

/// What is no alpha is not taken as alpha, and alpha that is not meant does not turn a picture black.
@Suite struct TransparencyTests {
  private func page(_ pixels: [[Double]], photometric: Int, extra: [Int]?) -> DrawnTIFF.Page {
    var page = DrawnTIFF.Page(width: pixels.count, height: 1, samples: pixels.flatMap(\.self))
    (page.photometric, page.channels, page.extraSamples) = (photometric, pixels[0].count, extra)
    return page
  }

  private func read(_ pixels: [[Double]], photometric: Int = 2, extra: [Int]?) throws -> RasterImage {
    let bytes = DrawnTIFF(page(pixels, photometric: photometric, extra: extra)).bytes
    let image = try RasterImage(decoding: bytes)
    #expect(try ImageHeader(decoding: bytes).width == image.width)
    return image
  }

  @Test func onlyWhatSaysSoIsAlpha() throws {
    // The fourth channel is 0 everywhere, or says nothing of itself.
    for extra in [[0], nil] {
      let image = try read([[60, 60, 60, 0], [90, 90, 90, 0]], extra: extra)
      #expect(!image.hasAlpha && image.samples == [60, 60, 60, 90, 90, 90])
      #expect(image.fileRemarks == [.channelsLeftOut(1)])
    }
    let alpha = try read([[60, 60, 60, 255], [90, 90, 90, 128]], extra: [2])
    #expect(alpha.hasAlpha && alpha.samples == [60, 60, 60, 255, 90, 90, 90, 128] && alpha.fileRemarks == [])
    let multiplied = try read([[60, 60, 60, 255], [45, 45, 45, 128]], extra: [1])
    #expect(multiplied.samples == [60, 60, 60, 255, 90, 90, 90, 128])
    let behind = try read([[60, 60, 60, 7, 255], [90, 90, 90, 7, 128]], extra: [0, 2])
    #expect(behind.samples == [60, 60, 60, 255, 90, 90, 90, 128] && behind.fileRemarks == [.channelsLeftOut(1)])
    let grey = try read([[60, 0], [90, 0]], photometric: 1, extra: [0])
    #expect(grey.samples == [60, 90] && grey.fileRemarks == [.channelsLeftOut(1)])
    let many = try read([[60, 1, 2, 3, 4, 5], [90, 1, 2, 3, 4, 5]], photometric: 1, extra: nil)
    #expect(many.samples == [60, 90] && many.fileRemarks == [.channelsLeftOut(5)])
    // White is 0, and alpha is not turned around with it.
    let inverted = try read([[60, 255], [90, 128]], photometric: 0, extra: [2])
    #expect(inverted.samples == [195, 255, 165, 128])
  }

  @Test func transparencyThatHidesEverythingIsIgnored() throws {
    var png = DrawnPNG(width: 2, height: 1, samples: [60, 70, 80, 0, 90, 90, 90, 0])
    png.colourType = 6
    let clear = try RasterImage(decoding: png.bytes)
    #expect(!clear.hasAlpha && clear.samples == [60, 70, 80, 90, 90, 90])
    #expect(clear.fileRemarks == [.transparencyIgnored])
    // The only grey there is, named as the transparent one.
    var keyed = DrawnPNG(width: 2, height: 1, samples: [90, 90])
    keyed.chunksBefore = [("tRNS", bigEndian(90, 2))]
    #expect(try RasterImage(decoding: keyed.bytes).samples == [90, 90])
    var palette = DrawnPNG(width: 3, height: 1, samples: [0, 1, 1])
    palette.colourType = 3
    palette.chunksBefore = [("PLTE", [10, 10, 10, 200, 200, 200]), ("tRNS", [0, 0])]
    let image = try RasterImage(decoding: palette.bytes)
    #expect(image.grey.pixels == [10, 200, 200].map { Float($0) / 255 })
    #expect(image.fileRemarks == [.transparencyIgnored])
    // Black ink on a clear ground: alpha is what it shows.
    png.samples = [0, 0, 0, 255, 0, 0, 0, 0]
    #expect(try RasterImage(decoding: png.bytes).hasAlpha)
    // A 16-bit picture of 8 bits is dark, not transparent.
    var dark = DrawnPNG(width: 2, height: 1, samples: [100, 65535, 3, 65535])
    (dark.colourType, dark.bits) = (4, 16)
    #expect(try RasterImage(decoding: dark.bytes).hasAlpha)
  }

  @Test func transparencyThatHidesAPartIsSaid() throws {
    try withTemporaryFolder { root in
      var png = DrawnPNG(width: 4, height: 1, samples: [60, 255, 80, 0, 90, 255, 0, 0])
      png.colourType = 4
      try writeFile(png.bytes, to: root + "/part.png")
      #expect(try readImage(root + "/part.png").grey.pixels == [60, 0, 90, 0].map { Float($0) / 255 })
      #expect(
        try loadDataset(images: root).notes == [
          "transparent pixels are read as black: 25 % of the picture (part.png)"
        ])
    }
  }
}
