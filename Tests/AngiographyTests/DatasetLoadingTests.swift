import Angiography
import Base
import Imaging
import Testing

@Suite struct DatasetLoading {
  /// Images a dataset's folders are filled with: 16 × 16, all different.
  private func image(_ number: Int, side: Int = 16) -> Plane {
    Plane(width: side, height: side, pixels: (0..<side * side).map { Float(($0 * 7 + number * 13) % 200 + 40) / 255 })
  }

  private func write(_ names: [String], in folder: String, side: Int = 16) throws {
    try makeFolder(folder)
    for (i, name) in names.enumerated() { try writePNG(image(i, side: side), to: "\(folder)/\(name).png") }
  }

  private func writeMasks(_ names: [String], in folder: String, side: Int = 16) throws {
    try makeFolder(folder)
    for (i, name) in names.enumerated() {
      let mask = Mask(width: side, height: side, pixels: (0..<side * side).map { $0 % (i + 2) == 0 })
      try writePNG(mask, to: "\(folder)/\(name).png")
    }
  }

  @Test func twinsAreFoundByBaseNameInNaturalOrder() throws {
    try withTemporaryFolder { root in
      let names = ["11-3 _026", "9-1   three spaces", "11-2 _021", "2-1"]
      try write(names, in: root + "/images")
      try writeMasks(names, in: root + "/masks")
      try writeFile("notes", to: root + "/images/README.md")
      try writeFile("junk", to: root + "/images/.DS_Store")
      let loaded = try loadDataset(
        images: root + "/images", masks: .folder(root + "/masks"), options: LoadOptions(casePattern: "^(\\d+)"))
      let samples = loaded.dataset.samples
      #expect(samples.map(\.name) == ["2-1", "9-1   three spaces", "11-2 _021", "11-3 _026"])
      #expect(samples.map(\.facts.caseName) == ["2", "9", "11", "11"])
      #expect(samples.allSatisfy { $0.mask != nil })
      #expect(loaded.dataset.hasCases)
      #expect(loaded.files.count == 8 && loaded.files[0] == root + "/images/2-1.png")
      #expect(loaded.folders == [root + "/images", root + "/masks"])
      #expect(loaded.notes.count == 1 && loaded.notes[0].contains("README.md"))
      let outline = try outlineDataset(
        images: root + "/images", masks: .folder(root + "/masks"), options: LoadOptions(casePattern: "^(\\d+)"))
      #expect(outline.count == 4 && outline.labelledCount == 4 && outline.width == 16 && outline.height == 16)
      #expect(outline.cases == ["2", "9", "11"])
      #expect(outline.files == loaded.files)
    }
  }

