import Angiography
import Base
import Fuzzing
import Imaging
import Testing

/// Files of 16 bits of which a camera uses fewer look as they do in 8 bits.
@Suite struct SampleRangeTests {
  /// A lit disc with a dark one in it, on a black ground; `step` is the value of one 8-bit grey.
  private func eye(step: Int, side: Int = 64) -> [Int] {
    func isInside(_ x: Int, _ y: Int, _ radius: Int) -> Bool {
      let (dx, dy) = (2 * x + 1 - side, 2 * y + 1 - side)
      return dx * dx + dy * dy < 4 * radius * radius
    }
    return (0..<side * side).map { i in
      let (x, y) = (i % side, i / side)
      guard isInside(x, y, side * 47 / 100) else { return 0 }
      return step * (isInside(x, y, side / 5) ? 40 : 110 + (x * 7 + y * 3) % 60)
    }
  }

  private func png(_ samples: [Int], significant: Int? = nil) -> [UInt8] {
    var png = DrawnPNG(width: 64, height: 64, samples: samples)
    png.bits = 16
    if let significant { png.chunksBefore = [("sBIT", [UInt8(significant)])] }
    return png.bytes
  }

  private func tiff(_ samples: [Int], _ change: (inout DrawnTIFF.Page) -> Void = { _ in }) -> [UInt8] {
    var page = DrawnTIFF.Page(width: 64, height: 64, samples: samples.map(Double.init))
    page.bits = 16
    change(&page)
    return DrawnTIFF(page).bytes
  }

  @Test(arguments: [(1, 255), (4, 1023), (16, 4095), (64, 16383), (257, 65535)])
  func theFewestUsualBitsAreUsed(step: Int, white: Int) throws {
    let samples = eye(step: step)
    let map = Array("P5 64 64 65535\n".utf8) + samples.flatMap { bigEndian($0, 2) }
    let eight = try RasterImage(decoding: DrawnPNG(width: 64, height: 64, samples: eye(step: 1)).bytes).grey
    for bytes in [png(samples), tiff(samples), map] {
      let image = try RasterImage(decoding: bytes)
      #expect(image.white == white && image.fullScale == 65535)
      #expect(image.grey.pixels == samples.map { Float($0) / Float(white) })
      #expect(zip(image.grey.pixels, eight.pixels).allSatisfy { abs($0 - $1) < 0.004 })
      #expect(findFieldOfView(image.grey) == findFieldOfView(eight))
      #expect(image.samples == samples.map { UInt16($0) })
    }
  }

  @Test func whatAFileSaysGoesFirst() throws {
    let samples = eye(step: 4)
    #expect(try RasterImage(decoding: png(samples, significant: 12)).white == 4095)
    #expect(try RasterImage(decoding: png(samples, significant: 11)).white == 2047)
    #expect(try RasterImage(decoding: png(samples, significant: 16)).white == 65535)
    // What a pixel contradicts is not believed.
    #expect(try RasterImage(decoding: png(samples, significant: 8)).white == 1023)
    #expect(try RasterImage(decoding: tiff(samples) { $0.maxSampleValue = 4095 }).white == 4095)
    #expect(try RasterImage(decoding: tiff(samples) { $0.largestSampleValue = 16383 }).white == 16383)
    #expect(try RasterImage(decoding: tiff(samples) { $0.maxSampleValue = 255 }).white == 1023)
    // Some write what the pixels reach, and all of 16 bits is what the tag means where it is missing.
    #expect(try RasterImage(decoding: tiff(samples) { $0.maxSampleValue = 3000 }).white == 4095)
    #expect(try RasterImage(decoding: tiff(samples) { $0.maxSampleValue = 65535 }).white == 1023)
    let map = Array("P5 64 64 1000\n".utf8) + samples.flatMap { bigEndian($0, 2) }
    #expect(try RasterImage(decoding: map).white == 1000)
    // Samples that fill no two bytes name their bits.
    for bits in [10, 12, 14] {
      let packed = try RasterImage(decoding: tiff(samples) { $0.bits = bits })
      #expect(packed.samples == samples.map { UInt16($0) } && packed.white == (1 << bits) - 1)
    }
    // White is 0: black is the largest value of the camera.
    let inverted = try RasterImage(decoding: tiff(eye(step: 16).map { 4095 - $0 }) { $0.photometric = 0 })
    #expect(inverted.grey.pixels == eye(step: 16).map { Float($0) / 4095 })
  }

