import Angiography
import Base
import Fuzzing
import Imaging
import Testing

/// Pictures come as every viewer shows them, whichever way their file stores them.
@Suite struct OrientationTests {
  /// How the picture abc/def is stored under each orientation.
  static let stored = [
    1: ["abc", "def"], 2: ["cba", "fed"], 3: ["fed", "cba"], 4: ["def", "abc"], 5: ["ad", "be", "cf"],
    6: ["cf", "be", "ad"], 7: ["fc", "eb", "da"], 8: ["da", "eb", "fc"],
  ]
  static let upright = Array("abcdef".utf8).map(UInt16.init)

  private static func samples(_ rows: [String]) -> [Int] { rows.joined().utf8.map { Int($0) } }

  /// Every way to store it: PNG with the chunk before and behind the pixels, TIFF in both orders and sizes of offset.
  private static func files(_ orientation: Int) -> [[UInt8]] {
    let rows = stored[orientation] ?? []
    var files: [[UInt8]] = []
    for isLittle in [true, false] {
      var png = DrawnPNG(width: rows[0].utf8.count, height: rows.count, samples: samples(rows))
      png.chunksBehind = [
        ("tEXt", Array("a\0b".utf8)), ("eXIf", exifBlock(orientation: orientation, isLittle: isLittle)),
      ]
      files.append(png.bytes)
      swap(&png.chunksBefore, &png.chunksBehind)
      files.append(png.bytes)
      for isBig in [true, false] {
        var page = DrawnTIFF.Page(
          width: rows[0].utf8.count, height: rows.count, samples: samples(rows).map { Double($0) })
        page.orientation = orientation
        var tiff = DrawnTIFF(page)
        (tiff.isLittle, tiff.isBig) = (isLittle, isBig)
        files.append(tiff.bytes)
      }
    }
    return files
  }

  @Test(arguments: 1...8) func losslessFilesComeUpright(orientation: Int) throws {
    for bytes in Self.files(orientation) {
      let image = try RasterImage(decoding: bytes)
      #expect(image.width == 3 && image.height == 2 && image.samples == Self.upright)
      #expect(image.fileRemarks == (Orientation(rawValue: orientation) == .upright ? [] : [turned(orientation)]))
      let header = try ImageHeader(decoding: bytes)
      #expect(header.width == 3 && header.height == 2)
    }
  }

  private func turned(_ orientation: Int) -> ImageRemark { .turned(Orientation(rawValue: orientation) ?? .upright) }

  /// The same by flips and an exchange of rows and columns; the letters above test it.
  private func uprighted(_ rows: [[UInt16]], _ orientation: Int) -> [[UInt16]] {
    func exchanged(_ rows: [[UInt16]]) -> [[UInt16]] { rows[0].indices.map { x in rows.map { $0[x] } } }
    func mirrored(_ rows: [[UInt16]]) -> [[UInt16]] { rows.map { $0.reversed() } }
    return switch orientation {
    case 2: mirrored(rows)
    case 3: mirrored(rows.reversed())
    case 4: rows.reversed()
    case 5: exchanged(rows)
    case 6: mirrored(exchanged(rows))
    case 7: mirrored(exchanged(rows)).reversed()
    case 8: exchanged(rows).reversed()
    default: rows
    }
  }

  @Test(arguments: 1...8) func jpegsComeUpright(orientation: Int) throws {
    let letters = try #require(Self.stored[orientation]).map { $0.utf8.map(UInt16.init) }
    #expect(uprighted(letters, orientation).flatMap(\.self) == Self.upright)
    for (name, channels) in [("grey.jpg", 1), ("colour.jpg", 3)] {
      let plain = try readFile(Fixtures.images + "/" + name)
      let stored = try RasterImage(decoding: plain)
      for isLittle in [true, false] {
        let bytes = jpeg(plain, withExif: exifBlock(orientation: orientation, isLittle: isLittle))
        let image = try RasterImage(decoding: bytes)
        for channel in 0..<channels {
          let rows = (0..<stored.height).map { y in
            (0..<stored.width).map { stored.samples[(y * stored.width + $0) * channels + channel] }
          }
          let found = stride(from: channel, to: image.samples.count, by: channels).map { image.samples[$0] }
          #expect(found == uprighted(rows, orientation).flatMap(\.self), "\(name)")
        }
        let header = try ImageHeader(decoding: bytes)
        #expect(header.width == image.width && header.height == image.height)
        #expect(header.width == (orientation > 4 ? stored.height : stored.width))
      }
    }
  }

