import Angiography
import Base
import Foundation
import Imaging
import Testing

@Suite struct ImageWriting {
  @Test func randomImagesOfEveryKindComeBackFromPNG() throws {
    var generator = SeededGenerator(11)
    try withTemporaryFolder { folder in
      let path = folder + "/round trip.png"
      for _ in 0..<200 {
        let image = randomImage(using: &generator)
        try writePNG(image, to: path)
        #expect(try readImage(path) == image)
        let interlaced = try RasterImage(decoding: try image.encodedPNG(interlaced: true))
        #expect(interlaced == image)
      }
    }
  }

  private func randomImage(using generator: inout SeededGenerator) -> RasterImage {
    let width = Int.random(in: 1...40, using: &generator)
    let height = Int.random(in: 1...40, using: &generator)
    let model = [RasterImage.Model.grey, .colour, .palette].randomElement(using: &generator) ?? .grey
    let hasAlpha = model != .palette && Bool.random(using: &generator)
    let depths = model == .palette ? [1, 2, 4, 8] : model == .grey && !hasAlpha ? [1, 2, 4, 8, 16] : [8, 16]
    let fullScale = (1 << (depths.randomElement(using: &generator) ?? 8)) - 1
    let channels = (model == .colour ? 3 : 1) + (hasAlpha ? 1 : 0)
    let samples = (0..<width * height * channels).map { _ in
      UInt16.random(in: 0...UInt16(fullScale), using: &generator)
    }
    let palette = (0...(model == .palette ? fullScale : 0)).map { _ in
      PaletteColour(
        red: UInt8.random(in: 0...255, using: &generator), green: UInt8.random(in: 0...255, using: &generator),
        blue: UInt8.random(in: 0...255, using: &generator), alpha: Bool.random(using: &generator) ? 255 : 40)
    }
    return RasterImage(
      width: width, height: height, model: model, hasAlpha: hasAlpha, fullScale: fullScale, samples: samples,
      palette: model == .palette ? palette : [])
  }

  @Test(arguments: SampleDepth.allCases) func planesComeBackWithinHalfAStep(depth: SampleDepth) throws {
    var generator = SeededGenerator(5)
    try withTemporaryFolder { folder in
      let plane = randomPlane(width: 31, height: 17, using: &generator)
      let halfStep = 0.5 / Float(depth.fullScale) * 1.0001
      for (path, write) in [
        (folder + "/plane.png", { try writePNG(plane, to: folder + "/plane.png", depth: depth) }),
        (folder + "/plane.pgm", { try writePGM(plane, to: folder + "/plane.pgm", depth: depth) }),
      ] as [(String, () throws -> Void)] {
        try write()
        let image = try readImage(path)
        #expect(image.fullScale == depth.fullScale)
        #expect(zip(image.grey.pixels, plane.pixels).allSatisfy { abs($0 - $1) <= halfStep })
      }
      let mask = randomMask(width: 9, height: 4, using: &generator)
      try writePNG(mask, to: folder + "/mask.png")
      #expect(try readImage(folder + "/mask.png").nonPerfusion().mask == mask)
    }
  }

  @Test func whatIsNoNumberIsRefusedAndWhatIsOutsideIsClamped() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/plane.png"
      let error = #expect(throws: ImageError.self) {
        try writePNG(Plane(width: 2, height: 1, pixels: [0.5, .nan]), to: path)
      }
      #expect(error?.code == "image-not-finite")
      #expect(pathKind(path) == nil)
      try writePNG(Plane(width: 2, height: 1, pixels: [-3, 7]), to: path)
      #expect(try readImage(path).samples == [0, 255])
    }
  }

  @Test func aFileIsWrittenWholeOrNotAtAll() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/kept.txt"
      try writeFile("first", to: path)
      try writeFile("second", to: path)
      #expect(try readFile(path) == Array("second".utf8))
      #expect(try namesInFolder(folder) == ["kept.txt"])
      let missing = #expect(throws: FileError.self) { try writeFile("x", to: folder + "/no such folder/file") }
      #expect(missing?.code == "file-missing")
      let onFolder = #expect(throws: FileError.self) { try writeFile("x", to: folder) }
      #expect(onFolder?.code == "not-a-file")
      try makeFolder(folder + "/a/b/c")
      try makeFolder(folder + "/a/b/c")
      #expect(pathKind(folder + "/a/b/c") == .folder)
      let overFile = #expect(throws: FileError.self) { try makeFolder(path + "/below") }
      #expect(overFile?.code == "not-a-folder")
    }
  }

  @Test func aFailureLeavesTheOldFileAndNothingElse() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/result.bin"
      try writeFile("old", to: path)
      let error = #expect(throws: FileError.self) { try writeFile("new", to: path + "/") }
      #expect(error?.code == "not-a-folder")
      #expect(try readFile(path) == Array("old".utf8))
      #expect(try namesInFolder(folder) == ["result.bin"])
    }
  }

  @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
  func withoutPermissionNothingIsWritten() throws {
    try withTemporaryFolder { folder in
      chmod(folder, 0o500)
      defer { chmod(folder, 0o700) }
      let error = #expect(throws: FileError.self) { try writeFile("x", to: folder + "/file") }
      #expect(error?.code == "permission-denied")
    }
  }

  @Test func pathsAreTakenApartAsTheShellDoes() {
    #expect(baseName(of: "/data/11-2 _021.tar.jpg") == "11-2 _021.tar")
    #expect(baseName(of: ".hidden") == ".hidden")
    #expect(fileExtension(of: "x/IMAGE.PNG") == "png")
    #expect(parentFolder(of: "a") == "." && parentFolder(of: "/a") == "/" && parentFolder(of: "a/b/") == "a")
    #expect(fileName(of: "a/b//") == "b")
    #expect(joinPath("a", "b") == "a/b" && joinPath("a", "/b") == "/b" && joinPath(".", "b") == "b")
  }
}