  /// One rule for a dataset: a dark picture stays darker than a bright one.
  @Test func allImagesOfADatasetDecideTogether() throws {
    try withTemporaryFolder { root in
      let dark = eye(step: 16).map { $0 / 16 }
      try writeFile(png(eye(step: 16)), to: root + "/bright.png")
      try writeFile(png(dark), to: root + "/dark.png")
      let loaded = try loadDataset(images: root)
      let images = loaded.dataset.samples.map(\.image)
      #expect(images[0].pixels == eye(step: 16).map { Float($0) / 4095 })
      #expect(images[1].pixels == dark.map { Float($0) / 4095 })
      #expect(loaded.dataset.samples.map(\.depth) == [.sixteen, .sixteen])
      let largest = eye(step: 16).max() ?? 0
      #expect(
        loaded.notes == [
          "images that use few of their bits: values reach \(largest) of 65535, read as 12 bits (bright.png, dark.png)"
        ])
      // Alone it has a rule of its own.
      #expect(try readImage(root + "/dark.png").white == 255)
      // A file that says what is white counts with that.
      try writeFile(png(dark, significant: 14), to: root + "/said.png")
      let more = try loadDataset(images: root)
      #expect(more.dataset.samples[2].image.pixels == dark.map { Float($0) / 16383 })
      #expect(more.dataset.samples[1].image.pixels == dark.map { Float($0) / 16383 })
      #expect(more.notes.count == 1 && more.notes[0].contains("14 bits, as the file itself shows (said.png)"))
    }
  }

  /// As the PNG specification has it: few bits at the upper end, with zeros or themselves below.
  @Test func significantBitsAtTheUpperEnd() throws {
    for low in [{ (_: Int) in 0 }, { $0 >> 8 }] {
      let samples = eye(step: 16).map { $0 << 4 | low($0) }
      let image = try RasterImage(decoding: png(samples, significant: 12))
      #expect(image.white == 65535)
      // A dark frame of the same series, which would fit the lower end.
      let dark = eye(step: 1).map { $0 << 4 | low($0) }
      #expect(try RasterImage(decoding: png(dark, significant: 12)).white == 65535)
    }
  }

  /// 0 is white in these files: all frames together decide what is black.
  @Test func invertedImagesOfADatasetDecideTogether() throws {
    try withTemporaryFolder { root in
      let bright = eye(step: 16)
      let frames = [bright, bright.map { $0 / 4 }]
      for (number, frame) in frames.enumerated() {
        let bytes = tiff(frame) { page in
          page.photometric = 0
          page.orientation = number == 0 ? 1 : 3
        }
        try writeFile(bytes, to: root + "/\(number).tif")
      }
      let samples = try loadDataset(images: root).dataset.samples
      #expect(samples[0].image.pixels == frames[0].map { Float(4095 - $0) / 4095 })
      #expect(samples[1].image.pixels == frames[1].reversed().map { Float(4095 - $0) / 4095 })
      // Alone its own values decide, and so they do for a mask.
      #expect(try readImage(root + "/1.tif").grey.pixels == frames[1].reversed().map { Float(1023 - $0) / 1023 })
    }
  }

  @Test func whatOtherMapsOfAFileSayIsTheirs() throws {
    let map = Array("P5\n2 1\n65535\n".utf8) + [0x0F, 0xFF, 0, 0]
    let other = Array("P5\n# white 65535\n2 1\n65535\n".utf8) + [0x0F, 0xFF, 0, 0]
    #expect(try RasterImage(decoding: map + other).white == 4095)
    #expect(try RasterImage(decoding: other + map).white == 65535)
  }

  @Test func whiteBeyondAllBitsIsNoWhite() throws {
    for value in [0x7FFF_FFFF_FFFF_FFFF, 1 << 40, 65536] {
      var bytes = tiff(eye(step: 4)) { $0.largestSampleValue = 4095 }
      // The tag's type becomes that of 8 bytes, of which the value is put behind the file's end.
      let entry = try #require(
        (0..<bytes.count - 12).first { bytes[$0...].starts(with: [0x55, 0x01, 3, 0, 1, 0, 0, 0]) })
      let place = bytes.count
      bytes.replaceSubrange(entry + 2..<entry + 4, with: [16, 0])
      bytes.replaceSubrange(entry + 8..<entry + 12, with: (0..<4).map { UInt8(place >> (8 * $0) & 255) })
      bytes += (0..<8).map { UInt8(value >> (8 * $0) & 255) }
      #expect(try RasterImage(decoding: bytes).white == 1023)
    }
  }

  @Test func imagesOfEightBitsAndMasksKeepTheirScale() throws {
    let dark = try RasterImage(decoding: DrawnPNG(width: 64, height: 64, samples: eye(step: 1).map { $0 / 4 }).bytes)
    #expect(dark.white == 255)
    try withTemporaryFolder { root in
      for folder in ["images", "masks"] { try makeFolder(root + "/" + folder) }
      try writeFile(png(eye(step: 16)), to: root + "/images/a.png")
      try writeFile(png(eye(step: 1).map { $0 > 0 ? 65535 : 0 }), to: root + "/masks/a.png")
      let loaded = try loadDataset(images: root + "/images", masks: .folder(root + "/masks"))
      #expect(loaded.dataset.samples[0].mask?.area == eye(step: 1).count { $0 > 0 })
      #expect(loaded.dataset.samples[0].image.pixels.max() ?? 0 > 0.6)
    }
  }

  /// What was saved dark comes back dark: it is no camera of few bits.
  @Test func savedDepthComesBack() throws {
    try withTemporaryFolder { root in
      let plane = Plane(width: 64, height: 64, pixels: eye(step: 1).map { Float($0) / 3000 })
      for (path, write) in [
        (root + "/a.png", { try writePNG(plane, to: root + "/a.png", depth: .sixteen) }),
        (root + "/a.pgm", { try writePGM(plane, to: root + "/a.pgm", depth: .sixteen) }),
      ] as [(String, () throws -> Void)] {
        try write()
        let back = try readImage(path)
        #expect(back.white == 65535)
        #expect(zip(back.grey.pixels, plane.pixels).allSatisfy { abs($0 - $1) < 1 / 65535 })
      }
    }
  }
}
