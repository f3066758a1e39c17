import Angiography
import Base
import Imaging
import Testing

@Suite struct TwinNames {
  /// Images and masks of these names, each mask with as many marked rows as its place says.
  private func withTwins<Result>(
    _ images: [String], _ masks: [String], in folders: (images: String, masks: String) = ("images", "masks"),
    _ body: (_ images: String, _ masks: String) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { root in
      let (imageFolder, maskFolder) = ("\(root)/\(folders.images)", "\(root)/\(folders.masks)")
      try makeFolder(imageFolder)
      try makeFolder(maskFolder)
      for (number, name) in images.enumerated() {
        let pixels = (0..<256).map { Float(($0 * 7 + number * 13) % 200 + 40) / 255 }
        try writePNG(Plane(width: 16, height: 16, pixels: pixels), to: "\(imageFolder)/\(name).png")
      }
      for (number, name) in masks.enumerated() {
        let mask = Mask(width: 16, height: 16, pixels: (0..<256).map { $0 < 16 * (number + 1) })
        try writePNG(mask, to: "\(maskFolder)/\(name).png")
      }
      return try body(imageFolder, maskFolder)
    }
  }

  /// The rows marked for each image, and what is told.
  private func rows(
    _ images: [String], _ masks: [String], in folders: (images: String, masks: String) = ("images", "masks")
  ) throws -> (rows: [Int?], notes: [String]) {
    try withTwins(images, masks, in: folders) { images, masks in
      let loaded = try loadDataset(images: images, masks: .folder(masks))
      return (loaded.dataset.samples.map { $0.mask.map { $0.area / 16 } }, loaded.notes)
    }
  }

  private func mistake(_ images: [String], _ masks: [String]) throws -> DatasetError? {
    try withTwins(images, masks) { images, masks in
      #expect(throws: DatasetError.self) { try outlineDataset(images: images, masks: .folder(masks)) }
    }
  }

  @Test(arguments: [
    ".mask", "_mask", "-mask", "_Mask", " mask", "_masks", "_seg", "_segmentation", "_label", "_labels", "_gt",
    "_groundtruth", "_annotation", "_manual1",
  ])
  func masksAreFoundWithoutWhatIsAdded(addition: String) throws {
    let found = try rows(["eye 1", "eye 2"], ["eye 1" + addition, "eye 2" + addition])
    #expect(found.rows == [1, 2])
    #expect(
      found.notes == [
        "paired by their names without “\(addition)” of the masks: eye 1 with eye 1\(addition), eye 2 with eye 2\(addition)"
      ])
  }

  @Test func namesOfCollections() throws {
    // nnU-Net numbers the channels of images, DRIVE names both.
    #expect(try rows(["case_1_0000", "case_2_0000"], ["case_1", "case_2"]).rows == [1, 2])
    #expect(try rows(["21_training", "22_training"], ["21_manual1", "22_manual1"]).rows == [1, 2])
    #expect(try rows(["image_1", "image_2"], ["mask_1", "mask_2"]).rows == [1, 2])
    // The very name comes first, whatever it ends in.
    #expect(try rows(["a_mask", "b"], ["a_mask", "b"]).rows == [1, 2])
    let second = try rows(["a", "b"], ["a", "a_seg", "b"])
    #expect(second.rows == [1, 3])
    #expect(
      second.notes.count == 1 && second.notes[0].contains("second masks") && second.notes[0].contains("a_seg.png"))
  }

  @Test func whatFitsAlikeIsAMistakeThatNamesBoth() throws {
    let masks = try mistake(["a"], ["a_mask", "a_seg"])
    #expect(masks?.code == "mask-ambiguous")
    #expect(masks?.message.contains("a_mask.png") == true && masks?.message.contains("a_seg.png") == true)
    let images = try mistake(["a_0000", "a_img"], ["a"])
    #expect(images?.code == "mask-ambiguous")
    #expect(images?.message.contains("a_0000.png") == true && images?.message.contains("a_img.png") == true)
    #expect(try mistake(["a", "b"], ["a_mask", "c_mask"])?.problems.map(\.code) == ["mask-missing", "image-missing"])
  }

  @Test func masksMayStandBesideTheirImages() throws {
    let mixed = try rows(["a", "b"], ["a_mask", "b_mask"], in: ("all", "all"))
    #expect(mixed.rows == [1, 2])
    // Without `masks:` all four are images, which is told.
    try withTwins(["a", "b"], ["a_mask", "b_mask"], in: ("all", "all")) { folder, _ in
      let loaded = try loadDataset(images: folder)
      #expect(loaded.dataset.samples.count == 4)
      #expect(loaded.notes.count == 1 && loaded.notes[0].contains("a_mask, b_mask"))
    }
  }

  @Test func namesThatDifferInCaseArePaired() throws {
    let found = try rows(["E1", "E2"], ["e2", "e1"])
    #expect(found.rows == [2, 1])
    #expect(found.notes == ["paired by their names, though these differ in case: E1 with e1, E2 with e2"])
    let added = try rows(["E1"], ["e1_Mask"])
    #expect(added.rows == [1])
    #expect(
      added.notes == [
        "paired by their names without “_Mask” of the masks, though these differ in case: E1 with e1_Mask"
      ])
    // The very name comes first, then one with an addition.
    #expect(try rows(["e1", "E1"], ["E1", "e1"]).rows.sorted { ($0 ?? 0) < ($1 ?? 0) } == [1, 2])
    let masks = try mistake(["Eye"], ["eye", "EYE"])
    #expect(masks?.code == "mask-ambiguous" && masks?.message.contains("differs only in case") == true)
    let images = try mistake(["Eye", "EYE"], ["eye"])
    #expect(images?.code == "mask-ambiguous" && images?.message.contains("differs only in case") == true)
    let taken = try mistake(["e1", "E1"], ["e1"])
    #expect(taken?.code == "mask-missing")
    #expect(taken?.message.hasSuffix("e1.png differs only in case, but belongs to another") == true)
    // In one folder too.
    #expect(try rows(["E1"], ["e1_mask"], in: ("all", "all")).rows == [1])
  }

  @Test func namesWithASecondEndingArePaired() throws {
    let found = try rows(["a", "b"], ["a.jpg", "b.JPG"])
    #expect(found.rows == [1, 2])
    #expect(
      found.notes == [
        "paired by their names without “.JPG” of the masks: b with b.JPG",
        "paired by their names without “.jpg” of the masks: a with a.jpg",
      ])
    #expect(try rows(["a", "b"], ["a.tif_mask", "b_mask.tif"]).rows == [1, 2])
    #expect(try rows(["a.jpg"], ["a"]).rows == [1])
    // The very name comes first; a dot alone is no ending.
    #expect(try rows(["a", "b"], ["a", "a.jpg", "b"]).rows == [1, 3])
    #expect(try mistake(["a"], ["a.b"])?.problems.map(\.code) == ["mask-missing", "image-missing"])
    let both = try mistake(["a"], ["a.jpg", "a.png"])
    #expect(both?.code == "mask-ambiguous")
  }

  /// What `save` writes for predictions, beside their masks.
  @Test func mapsOfProbabilitiesAreNoMasks() throws {
    let found = try rows(["a", "b"], ["a.mask", "a.probability", "b.mask", "b.probability"])
    #expect(found.rows == [1, 3])
    #expect(found.notes.contains { $0.hasSuffix("maps of probabilities: a.probability.png, b.probability.png") })
  }
}
