import Angiography
import Base
import Imaging
import Testing

/// What somebody has drawn in labelme beside an image.
@Suite struct LabelmeTests {
  private static let wholeSize = "\"imageWidth\": 16, \"imageHeight\": 12"

  private static func shape(_ label: String, _ kind: String, _ points: String) -> String {
    """
    {"label": "\(label)", "points": [\(points)], "group_id": null, "description": "", "shape_type": "\(kind)", "flags": {},
      "mask": null}
    """
  }

  /// A file as labelme 5 writes it.
  private static func file(_ shapes: [String], size: String = wholeSize) -> String {
    """
    {"version": "5.5.0", "flags": {}, "shapes": [\(shapes.joined(separator: ", "))], "imagePath": "eye.png",
      "imageData": null, \(size)}
    """
  }

  /// An image of 16 × 12 pixels beside these texts, by their paths.
  private func with<Result>(_ texts: [String: String], _ body: (String) throws -> Result) throws -> Result {
    try withTemporaryFolder { root in
      for folder in ["images", "masks"] { try makeFolder("\(root)/\(folder)") }
      let plane = Plane(width: 16, height: 12, pixels: (0..<192).map { Float($0 % 97) / 96 })
      try writePNG(plane, to: root + "/images/eye.png")
      try writePNG(Mask(width: 16, height: 12), to: root + "/masks/eye_mask.png")
      for (path, text) in texts { try writeFile(text, to: "\(root)/\(path)") }
      return try body(root)
    }
  }