  /// Alpha and palettes turn with their pixels.
  @Test func allChannelsTurnTogether() throws {
    var png = DrawnPNG(width: 1, height: 2, samples: [10, 20, 30, 255, 40, 50, 60, 200])
    png.colourType = 6
    png.chunksBefore = [("eXIf", exifBlock(orientation: 8))]
    let image = try RasterImage(decoding: png.bytes)
    #expect(image.width == 2 && image.height == 1 && image.hasAlpha)
    #expect(image.samples == [10, 20, 30, 255, 40, 50, 60, 200])
    png.chunksBefore = [("eXIf", exifBlock(orientation: 6))]
    #expect(try RasterImage(decoding: png.bytes).samples == [40, 50, 60, 200, 10, 20, 30, 255])
  }

  /// The first block counts, also where it says that the picture is upright.
  @Test func theFirstBlockCounts() throws {
    let plain = flatJPEG(width: 16, height: 8, sampling: [(1, 1)])
    func size(_ orientations: [Int]) throws -> [Int] {
      let bytes = orientations.reversed().reduce(plain) { jpeg($0, withExif: exifBlock(orientation: $1)) }
      let image = try RasterImage(decoding: bytes)
      #expect(try ImageHeader(decoding: bytes).width == image.width)
      return [image.width, image.height]
    }
    #expect(try size([1, 6]) == [16, 8])
    #expect(try size([6, 1]) == [8, 16])
  }

  @Test func damagedBlocksFailNoImage() throws {
    let plain = try readFile(Fixtures.images + "/grey.jpg")
    let whole = try RasterImage(decoding: plain)
    let block = exifBlock(orientation: 6)
    var blocks = [[], [0x4D], Array("MM".utf8), [UInt8](repeating: 0xFF, count: 30)]
    blocks += block.indices.map { Array(block[..<$0]) }
    for place in block.indices {
      for value: UInt8 in [0, 1, 9, 0x7F, 0xFF] {
        var damaged = block
        damaged[place] = value
        blocks.append(damaged)
      }
    }
    for orientation in [0, 9, 255, 65535] { blocks.append(exifBlock(orientation: orientation)) }
    for block in blocks {
      let image = try RasterImage(decoding: jpeg(plain, withExif: block))
      #expect(image.samples.sorted() == whole.samples.sorted())
      #expect(image.samples == whole.samples || image.fileRemarks.count == 1)
      var png = DrawnPNG(width: 3, height: 2, samples: Self.upright.map(Int.init))
      png.chunksBefore = [("eXIf", block)]
      #expect(try RasterImage(decoding: png.bytes).samples.sorted() == Self.upright)
    }
    for orientation in [0, 9, 65535] {
      var page = DrawnTIFF.Page(width: 3, height: 2, samples: Self.upright.map(Double.init))
      page.orientation = orientation
      #expect(try RasterImage(decoding: DrawnTIFF(page).bytes).samples == Self.upright)
    }
  }

