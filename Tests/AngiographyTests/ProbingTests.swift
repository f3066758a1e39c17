import Angiography
import Base
import Foundation
import Fuzzing
import Imaging
import Testing

/// Headers are read without the pixels, and say nothing that reading the pixels would not say.
@Suite struct ProbingTests {
  static let names = ((try? namesInFolder(Fixtures.images)) ?? []).sorted()

  @Test func fixturesAreThere() { #expect(Self.names.count > 15) }

  @Test(arguments: names) func headersAreThoseOfTheImages(name: String) throws {
    let path = Fixtures.images + "/" + name
    guard let image = try? readImage(path) else { return }
    let header = try probeImage(path)
    #expect(header == ImageHeader(format: image.format, width: image.width, height: image.height))
  }

  /// A check that refuses what runs would be worse than none.
  @Test(arguments: names) func whatProbingRefusesReadingRefuses(name: String) throws {
    let bytes = try readFile(Fixtures.images + "/" + name)
    let path = "/tmp/cnp-probe-\(UInt64.random(in: 0 ... .max))"
    var generator = SeededGenerator(11)
    var refused = 0
    for round in 0..<400 {
      var damaged = bytes
      if round % 2 == 0 {
        damaged.removeLast(Int.random(in: 0...bytes.count, using: &generator))
      } else {
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          let place = Int.random(in: 0..<min(bytes.count, 200), using: &generator)
          damaged[place] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      try writeFile(damaged, to: path)
      guard (try? probeImage(path)) == nil else { continue }
      refused += 1
      #expect(throws: ImageError.self, "\(name), round \(round)") { try readImage(path) }
    }
    try FileManager.default.removeItem(atPath: path)
    #expect(refused > 20)
  }

  /// Turned, of several pages, of every depth and kind of number, with any values: what is whole is judged alike.
  @Test func drawnFilesAreProbedAsTheyAreRead() throws {
    let jpegs = try ["grey.jpg", "colour.jpg", "progressive.jpg", "cmyk.jpg"].map {
      try readFile("\(Fixtures.images)/\($0)")
    }
    let path = NSTemporaryDirectory() + "/cnp-probe-\(UInt64.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var (read, refused) = (0, 0)
    for index in 0..<4000 {
      var random = Fuzzing.SeededGenerator(seed: 15, index: index)
      let drawn = DrawnImage.random(&random, jpegs: jpegs)
      try writeFile(drawn.bytes, to: path)
      let image = Result { () throws(ImageError) in try readImage(path) }
      let header = Result { () throws(ImageError) in try probeImage(path) }
      switch (image, header) {
      case (.success(let image), .success(let header)):
        read += 1
        #expect(
          header
            == ImageHeader(
              format: image.format, width: image.width, height: image.height, orientation: orientation(of: image)),
          "\(drawn.ending) \(index)")
        #expect(image.grey.pixels.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(drawn.ending) \(index)")
      case (.failure(let first), .failure(let second)):
        refused += 1
        #expect(first == second, "\(drawn.ending) \(index)")
      default: Issue.record("\(drawn.ending) \(index): \(image) but \(header)")
      }
    }
    #expect(read > 2000 && refused > 100)
  }

  private func orientation(of image: RasterImage) -> Orientation {
    for case .turned(let orientation) in image.fileRemarks { return orientation }
    return .upright
  }

  @Test func directoryBehindThePixels() throws {
    // Little endian: header, one pixel of 8 bits, then the directory at byte 10.
    func entry(_ tag: UInt8, _ type: UInt8, _ value: UInt8) -> [UInt8] {
      [tag, 1, type, 0, 1, 0, 0, 0, value, 0, 0, 0]
    }
    let entries = [
      entry(0, 3, 1), entry(1, 3, 1), entry(2, 3, 8), entry(3, 3, 1), entry(6, 3, 1), entry(17, 4, 8), entry(21, 3, 1),
      entry(22, 3, 1), entry(23, 4, 1),
    ]
    let file: [UInt8] =
      [0x49, 0x49, 42, 0, 10, 0, 0, 0, 77, 0, UInt8(entries.count), 0] + entries.flatMap { $0 } + [0, 0, 0, 0]
    let path = "/tmp/cnp-probe-\(UInt64.random(in: 0 ... .max)).tif"
    try writeFile(file, to: path)
    #expect(try probeImage(path) == ImageHeader(format: .tiff, width: 1, height: 1))
    #expect(try readImage(path).samples == [77])
    try writeFile(Array(file.prefix(60)), to: path)
    let cut = #expect(throws: ImageError.self) { try probeImage(path) }
    #expect(cut?.code == "file-truncated")
    try FileManager.default.removeItem(atPath: path)
  }

  @Test func longMetadataIsWalkedOver() throws {
    let jpeg = try readFile(Fixtures.images + "/grey.jpg")
    // 40 comments of 65,533 bytes between the start and the first segment.
    let comment: [UInt8] = [0xFF, 0xFE, 0xFF, 0xFF] + [UInt8](repeating: 7, count: 65_533)
    let path = "/tmp/cnp-probe-\(UInt64.random(in: 0 ... .max)).jpg"
    try writeFile(jpeg[..<2] + (0..<40).flatMap { _ in comment } + jpeg[2...], to: path)
    let image = try readImage(path)
    #expect(try probeImage(path) == ImageHeader(format: .jpeg, width: image.width, height: image.height))
    try FileManager.default.removeItem(atPath: path)
  }

  @Test func endlessSegmentsEnd() throws {
    let path = "/tmp/cnp-probe-\(UInt64.random(in: 0 ... .max)).jpg"
    try writeFile([0xFF, 0xD8] + [UInt8](repeating: 0xFF, count: 1 << 20), to: path)
    #expect(throws: ImageError.self) { try probeImage(path) }
    try writeFile([0xFF, 0xD8] + (0..<50_000).flatMap { _ in [0xFF, 0xFE, 0, 2] as [UInt8] }, to: path)
    #expect(throws: ImageError.self) { try probeImage(path) }
    try FileManager.default.removeItem(atPath: path)
  }
}
