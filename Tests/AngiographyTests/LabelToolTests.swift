import Angiography
import Base
import Imaging
import Testing

/// Masks that labelme, COCO and nnU-Net have, in and out.
@Suite struct LabelToolTests {
  static let (width, height) = (16, 12)

  static func shape(_ label: String, _ kind: String, _ points: String) -> String {
    "{\"label\": \"\(label)\", \"points\": [\(points)], \"group_id\": null, \"shape_type\": \"\(kind)\", \"flags\": {}}"
  }

  static func labelme(_ shapes: String..., flags: String = "{}") -> String {
    """
    {"version": "5.5.0", "flags": \(flags), "shapes": [\(shapes.joined(separator: ", "))], "imagePath": "eye.png",
      "imageData": null, "imageHeight": 12, "imageWidth": 16}
    """
  }

  static func square(_ label: String, _ from: Double, _ to: Double) -> String {
    shape(label, "polygon", "[\(from), \(from)], [\(to), \(from)], [\(to), \(to)], [\(from), \(to)]")
  }

  static func coco(_ annotations: String, categories: String = "{\"id\": 1, \"name\": \"CNP\"}") -> String {
    """
    {"info": {}, "images": [{"id": 7, "file_name": "sub/a.png", "width": 16, "height": 12},
      {"id": 9, "file_name": "b.jpg", "width": 16, "height": 12}, {"id": 11, "file_name": "gone.png"}],
      "categories": [\(categories)], "annotations": [\(annotations)]}
    """
  }

  static func annotation(_ segmentation: String, image: Int = 7, category: Int = 1) -> String {
    """
    {"id": 1, "image_id": \(image), "category_id": \(category), "segmentation": \(segmentation), "iscrowd": 0,
      "bbox": [0, 0, 1, 1], "area": 1}
    """
  }

  static let plane = Plane(width: width, height: height, pixels: (0..<192).map { Float($0 % 97) / 96 })

  /// A folder with images of 16 × 12 pixels and these texts.
  func with<Result>(
    images: [String] = ["i/a.png", "i/b.png"], _ texts: [String: String], _ body: (String) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { root in
      for path in images + Array(texts.keys) { try makeFolder("\(root)/\(parentFolder(of: path))") }
      for path in images { try writePNG(Self.plane, to: "\(root)/\(path)") }
      for (path, text) in texts { try writeFile(text, to: "\(root)/\(path)") }
      return try body(root)
    }
  }

  func problems(_ body: @autoclosure () throws -> some Any) -> [DatasetProblem] {
    do throws(any Error) { _ = try body() } catch { return (error as? DatasetError)?.problems ?? [] }
    return []
  }

  // MARK: labelme

  @Test func areasOfLabelmeAreMasks() throws {
    let texts = [
      "i/a.json": Self.labelme(
        Self.square("CNP", 1, 3), Self.shape("cnp ", "rectangle", "[9, 8], [6, 5]"),
        Self.shape("CNP", "circle", "[13.5, 2.5], [13.5, 4.6]"), Self.shape("fovea", "point", "[8, 8]"),
        Self.shape("disc", "circle", "[10, 6], [10, 8]"), Self.shape("vessel", "linestrip", "[0, 0], [9, 9]"))
    ]
    try with(texts) { root in
      let loaded = try loadDataset(images: root + "/i")
      let mask = try #require(loaded.dataset.samples[0].mask)
      // Four pixels, nine, and the thirteen of the disc.
      #expect(mask.area == 4 + 9 + 13)
      #expect(mask[1, 1] && mask[2, 2] && !mask[3, 3] && mask[6, 5] && mask[8, 7] && mask[13, 2] && mask[13, 4])
      #expect(loaded.dataset.samples[1].mask == nil)
      #expect(loaded.dataset.samples[0].facts.landmarks.fovea == Landmark(x: 7.5, y: 7.5))
      #expect(loaded.notes.contains { $0.contains("“CNP”, the only class, are taken as non-perfusion, in 1 image") })
      #expect(loaded.notes.contains { $0.contains("nobody has drawn areas on b") })
      let outline = try outlineDataset(images: root + "/i")
      #expect(outline.labelledCount == 1 && outline.files == loaded.files)
      // Where masks are not looked for there are none.
      let bare = try loadDataset(images: root + "/i", options: LoadOptions(findsMasks: false))
      #expect(bare.dataset.samples[0].mask == nil)
      let empty = try loadDataset(images: root + "/i", masks: .empty)
      #expect(empty.dataset.samples[0].mask?.area == 0)
    }
  }