  /// A mask drawn on the upright picture fits a photograph that is stored lying.
  @Test func turnedImagesMeetUprightMasks() throws {
    try withTemporaryFolder { root in
      let (images, masks) = (root + "/images", root + "/masks")
      try makeFolder(images)
      try makeFolder(masks)
      let plain = try readFile(Fixtures.images + "/grey.jpg")
      let stored = try RasterImage(decoding: plain)
      for (name, orientation) in [("a", 6), ("b", 6), ("c", 8), ("d", 1)] {
        try writeFile(jpeg(plain, withExif: exifBlock(orientation: orientation)), to: "\(images)/\(name).jpg")
        let lies = orientation > 1
        let mask = Mask(
          width: lies ? stored.height : stored.width, height: lies ? stored.width : stored.height, filledWith: true)
        try writePNG(mask, to: "\(masks)/\(name).png")
      }
      let options = LoadOptions(size: 16)
      let outline = try outlineDataset(images: images, masks: .folder(masks), options: options)
      #expect(outline.count == 4)
      let loaded = try loadDataset(images: images, masks: .folder(masks), options: options)
      #expect(loaded.dataset.samples.map(\.image.width) == [13, 13, 13, 21])
      #expect(
        loaded.notes == [
          "all masks: one value, 255, fills the picture: all of it is marked",
          "set upright as the files' orientation says: turned by 90° clockwise (a.jpg, b.jpg); "
            + "turned by 90° counter-clockwise (c.jpg)",
        ])
    }
  }

  /// Writes an image and its mask in two folders, and loads them.
  private func load(image: [UInt8], _ imageName: String, mask: [UInt8]) throws -> LoadedDataset {
    try withTemporaryFolder { root in
      try makeFolder(root + "/images")
      try makeFolder(root + "/masks")
      try writeFile(image, to: "\(root)/images/\(imageName)")
      try writeFile(mask, to: "\(root)/masks/a.png")
      return try loadDataset(images: root + "/images", masks: .folder(root + "/masks"))
    }
  }

  private func picture(width: Int, height: Int, _ orientation: Int? = nil, isMask: Bool = false) -> [UInt8] {
    let samples = (0..<width * height).map { isMask ? ($0 % width > width / 2 ? 255 : 0) : $0 % 200 + 40 }
    var png = DrawnPNG(width: width, height: height, samples: samples)
    if let orientation { png.chunksBefore = [("eXIf", exifBlock(orientation: orientation))] }
    return png.bytes
  }

  /// Sizes that differ because one of the two was set upright say so, whether headers or pixels are looked at.
  @Test func differingSizesTellOfTheOrientation() throws {
    let photograph = jpeg(flatJPEG(width: 128, height: 80, sampling: [(1, 1)]), withExif: exifBlock(orientation: 6))
    let flat = picture(width: 128, height: 80, isMask: true)
    let error = #expect(throws: DatasetError.self) { try load(image: photograph, "a.jpg", mask: flat) }
    #expect(error?.code == "mask-size-differs")
    #expect(error?.message.contains("a.jpg is 80 × 128 set upright as its EXIF says (stored 128 × 80)") == true)
    #expect(error?.message.hasSuffix("a.png is 128 × 80") == true)
    #expect(error?.hint?.contains("turn one of them") == true)
    var page = DrawnTIFF.Page(width: 12, height: 8, samples: [Double](repeating: 90, count: 96))
    page.orientation = 5
    let tiff = #expect(throws: DatasetError.self) {
      try load(image: DrawnTIFF(page).bytes, "a.tif", mask: picture(width: 12, height: 8, isMask: true))
    }
    #expect(tiff?.message.contains("8 × 12 set upright as its TIFF tag says (stored 12 × 8)") == true)
    let mask = #expect(throws: DatasetError.self) {
      try load(image: picture(width: 12, height: 8), "a.png", mask: picture(width: 12, height: 8, 8, isMask: true))
    }
    #expect(mask?.message.hasSuffix("a.png is 8 × 12 set upright as its EXIF says (stored 12 × 8)") == true)
    // Sizes that differ for another reason say nothing of it.
    let other = #expect(throws: DatasetError.self) {
      try load(image: picture(width: 12, height: 8, 3), "a.png", mask: picture(width: 9, height: 8, isMask: true))
    }
    #expect(other?.message.contains("upright") == false && other?.hint?.contains("own size") == true)
  }

  /// Where only one of the two says how it is stored and the sizes do not tell, a note does.
  @Test(arguments: [(3, 12, 8), (2, 12, 8), (6, 12, 12), (8, 12, 12)])
  func masksWithoutAnOrientationAreTold(orientation: Int, width: Int, height: Int) throws {
    let image = picture(width: width, height: height, orientation)
    let mask = picture(width: width, height: height, isMask: true)
    let one = try load(image: image, "a.png", mask: mask)
    #expect(
      one.notes.contains(
        "images set upright whose masks carry no orientation: the masks are taken to be drawn upright (a.png with a.png)"
      ))
    #expect(one.dataset.samples[0].mask?[width - 1, 0] == true)
    let turned = picture(width: width, height: height, orientation, isMask: true)
    let other = try load(image: picture(width: width, height: height), "a.png", mask: turned)
    #expect(
      other.notes.contains(
        "masks set upright whose images carry no orientation: the images are taken to stand upright (a.png with a.png)")
    )
    let both = try load(image: image, "a.png", mask: turned)
    #expect(!both.notes.contains { $0.contains("carry no orientation") })
  }
}