  @Test func everythingThatIsWrongIsListedAtOnce() throws {
    try withTemporaryFolder { root in
      try write(["a", "b", "c", "d"], in: root + "/images")
      try writeMasks(["b", "d", "orphan"], in: root + "/masks")
      try writeMasks(["c"], in: root + "/masks", side: 8)
      let whole = try readFile(root + "/images/d.png")
      try writeFile(Array(whole.prefix(whole.count / 2)), to: root + "/images/d.png")
      try writeFile(whole, to: root + "/images/b.tif")
      try write(["wide"], in: root + "/images", side: 20)
      try writeMasks(["wide"], in: root + "/masks", side: 20)
      let error = #expect(throws: DatasetError.self) {
        try loadDataset(images: root + "/images", masks: .folder(root + "/masks"))
      }
      let codes = error?.problems.map(\.code).sorted()
      #expect(
        codes == [
          "file-truncated", "image-missing", "mask-missing", "mask-size-differs", "mixed-sizes", "same-name",
        ])
      let message = error?.message ?? ""
      for part in ["a.png", "orphan.png", "d.png", "16 × 16", "8 × 8", "b.tif", "6 problems"] {
        #expect(message.contains(part), "\(part)")
      }
      #expect(error?.code == "dataset-problems")
      let outline = #expect(throws: DatasetError.self) {
        try outlineDataset(images: root + "/images", masks: .folder(root + "/masks"))
      }
      // The header of the truncated file is whole; where something is wrong anyway, its pixels are read too.
      #expect(outline?.problems == error?.problems)
    }
  }

  /// Checking finds an empty file by its header; a truncated one beside it must not wait for that to be mended.
  @Test func truncatedFilesAreListedBesideOthers() throws {
    try withTemporaryFolder { root in
      try write(["a", "b", "c"], in: root, side: 64)
      let whole = try readFile(root + "/a.png")
      try writeFile(Array(whole.prefix(whole.count / 2)), to: root + "/a.png")
      // By itself it is found by reading alone.
      #expect(try outlineDataset(images: root).count == 3)
      try writeFile([], to: root + "/b.png")
      let error = #expect(throws: DatasetError.self) { try outlineDataset(images: root) }
      #expect(error?.problems.map(\.code) == ["file-truncated", "file-empty"])
      #expect(error?.message.contains("a.png") == true && error?.message.contains("b.png") == true)
    }
  }

  @Test func mixedSizesAreFineWithAWorkingSize() throws {
    try withTemporaryFolder { root in
      try write(["a", "b"], in: root)
      try write(["wide"], in: root, side: 20)
      let alone = #expect(throws: DatasetError.self) { try loadDataset(images: root) }
      #expect(alone?.code == "mixed-sizes")
      #expect(alone?.hint?.contains("size:") == true)
      let loaded = try loadDataset(images: root, options: LoadOptions(size: 16))
      #expect(loaded.dataset.workingSize == 16)
      #expect(loaded.dataset.samples.allSatisfy { $0.mask == nil })
      #expect(loaded.dataset.workingImage(2).width == 16)
      let asTheyAre = LoadOptions(allowsMixedSizes: true)
      #expect(try loadDataset(images: root, options: asTheyAre).dataset.samples.map(\.image.width) == [16, 16, 20])
      let outline = try outlineDataset(images: root, options: asTheyAre)
      #expect(outline.sizes == [PixelSize(width: 16, height: 16), PixelSize(width: 20, height: 20)])
      #expect(outline.width == nil)
      for size in [WorkingFrame.sides.lowerBound - 1, WorkingFrame.sides.upperBound + 1] {
        let refused = #expect(throws: DatasetError.self) {
          try loadDataset(images: root, options: LoadOptions(size: size))
        }
        #expect(refused?.message == "a working size of \(size) pixels is outside 16...4096")
      }
    }
  }

  @Test func negativesHaveEmptyMasks() throws {
    try withTemporaryFolder { root in
      try write(["a", "b"], in: root)
      let loaded = try loadDataset(images: root, masks: .empty)
      #expect(loaded.dataset.samples.allSatisfy { $0.mask?.area == 0 })
      #expect(loaded.dataset.labelledSamples.count == 2)
      #expect(loaded.files.count == 2)
    }
  }

  @Test func foldersThatHoldNothingOrAreMissingAreNamed() throws {
    try withTemporaryFolder { root in
      let empty = #expect(throws: DatasetError.self) { try loadDataset(images: root) }
      #expect(empty?.code == "no-images")
      let missing = #expect(throws: DatasetError.self) { try loadDataset(images: root + "/nowhere") }
      #expect(missing?.code == "file-missing")
      #expect(missing?.message.contains("nowhere") == true)
      try write(["a", "b"], in: root + "/images")
      // One complaint about the folder, not one for every image.
      let masks = #expect(throws: DatasetError.self) {
        try loadDataset(images: root + "/images", masks: .folder(root + "/nowhere"))
      }
      #expect(masks?.problems.count == 1)
    }
  }

  @Test func casePatternsThatCannotWorkAreRefused() throws {
    try withTemporaryFolder { root in
      try write(["12-a", "none"], in: root)
      func code(_ pattern: String) -> [String]? {
        let error = #expect(throws: DatasetError.self) {
          try loadDataset(images: root, options: LoadOptions(casePattern: pattern))
        }
        return error?.problems.map(\.code)
      }
      #expect(code("(\\d+") == ["bad-pattern"])
      #expect(code("\\d+") == ["bad-pattern"])
      #expect(code("(\\d)(\\d)") == ["bad-pattern"])
      #expect(code("^(\\d+)") == ["case-not-found"])
    }
  }

  @Test func classIndexMasksGiveTheLabelsPixels() throws {
    let indices: [UInt16] = [0, 1, 2, 2, 0, 1]
    let palette = (0..<256).map { PaletteColour(red: UInt8($0), green: 0, blue: 0) }
    let asPalette = RasterImage(
      width: 3, height: 2, model: .palette, fullScale: 255, samples: indices, palette: palette)
    let asGrey = RasterImage(width: 3, height: 2, model: .grey, fullScale: 255, samples: indices)
    let asColour = RasterImage(
      width: 3, height: 2, model: .colour, fullScale: 255, samples: indices.flatMap { [$0, $0, $0] })
    for image in [asPalette, asGrey, asColour] {
      let two = try image.nonPerfusion(label: 2)
      #expect(two.mask.pixels == [false, false, true, true, false, false])
      #expect(two.classes == [1, 2])
      #expect(try image.nonPerfusion(label: 9).mask.area == 0)
    }
    #expect(try asPalette.nonPerfusion(label: nil).mask.area == 4)
    #expect(try asGrey.nonPerfusion(label: nil).mask.area == 4)
    let red = RasterImage(width: 2, height: 1, model: .colour, fullScale: 255, samples: [255, 0, 0, 10, 10, 10])
    #expect(try red.nonPerfusion(label: nil).mask.pixels == [true, false])
    let error = #expect(throws: ImageFault.self) { try red.nonPerfusion(label: 1) }
    #expect(error?.code == "mask-without-classes")
  }

  @Test func picturesOfMasksAreCutAtHalfOfWhite() throws {
    let png = RasterImage(width: 4, height: 1, model: .grey, fullScale: 255, samples: [0, 127, 128, 255])
    #expect(try png.nonPerfusion(label: nil).mask.pixels == [false, false, true, true])
    // The noise of a black JPEG is no class number.
    let jpeg = RasterImage(width: 3, height: 1, model: .grey, fullScale: 255, samples: [0, 3, 1], format: .jpeg)
    #expect(try jpeg.nonPerfusion(label: nil).mask.area == 0)
    let bits = RasterImage(width: 2, height: 1, model: .grey, fullScale: 1, samples: [0, 1])
    #expect(try bits.nonPerfusion(label: nil).mask.pixels == [false, true])
    let lossy = #expect(throws: ImageFault.self) { try jpeg.nonPerfusion(label: 1) }
    #expect(lossy?.code == "image-unsupported")
  }

  @Test func aLabelThatNoMaskHoldsIsRefused() throws {
    try withTemporaryFolder { root in
      try write(["a"], in: root + "/images")
      try makeFolder(root + "/masks")
      let samples = (0..<256).map { UInt16($0 % 3) }
      try writePNG(
        RasterImage(width: 16, height: 16, model: .grey, fullScale: 255, samples: samples), to: root + "/masks/a.png")
      func notes(_ label: Int?) throws -> [String] {
        try loadDataset(
          images: root + "/images", masks: .folder(root + "/masks"), options: LoadOptions(label: label)
        ).notes
      }
      let (fitting, without) = (try notes(2), try notes(nil))
      #expect(fitting.isEmpty)
      // A mistyped label would otherwise make every mask empty, and every empty prediction perfect.
      let absent = #expect(throws: DatasetError.self) { _ = try notes(7) }
      #expect(absent?.code == "label-not-found" && absent?.message.contains("1, 2") == true)
      #expect(without.count == 1 && without[0].contains("label:"))
    }
  }

  @Test func namesAreOrderedAsPeopleCount() {
    let names = ["a10", "a9", "a09", "a9b", "a", "A1", "10-2", "9-1", "", "a10 ", "a\u{20}1", "007", "7"]
    let ordered = names.sorted(by: isNaturallyBefore)
    #expect(ordered == ["", "7", "007", "9-1", "10-2", "A1", "a", "a 1", "a9", "a09", "a9b", "a10", "a10 "])
    for (i, left) in ordered.enumerated() {
      #expect(!isNaturallyBefore(left, left))
      for right in ordered[(i + 1)...] {
        #expect(isNaturallyBefore(left, right) && !isNaturallyBefore(right, left), "\(left) \(right)")
      }
    }
  }
}