  @Test func aClassIsNamed() throws {
    let texts = [
      "i/a.json": Self.labelme(Self.square("CNP", 1, 3), Self.square("drusen", 5, 9)),
      "i/b.json": Self.labelme(Self.square("drusen", 5, 6), Self.square("ungraded", 0, 2)),
    ]
    try with(texts) { root in
      let found = problems(try loadDataset(images: root + "/i"))
      #expect(found.map(\.code) == ["label-ambiguous"])
      #expect(found.first?.message.contains("areas of 2 classes: drusen, CNP") == true)
      #expect(found.first?.hint == "name the one that is non-perfusion, such as label: \"drusen\"")
      #expect(problems(try outlineDataset(images: root + "/i")) == found)
      let loaded = try loadDataset(images: root + "/i", options: LoadOptions(labelName: "cnp"))
      #expect(loaded.dataset.samples.map { $0.mask?.area } == [4, 0])
      #expect(loaded.dataset.samples.map { $0.ungraded?.area } == [nil, 4])
      #expect(loaded.notes.contains { $0.contains("nothing is marked in what was drawn on b") })
      #expect(
        loaded.notes.contains("areas drawn as “ungraded” are taken as not graded, neither marked nor counted: on b"))
      let other = try loadDataset(images: root + "/i", options: LoadOptions(labelName: "CNP", ignoreName: "Drusen"))
      #expect(other.dataset.samples.map { $0.ungraded?.area } == [16, 1])
      let ungraded = try loadDataset(images: root + "/i", options: LoadOptions(labelName: "ungraded"))
      #expect(ungraded.dataset.samples.map { $0.mask?.area } == [0, 4])
      let missing = problems(try loadDataset(images: root + "/i", options: LoadOptions(labelName: "np")))
      #expect(missing.map(\.code) == ["label-not-found"])
      #expect(missing.first?.message.contains("it has drusen, CNP, ungraded") == true)
      // A label of numbers is a name too.
      #expect(
        problems(try loadDataset(images: root + "/i", options: LoadOptions(label: 3))).map(\.code)
          == ["label-not-found"])
    }
    try with([:]) { root in
      #expect(
        problems(try loadDataset(images: root + "/i", options: LoadOptions(labelName: "np"))).map(\.code)
          == ["label-not-found"])
    }
  }

  /// Where all that was drawn is nothing, nothing is marked: nobody need have drawn an area on another image.
  @Test func masksMayAllBeEmpty() throws {
    let graded = Self.labelme(Self.shape("fovea", "point", "[8, 8]"), flags: "{\"graded\": true}")
    let unclear = Self.labelme(Self.square("ungraded", 1, 3), flags: "{\"graded\": true}")
    try with(["i/a.json": graded, "i/b.json": unclear]) { root in
      for options in [LoadOptions(), LoadOptions(labelName: "CNP")] {
        let loaded = try loadDataset(images: root + "/i", options: options)
        #expect(loaded.dataset.samples.map { $0.mask?.area } == [0, 0])
        #expect(loaded.dataset.samples.map { $0.ungraded?.area } == [nil, 4])
        #expect(loaded.notes.contains("nothing is marked in any of the 2 drawings: all masks are empty"))
        #expect(try outlineDataset(images: root + "/i", options: options).labelledCount == 2)
      }
      // Who names a class of the file means it.
      let named = try loadDataset(images: root + "/i", options: LoadOptions(labelName: "Ungraded"))
      #expect(named.dataset.samples.map { $0.mask?.area } == [0, 4])
    }
    // One with nothing but what is not graded has no mask, as it is saved of an image without one.
    let mask = Mask(width: 16, height: 12, areas: [.polygon([[1, 1], [3, 1], [3, 3]])])
    let bare = labelmeText(mask: nil, ungraded: mask, size: PixelSize(width: 16, height: 12), image: "a.png")
    try with(["i/a.json": bare]) { root in
      let samples = try loadDataset(images: root + "/i").dataset.samples
      #expect(samples.map { $0.mask == nil } == [true, true])
    }
  }

  /// Areas beside the image and shapes without an inside are of no use, and somebody has drawn them all the same.
  @Test func whatMarksNothingIsTold() throws {
    let texts = [
      "i/a.json": Self.labelme(
        Self.square("CNP", 20, 30), Self.square("cnp", 40, 50), Self.square("CNP", 1, 3), Self.square("CNP", 9, 30)),
      "i/b.json": Self.labelme(
        Self.shape("CNP", "linestrip", "[1, 1], [5, 5]"), Self.shape("vessel", "line", "[1, 1], [5, 5]"),
        Self.square("CNP", 2.6, 3.4)),
    ]
    try with(texts) { root in
      let loaded = try loadDataset(images: root + "/i")
      #expect(loaded.dataset.samples.map { $0.mask?.area } == [4 + 7 * 3, 0])
      #expect(loaded.notes.contains("\(root)/i/a.json: 2 areas of CNP lie outside the image and mark nothing"))
      #expect(loaded.notes.contains("\(root)/i/b.json: 1 linestrip of CNP marks no area"))
      #expect(loaded.notes.contains("\(root)/i/b.json: 1 area of CNP holds no pixel's middle and marks nothing"))
      #expect(!loaded.notes.contains { $0.contains("vessel") })
    }
    // Also where there is no area at all, which leaves the image without a mask.
    try with(["i/a.json": Self.labelme(Self.shape("CNP", "point", "[8, 8]"), Self.shape("CNP", "point", "[9, 9]"))]) {
      root in
      let loaded = try loadDataset(images: root + "/i")
      #expect(loaded.dataset.samples[0].mask == nil)
      #expect(loaded.notes.contains("\(root)/i/a.json: 2 points of CNP mark no area"))
    }
    let coco = Self.coco(
      [
        Self.annotation("[[600, 600, 700, 600, 700, 700]]"), Self.annotation("[[1, 1, 3, 1, 3, 3, 1, 3]]"),
        Self.annotation("[[600, 600, 700, 600, 700, 700]]", image: 9),
      ].joined(separator: ","))
    try with(["coco.json": coco]) { root in
      let loaded = try loadDataset(images: root + "/i", masks: .folder(root + "/coco.json"))
      #expect(loaded.dataset.samples.map { $0.mask?.area } == [4, 0])
      #expect(loaded.notes.contains("\(root)/coco.json: 2 areas of CNP lie outside the image and mark nothing"))
    }
  }

  /// Landmarks alone say nothing of areas; a flag does.
  @Test func whatIsGraded() throws {
    let point = Self.shape("fovea", "point", "[8, 8]")
    let texts = [
      "i/a.json": Self.labelme(Self.square("x", 1, 3)), "i/b.json": Self.labelme(point),
      "i/c.json": Self.labelme(point, flags: "{\"graded\": true}"), "i/d.json": Self.labelme(),
    ]
    try with(images: ["i/a.png", "i/b.png", "i/c.png", "i/d.png"], texts) { root in
      let loaded = try loadDataset(images: root + "/i")
      #expect(loaded.dataset.samples.map { $0.mask?.area } == [4, nil, 0, 0])
    }
  }

  /// Beside masks of their own kind, in a folder of their own, and under a manifest.
  @Test func areasStandWhereMasksDo() throws {
    let texts = [
      "l/a.json": Self.labelme(Self.square("CNP", 1, 3)), "l/b.json": Self.labelme(Self.square("CNP", 1, 4)),
      "i/b.json": Self.labelme(Self.square("CNP", 1, 5)), "list.csv": "image\ni/b.png\n",
    ]
    try with(texts) { root in
      let loaded = try loadDataset(images: root + "/i", masks: .folder(root + "/l"))
      #expect(loaded.dataset.samples.map { $0.mask?.area } == [4, 16])
      #expect(loaded.files.contains(root + "/l/a.json"))
      #expect(try loadDataset(images: root + "/list.csv").dataset.samples[0].mask?.area == 16)
      try writePNG(Mask(width: 16, height: 12, filledWith: true), to: root + "/l/b.png")
      let mixed = try loadDataset(images: root + "/i", masks: .folder(root + "/l"))
      #expect(mixed.dataset.samples.map { $0.mask?.area } == [4, 192])
    }
    // A file of landmarks is no mask.
    try with(["l/a.json": Self.labelme(Self.shape("fovea", "point", "[8, 8]"))]) { root in
      #expect(
        Set(problems(try loadDataset(images: root + "/i", masks: .folder(root + "/l"))).map(\.code))
          == ["mask-missing"])
    }
  }

  @Test(arguments: [
    (shape("CNP", "polygon", "[1, 2], [3, 4]"), "has 2 points, not 3 or more"),
    (shape("CNP", "polygon", ""), "has 0 points, not 3 or more"),
    (shape("CNP", "circle", "[1, 2]"), "has 1 points, not 2"),
    (shape("CNP", "polygon", "[1, 2], [3, 4], [1e300, 5]"), "which is in no picture"),
    (shape("CNP", "mask", "[1, 2], [3, 4]"), "is a `mask` of pixels"),
  ])
  func areasThatAreNone(_ shape: String, _ reason: String) throws {
    try with(["i/a.json": Self.labelme(shape)]) { root in
      for found in [problems(try loadDataset(images: root + "/i")), problems(try outlineDataset(images: root + "/i"))] {
        #expect(found.map(\.code) == ["bad-labelme"])
        #expect(found.first?.message.hasPrefix("\(root)/i/a.json, of labelme: ") == true)
        #expect(found.first?.message.contains(reason) == true, "\(found)")
      }
      // Of a class that nobody asks for it doesn't matter.
      try writeFile(Self.labelme(Self.square("b", 1, 3)), to: root + "/i/b.json")
      let other = try loadDataset(images: root + "/i", options: LoadOptions(labelName: "b"))
      #expect(other.dataset.samples[1].mask?.area == 4)
    }
  }

  /// What is written is read as it was: holes, landmarks, what nobody has graded, and masks without a mark.
  @Test func writtenMasksAreReadAgain() throws {
    var generator = SeededGenerator(5)
    let pixels = (0..<192).map { _ in Int.random(in: 0..<10, using: &generator) < 6 }
    let mask = Mask(width: 16, height: 12, pixels: pixels)
    let ungraded = Mask(width: 16, height: 12, pixels: pixels.map { !$0 })
    let landmarks = Landmarks(fovea: Landmark(x: 3.25, y: 4), disc: Landmark(x: 11, y: 6.5), discDiameter: 3.5)
    let size = PixelSize(width: 16, height: 12)
    let texts = [
      "i/a.json": labelmeText(mask: mask, ungraded: ungraded, landmarks: landmarks, size: size, image: "a.png"),
      "i/b.json": labelmeText(
        mask: Mask(width: 16, height: 12),
        landmarks: Landmarks(fovea: Landmark(x: 1, y: 1), disc: Landmark(x: 2, y: 2, confidence: 0.9)), size: size,
        image: "b.png"),
      "i/c.json": labelmeText(mask: nil, landmarks: landmarks, size: size, image: "c.png"),
    ]
    try with(images: ["i/a.png", "i/b.png", "i/c.png"], texts) { root in
      let samples = try loadDataset(images: root + "/i").dataset.samples
      #expect(samples[0].mask == mask && samples[0].ungraded == ungraded && samples[0].facts.landmarks == landmarks)
      #expect(samples[1].mask?.area == 0 && samples[1].facts.landmarks == Landmarks(fovea: Landmark(x: 1, y: 1)))
      #expect(samples[2].mask == nil && samples[2].facts.landmarks == landmarks)
    }
  }

  // MARK: COCO

  /// pycocotools' own runs of the leaf that scikit-image fills, plain and packed.
  @Test(arguments: [
    "[[1.2, 0.7, 14.9, 2.3, 10.1, 6.2, 15.3, 11.4, 7.7, 8.8, 2.1, 11.9, 4.6, 5.2]]",
    """
    {"size": [12, 16], "counts": [25, 1, 9, 1, 1, 3, 4, 3, 2, 10, 2, 9, 3, 8, 4, 8, 5, 7, 5, 7, 5, 4, 1, 3, 4, 3, 3, 2, 4,
      2, 5, 1, 4, 1, 7, 1, 3, 1, 21]}
    """,
    "{\"size\": [12, 16], \"counts\": \"i0190H230N70O1O101O000MLO30OO101OO030L0b0\"}",
  ])
  func annotationsOfCOCOAreMasks(_ segmentation: String) throws {
    let rows = [
      "................", "..######........", "...############.", "...##########...", "....########....",
      "....#######.....", "....######......", "....#######.....", "...#########....", "...###....###...",
      "...##........#..", "..#.............",
    ]
    try with(["coco.json": Self.coco(Self.annotation(segmentation))]) { root in
      let loaded = try loadDataset(images: root + "/i", masks: .folder(root + "/coco.json"))
      let leaf = Mask(width: 16, height: 12, pixels: rows.joined().map { $0 == "#" })
      #expect(loaded.dataset.samples[0].mask == leaf)
      #expect(loaded.dataset.samples[1].mask?.area == 0)
      #expect(loaded.files.first == root + "/coco.json")
      #expect(loaded.notes.contains { $0.contains("“CNP”, the only class, are taken as non-perfusion, in 1 image") })
      #expect(loaded.notes.contains { $0.contains("not in \(root)/i: gone") })
      #expect(try outlineDataset(images: root + "/i", masks: .folder(root + "/coco.json")).labelledCount == 2)
    }
  }

  @Test func categoriesAreNamed() throws {
    let categories =
      "{\"id\": 1, \"name\": \"CNP\"}, {\"id\": 2, \"name\": \"ignore\"}, {\"id\": 3, \"name\": \"leak\"}"
    let square = "[[1, 1, 3, 1, 3, 3, 1, 3]]"
    let two = "[[1, 1, 3, 1, 3, 3, 1, 3], [2, 2, 5, 2, 5, 5, 2, 5]]"
    let text = Self.coco(
      [
        Self.annotation(two), Self.annotation(square, image: 9, category: 2),
        Self.annotation("[[5, 5, 9, 5, 9, 9, 5, 9]]", category: 3),
      ].joined(separator: ","), categories: categories)
    try with(["coco.json": text]) { root in
      let file = MaskSource.folder(root + "/coco.json")
      #expect(problems(try loadDataset(images: root + "/i", masks: file)).map(\.code) == ["label-ambiguous"])
      let loaded = try loadDataset(images: root + "/i", masks: file, options: LoadOptions(labelName: "cnp"))
      #expect(loaded.dataset.samples.map { $0.mask?.area } == [4 + 9 - 1, 0])
      #expect(loaded.dataset.samples.map { $0.ungraded?.area } == [nil, 4])
      let missing = problems(try loadDataset(images: root + "/i", masks: file, options: LoadOptions(labelName: "np")))
      #expect(missing.map(\.code) == ["label-not-found"])
      let ignoring = LoadOptions(labelName: "CNP", ignoreName: "Leak ")
      #expect(try loadDataset(images: root + "/i", masks: file, options: ignoring).dataset.samples[0].ungraded != nil)
      let misspelt = LoadOptions(labelName: "CNP", ignoreName: "laek")
      #expect(
        problems(try loadDataset(images: root + "/i", masks: file, options: misspelt)).map(\.code) == [
          "label-not-found"
        ])
      // By its number; a class without annotations marks nothing.
      let byNumber = try loadDataset(images: root + "/i", masks: file, options: LoadOptions(label: 1))
      #expect(byNumber.dataset.samples.map { $0.mask?.area } == [4 + 9 - 1, 0])
    }
  }

  @Test(arguments: [
    ("[]", "it has no list `images`"), ("{\"images\": [", "no JSON from byte"),
    ("{\"images\": [{\"id\": 1}]}", "image 1 has no file_name"),
    ("{\"images\": [{\"id\": 1.5, \"file_name\": \"a.png\"}]}", "image 1 has no whole number as its `id`"),
    (
      "{\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": -3, \"height\": 2}]}", "no size in pixels"
    ),
    (coco(""), "there is no annotation of an area in it"),
    (coco(annotation("[]")), "annotation 1 has no segmentation"),
    (coco(annotation("[[1, 2, 3, 4]]")), "annotation 1 has a polygon that is no list"),
    (coco(annotation("[[1, 2, 3, 4, 5, null]]")), "annotation 1 has a polygon of what is no number"),
    (coco(annotation("[[1, 2, 3, 4, 5, 1e200]]")), "annotation 1 has a point at"),
    (coco(annotation("[[1, 2, 3, 4, 5, 6]]", image: 8)), "an image 8 that there is not"),
    (coco(annotation("[[1, 2, 3, 4, 5, 6]]", category: 8)), "a category 8 that there is not"),
    (coco(annotation("{\"size\": [12, 16], \"counts\": [191]}")), "not those of 16 × 12"),
    (coco(annotation("{\"size\": [12, 16], \"counts\": [-1, 193]}")), "not those of 16 × 12"),
    (coco(annotation("{\"size\": [12, 16], \"counts\": \"i0190H\"}")), "not those of 16 × 12"),
    (coco(annotation("{\"size\": [12, 16], \"counts\": \"ooooooooooooooooooo\"}")), "not those of 16 × 12"),
    (coco(annotation("{\"size\": [12, 16], \"counts\": [9223372036854775807, 9223372036854775807]}")), "not those of"),
    (coco(annotation("{\"size\": [12, 16000000000], \"counts\": [192]}")), "without the size of an image"),
    (coco(annotation("{\"size\": [16, 12], \"counts\": [192]}")), "an image of another size"),
  ])
  func brokenAnnotationsAreNamed(_ text: String, _ reason: String) throws {
    try with(["coco.json": text]) { root in
      let file = MaskSource.folder(root + "/coco.json")
      for found in [
        problems(try loadDataset(images: root + "/i", masks: file)),
        problems(try outlineDataset(images: root + "/i", masks: file)),
      ] {
        #expect(found.first?.code == "bad-coco", "\(found)")
        #expect(found.first?.message.hasPrefix("\(root)/coco.json, annotations of COCO: ") == true)
        #expect(found.first?.message.contains(reason) == true, "\(found.first?.message ?? "")")
      }
    }
  }

  @Test func annotationsOfOtherImages() throws {
    let text = Self.coco(Self.annotation("[[1, 1, 3, 1, 3, 3, 1, 3]]"))
    try with(images: ["i/a.png", "i/c.png"], ["coco.json": text]) { root in
      let file = MaskSource.folder(root + "/coco.json")
      let unnamed = problems(try loadDataset(images: root + "/i", masks: file))
      #expect(unnamed.map(\.code) == ["mask-missing"])
      #expect(unnamed.first?.message == "\(root)/i/c.png: the list of images in \(root)/coco.json does not name it")
      #expect(unnamed.first?.hint?.contains("the file's `images`") == true)
      try writePNG(Plane(width: 8, height: 8, filledWith: 0.5), to: root + "/j/a.png", inNew: root + "/j")
      let found = problems(try outlineDataset(images: root + "/j", masks: file))
      #expect(found.map(\.code) == ["coco-size-differs"])
      #expect(found.first?.message.contains("on an image of 16 × 12, but \(root)/j/a.png is 8 × 8") == true)
      #expect(problems(try loadDataset(images: root + "/j", masks: file)).map(\.code) == ["coco-size-differs"])
    }
  }

  // MARK: nnU-Net

  static func list(labels: String = "{\"background\": 0, \"CNP\": 1}", channels: String = "{\"0\": \"FFA\"}") -> String
  {
    "{\"channel_names\": \(channels), \"labels\": \(labels), \"numTraining\": 2, \"file_ending\": \".png\"}"
  }

  func withNNUNet<Result>(
    _ list: String, images: [String] = ["eye_1_0000.png", "eye_2_0000.png"], labels: [String] = ["eye_1", "eye_2"],
    _ body: (String) throws -> Result
  ) throws -> Result {
    try with(images: images.map { "D/imagesTr/\($0)" }, ["D/dataset.json": list]) { root in
      try makeFolder(root + "/D/labelsTr")
      for (index, name) in labels.enumerated() {
        let samples = (0..<192).map { UInt16($0 % 16 < 4 ? 1 : $0 % 16 < 6 + index ? 2 : 0) }
        try writePNG(
          RasterImage(width: 16, height: 12, model: .grey, fullScale: 255, samples: samples),
          to: "\(root)/D/labelsTr/\(name).png")
      }
      return try body(root + "/D")
    }
  }

  @Test func foldersOfNNUNetAreRead() throws {
    try withNNUNet(Self.list(labels: "{\"background\": 0, \"CNP\": 1, \"leak\": 2}")) { root in
      #expect(problems(try loadDataset(images: root)).map(\.code) == ["label-ambiguous"])
      let loaded = try loadDataset(images: root, options: LoadOptions(labelName: "leak"))
      #expect(loaded.dataset.name == "D" && loaded.dataset.samples.map(\.name) == ["eye_1", "eye_2"])
      #expect(loaded.dataset.samples.map { $0.mask?.area } == [24, 36])
      #expect(loaded.files.first == root + "/dataset.json")
      let outline = try outlineDataset(images: root, options: LoadOptions(labelName: "leak"))
      #expect(outline.count == 2 && outline.labelledCount == 2 && outline.files == loaded.files)
      #expect(try loadDataset(images: root, options: LoadOptions(label: 1)).dataset.samples[0].mask?.area == 48)
      #expect(
        problems(try loadDataset(images: root, options: LoadOptions(labelName: "np"))).map(\.code)
          == ["label-not-found"])
    }
  }

  /// nnU-Net reads files of the ending that `dataset.json` names, and no others.
  @Test func otherEndingsThanNNUNetReadsAreTold() throws {
    try withNNUNet(Self.list().replacing("\".png\"", with: "\".nii.gz\"")) { root in
      let loaded = try loadDataset(images: root)
      #expect(loaded.dataset.samples.count == 2)
      let beginning = "\(root)/dataset.json says that files end in “.nii.gz”; other files are read: eye_1_0000.png, "
      #expect(loaded.notes.contains { $0.hasPrefix(beginning) }, "\(loaded.notes)")
    }
    try withNNUNet(Self.list()) { root in
      let notes = try loadDataset(images: root).notes
      #expect(!notes.contains { $0.contains("files end in") })
    }
  }

  /// The first version has classes the other way round; `ignore` is what nobody has graded.
  @Test func classesOfNNUNet() throws {
    let first =
      "{\"modality\": {\"0\": \"FFA\"}, \"labels\": {\"0\": \"background\", \"1\": \"CNP\", \"2\": \"ignore\"}}"
    for list in [first, Self.list(labels: "{\"background\": 0, \"CNP\": 1, \"ignore\": 2}")] {
      try withNNUNet(list) { root in
        let loaded = try loadDataset(images: root)
        #expect(loaded.dataset.samples.map { $0.mask?.area } == [48, 48])
        #expect(loaded.dataset.samples.map { $0.ungraded?.area } == [24, 36])
        #expect(loaded.notes.contains { $0.contains("“CNP”, the only class in") })
      }
    }
  }

  @Test func foldersOfNNUNetThatAreNotRead() throws {
    for (list, reason) in [
      (Self.list(channels: "{\"0\": \"FFA\", \"1\": \"OCTA\"}"), "2 channels each"),
      (Self.list(labels: "{\"background\": 0, \"whole\": [1, 2]}"), "no single number"),
      (Self.list(labels: "{\"background\": 0}"), "name no class"), (Self.list(labels: "[]"), "no `labels`"),
      (Self.list(labels: "{\"CNP\": 1.5}"), "has no whole number"), ("{", "no JSON from byte"), ("3", "no `labels`"),
    ] {
      try withNNUNet(list) { root in
        let found = problems(try loadDataset(images: root))
        #expect(found.first?.code == "bad-nnunet" && found.first?.message.contains(reason) == true, "\(found)")
      }
    }
    try withNNUNet(Self.list(), images: ["eye_1_0000.png", "eye_1_0001.png", "eye.png"]) { root in
      let found = problems(try outlineDataset(images: root))
      #expect(found.map(\.code) == ["bad-nnunet", "bad-nnunet", "image-missing"])
      #expect(found.contains { $0.message.contains("another channel") })
      #expect(found.contains { $0.message.contains("does not end in a channel") })
    }
    try withNNUNet(Self.list(), labels: ["eye_1"]) { root in
      #expect(problems(try loadDataset(images: root)).map(\.code) == ["mask-missing"])
    }
    try with(images: [], ["D/dataset.json": Self.list(), "D/imagesTr/eye_0000.nii.gz": "x"]) { root in
      let found = problems(try loadDataset(images: root + "/D"))
      #expect(found.map(\.code) == ["image-unknown-format"])
      #expect(found.first?.message == "\(root)/D/imagesTr/eye_0000.nii.gz: a NIfTI file is not read here")
    }
  }

  @Test func volumesAreNamed() throws {
    try with(["i/c.nii.gz": "x"]) { root in
      let notes = try loadDataset(images: root + "/i").notes
      #expect(notes.contains { $0.contains("NIfTI files, not read here: c.nii.gz") })
      let error = #expect(throws: ImageError.self) { try readImage(root + "/i/c.nii.gz") }
      #expect(error?.message == "\(root)/i/c.nii.gz: a NIfTI file is not read here")
    }
  }

  /// Runs of another size than the image's file are told, whatever was known of them before.
  @Test func runsOfAnotherSizeAreTold() throws {
    let text = Self.coco(Self.annotation("{\"size\": [10, 10], \"counts\": [0, 100]}"))
      .replacing("\"width\": 16, \"height\": 12", with: "\"width\": 10, \"height\": 10")
    try with(["masks.json": text]) { root in
      let error = #expect(throws: DatasetError.self) {
        try loadDataset(images: "\(root)/i", masks: .folder("\(root)/masks.json"))
      }
      #expect(error?.problems.contains { $0.code == "coco-size-differs" } == true)
    }
  }
}

private func writePNG(_ plane: Plane, to path: String, inNew folder: String) throws {
  try makeFolder(folder)
  try writePNG(plane, to: path)
}