  private func landmarks(_ texts: [String: String], masks: Bool = false, images: String = "images") throws -> Landmarks
  {
    try with(texts) { root in
      let source: MaskSource = masks ? .folder(root + "/masks") : .none
      let loaded = try loadDataset(images: "\(root)/\(images)", masks: source)
      #expect(try outlineDataset(images: "\(root)/\(images)", masks: source).files == loaded.files)
      for path in texts.keys { #expect(loaded.files.contains("\(root)/\(path)"), "\(path) is noted as read") }
      #expect(!loaded.notes.contains { $0.contains(".json") })
      return loaded.dataset.samples[0].facts.landmarks
    }
  }

  /// labelme counts from the corner of the first pixel, we from its middle.
  @Test func pointsAndCirclesAreLandmarks() throws {
    let found = try landmarks([
      "images/eye.json": Self.file([
        Self.shape("Fovea", "point", "[0.5, 0.5]"), Self.shape("hand", "polygon", "[0, 0], [1, 0], [1, 1]"),
        Self.shape("Optic disc", "circle", "[10.0, 6], [13, 10]"),
        Self.shape("fovea", "polygon", "[0, 0], [1, 0], [1, 1]"),
      ])
    ])
    #expect(found == Landmarks(fovea: Landmark(x: 0, y: 0), disc: Landmark(x: 9.5, y: 5.5), discDiameter: 10))
  }

  @Test(arguments: [
    ("fovea", "f"), ("FOVEA", "f"), ("Macula", "f"), ("fovea centre", "f"), ("disc", "d"), ("Disk", "d"),
    ("optic_disc", "d"), ("Optic-Disc", "d"), ("OD", "d"), ("ONH", "d"), ("exudate", ""), ("discs", ""), ("", ""),
  ])
  func labelsAreRead(_ label: String, _ meaning: String) throws {
    let found = try landmarks(["images/eye.json": Self.file([Self.shape(label, "point", "[3, 4]")])])
    #expect((found.fovea != nil) == (meaning == "f") && (found.disc != nil) == (meaning == "d"))
    #expect(found.discDiameter == nil)
  }

  /// A point says where the middle is, a circle how large the disc is.
  @Test func aPointGoesBeforeACircle() throws {
    let found = try landmarks([
      "images/eye.json": Self.file([
        Self.shape("disc", "circle", "[10, 6], [10, 8]"), Self.shape("disc", "point", "[10.5, 6.5]"),
        Self.shape("fovea", "circle", "[3.5, 4.5], [3.5, 5]"),
      ])
    ])
    #expect(found == Landmarks(fovea: Landmark(x: 3, y: 4), disc: Landmark(x: 10, y: 6), discDiameter: 4))
  }

  /// Beside the mask it has the image's name; what stands beside the image goes before it.
  @Test func masksMayHaveItBesideThem() throws {
    let beside = Self.file([Self.shape("fovea", "point", "[2.5, 2.5]"), Self.shape("disc", "point", "[4.5, 4.5]")])
    let fovea = Landmark(x: 2, y: 2)
    #expect(
      try landmarks(["masks/eye.json": beside], masks: true) == Landmarks(fovea: fovea, disc: Landmark(x: 4, y: 4)))
    let own = Self.file([Self.shape("disc", "point", "[8.5, 8.5]")])
    #expect(
      try landmarks(["masks/eye.json": beside, "images/eye.json": own], masks: true)
        == Landmarks(fovea: fovea, disc: Landmark(x: 8, y: 8)))
  }

  @Test func whatAManifestSaysCounts() throws {
    let drawn = Self.file([
      Self.shape("fovea", "point", "[2.5, 2.5]"), Self.shape("disc", "circle", "[4.5, 4.5], [4.5, 6.5]"),
    ])
    let list = "image,mask,fovea-x,fovea-y\nimages/eye.png,masks/eye_mask.png,7,8\n"
    let expected = Landmarks(fovea: Landmark(x: 7, y: 8), disc: Landmark(x: 4, y: 4), discDiameter: 4)
    #expect(try landmarks(["images/eye.json": drawn, "list.csv": list], images: "list.csv") == expected)
    #expect(try landmarks(["masks/eye.json": drawn, "list.csv": list], images: "list.csv") == expected)
  }

  @Test(arguments: ["{}", "[1]", "{\"images\": [], \"annotations\": []}", "no JSON", "{\"a\": {\"shape\": 1}"])
  func otherFilesAreLeftAlone(_ text: String) throws {
    try with(["images/eye.json": text]) { root in
      let loaded = try loadDataset(images: root + "/images")
      #expect(loaded.dataset.samples[0].facts.landmarks.isEmpty)
      #expect(loaded.notes.contains { $0.contains("not images: eye.json") })
      try writeFile("image\nimages/eye.png\n", to: root + "/list.csv")
      #expect(try loadDataset(images: root + "/list.csv").dataset.samples[0].facts.landmarks.isEmpty)
    }
  }

  /// A file under another name belongs to no image here.
  @Test func filesOfOtherImagesAreLeftOut() throws {
    try with(["images/other.json": Self.file([Self.shape("fovea", "point", "[1, 1]")]), "images/.eye.json": "{"]) {
      root in
      let loaded = try loadDataset(images: root + "/images")
      #expect(loaded.dataset.samples[0].facts.landmarks.isEmpty && loaded.notes.contains { $0.contains("other.json") })
    }
  }

  @Test(arguments: [
    ("{\"shapes\": [", "no JSON from byte"), ("\"shapes\": no", "no JSON from byte"),
    ("{\"shapes\": 3}", "`shapes` is no list"),
    ("{\"shapes\": [1]}", "shape 1 has no label"), ("{\"shapes\": [], \"shapes\": []}", "twice in one object"),
    ("{\"shapes\": [{\"label\": \"x\"}]}", "shape 1, “x”, has no points"),
    ("{\"shapes\": [{\"label\": \"x\", \"points\": [[1, 2], [3]]}]}", "a point of shape 1, “x”, is no pair of numbers"),
    ("{\"shapes\": [{\"label\": \"x\", \"points\": [], \"shape_type\": 1}]}", "is no text"),
    (
      file([shape("disc", "point", "[1, 2]"), shape("OD", "point", "[3, 4]")]),
      "2 points are labelled as the disc: disc, OD"
    ),
    (file([shape("disc", "circle", "[1, 2]")]), "the circle of the disc has 1 points, not 2"),
    (file([shape("fovea", "point", "")]), "the point of the fovea has 0 points, not 1"),
    (file([shape("disc", "circle", "[1, 2], [1, 2]")]), "has no extent"),
    (file([], size: "\"imageWidth\": 16, \"imageHeight\": null"), "no size in pixels"),
    (file([], size: "\"imageWidth\": -16, \"imageHeight\": 12.5"), "no size in pixels"),
  ])
  func brokenFilesAreNamed(_ text: String, _ reason: String) throws {
    try with(["images/eye.json": text, "list.csv": "image\nimages/eye.png\nimages/eye.png\n"]) { root in
      for images in ["images", "list.csv"] {
        let error = #expect(throws: DatasetError.self) { try loadDataset(images: "\(root)/\(images)") }
        let found = error?.problems.filter { $0.code == "bad-labelme" } ?? []
        #expect(found.count == 1 && found[0].message.hasPrefix("\(root)/images/eye.json, of labelme: "))
        #expect(found.first?.message.contains(reason) == true, "\(found.first?.message ?? "")")
        #expect(throws: DatasetError.self) { try outlineDataset(images: "\(root)/\(images)") }
      }
    }
  }

  @Test func anotherSizeIsAMistake() throws {
    let text = Self.file([], size: "\"imageWidth\": 12, \"imageHeight\": 16")
    try with(["images/eye.json": text]) { root in
      let error = #expect(throws: DatasetError.self) { try loadDataset(images: root + "/images") }
      #expect(error?.code == "labelme-size-differs")
      for part in ["images/eye.json", "12 × 16", "images/eye.png", "16 × 12"] {
        #expect(error?.message.contains(part) == true, "\(part)")
      }
      let outline = #expect(throws: DatasetError.self) { try outlineDataset(images: root + "/images") }
      #expect(outline?.problems == error?.problems)
    }
    // Nobody knows of which size it was.
    #expect(try landmarks(["images/eye.json": Self.file([], size: "\"lineColor\": []")]).isEmpty)
  }
}
