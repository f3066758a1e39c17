import Angiography
import Base
import Fuzzing
import Imaging
import Testing

/// Of a file that holds several pictures the right one is read, and it is said that there are others.
@Suite struct PagesTests {
  /// A page of one grey, which tells the pages apart.
  private func page(_ grey: Double, side: Int = 8) -> DrawnTIFF.Page {
    DrawnTIFF.Page(width: side, height: side, samples: [Double](repeating: grey, count: side * side))
  }

  /// The picture's grey and what is said of it, in every byte order and size of offset; probing finds its size.
  private func read(_ pages: [DrawnTIFF.Page]) throws -> (grey: UInt16, remarks: [ImageRemark]) {
    var found: [(grey: UInt16, remarks: [ImageRemark])] = []
    for (isLittle, isBig) in [(true, false), (false, false), (true, true), (false, true)] {
      var tiff = DrawnTIFF(pages)
      (tiff.isLittle, tiff.isBig) = (isLittle, isBig)
      let image = try RasterImage(decoding: tiff.bytes)
      let header = try ImageHeader(decoding: tiff.bytes)
      #expect(header == ImageHeader(format: .tiff, width: image.width, height: image.height))
      found.append((image.samples[0], image.fileRemarks))
    }
    #expect(found.allSatisfy { $0 == found[0] })
    return found[0]
  }

  @Test func thumbnailsArePassedOver() throws {
    var thumbnail = page(1, side: 2)
    thumbnail.newSubfileType = 1
    var whole = page(2)
    whole.newSubfileType = 0
    #expect(try read([thumbnail, whole]) == (2, [.oneOfSeveral(.pages, count: 2, read: 2)]))
    #expect(try read([thumbnail, page(3), whole]) == (3, [.oneOfSeveral(.pages, count: 3, read: 2)]))
    // The older tag.
    (thumbnail.newSubfileType, thumbnail.subfileType) = (nil, 2)
    (whole.newSubfileType, whole.subfileType) = (nil, 1)
    #expect(try read([thumbnail, whole]).grey == 2)
    // A transparency mask as large as the picture.
    var mask = page(4)
    mask.newSubfileType = 4
    #expect(try read([mask, page(5)]).grey == 5)
    // A page that says that it is whole is believed, whatever its size.
    #expect(try read([whole, page(6, side: 16)]).grey == 2)
  }

  @Test func withoutATagTheLargestPageIsThePicture() throws {
    let pages = [page(1, side: 2), page(2, side: 8), page(3, side: 8), page(4, side: 4)]
    #expect(try read(pages) == (2, [.oneOfSeveral(.pages, count: 4, read: 2)]))
    // A stack.
    #expect(try read([page(7), page(8), page(9)]) == (7, [.oneOfSeveral(.pages, count: 3, read: 1)]))
    #expect(try read([page(7)]) == (7, []))
    // The pages of a document are no thumbnails.
    var sheet = page(1)
    sheet.newSubfileType = 2
    #expect(try read([sheet, page(2)]).grey == 1)
  }

  @Test func aPictureBelowItsThumbnailIsFound() throws {
    var thumbnail = page(1, side: 2)
    thumbnail.newSubfileType = 1
    #expect(try read([thumbnail]) == (1, []))
    thumbnail.pagesBelow = [page(2)]
    #expect(try read([thumbnail]) == (2, [.oneOfSeveral(.pages, count: 2, read: 2)]))
    // Reduced copies below a picture stay where they are.
    var whole = page(3)
    whole.pagesBelow = [page(4, side: 4)]
    #expect(try read([whole]) == (3, []))
  }

  @Test func eachPageTurnsByItsOwnTag() throws {
    var thumbnail = page(1, side: 2)
    (thumbnail.newSubfileType, thumbnail.orientation) = (1, 6)
    let picture = DrawnTIFF.Page(width: 3, height: 2, samples: [1, 2, 3, 4, 5, 6])
    #expect(try RasterImage(decoding: DrawnTIFF([thumbnail, picture]).bytes).samples == [1, 2, 3, 4, 5, 6])
    var turned = picture
    turned.orientation = 3
    let image = try RasterImage(decoding: DrawnTIFF([thumbnail, turned]).bytes)
    #expect(image.samples == [6, 5, 4, 3, 2, 1])
    #expect(image.fileRemarks == [.oneOfSeveral(.pages, count: 2, read: 2), .turned(.upsideDown)])
  }

  @Test func chainsThatEndBadlyEnd() throws {
    var tiff = DrawnTIFF([page(1), page(2)])
    for next in [8, 9, 100, 1 << 20, 0xFFFF_FFFF] {
      tiff.nextOfLast = next
      let image = try RasterImage(decoding: tiff.bytes)
      #expect(image.samples[0] == 1 && image.width == 8)
      #expect(try ImageHeader(decoding: tiff.bytes).width == 8)
    }
    // The directory of the last page, over and over.
    let bytes = DrawnTIFF([page(1)]).bytes
    let directory = bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    tiff = DrawnTIFF([page(1)])
    tiff.nextOfLast = directory
    #expect(try RasterImage(decoding: tiff.bytes).fileRemarks == [])
    // Cut inside the second page.
    let whole = DrawnTIFF([page(1), page(2)]).bytes
    #expect(try RasterImage(decoding: Array(whole.dropLast(20))).fileRemarks == [])
  }

  @Test func otherFormatsOfSeveralPictures() throws {
    let plain = try readFile(Fixtures.images + "/grey.jpg")
    let several = plain[..<2] + jpegSegment(0xE2, multiPictureIndex(count: 2)) + plain[2...] + plain
    let image = try RasterImage(decoding: Array(several))
    #expect(image.fileRemarks == [.oneOfSeveral(.pictures, count: 2, read: 1)])
    #expect(image.samples == (try RasterImage(decoding: plain)).samples)
    var animated = DrawnPNG(width: 2, height: 1, samples: [1, 2])
    animated.chunksBefore = [("acTL", bigEndian(3, 4) + bigEndian(0, 4))]
    #expect(try RasterImage(decoding: animated.bytes).fileRemarks == [.oneOfSeveral(.frames, count: 3, read: 1)])
    animated.chunksBefore = [("acTL", bigEndian(1, 4) + bigEndian(0, 4))]
    #expect(try RasterImage(decoding: animated.bytes).fileRemarks == [])
    let map = Array("P5 2 1 255\n".utf8) + [7, 8]
    #expect(try RasterImage(decoding: map + map + map).fileRemarks == [.oneOfSeveral(.pages, count: 3, read: 1)])
    #expect(try RasterImage(decoding: map + [10]).fileRemarks == [])
    #expect(try RasterImage(decoding: map + map.dropLast()).fileRemarks == [])
  }

  @Test func manyFilesMakeOneLine() throws {
    try withTemporaryFolder { root in
      for i in 1...7 { try writeFile(DrawnTIFF([page(Double(i)), page(0)]).bytes, to: "\(root)/\(i).tif") }
      try writeFile(DrawnTIFF([page(1), page(2), page(3)]).bytes, to: "\(root)/8.tif")
      let notes = try loadDataset(images: root).notes
      #expect(
        notes == [
          "several pictures in one file: 2 pages, the first is read (1.tif, 2.tif, 3.tif and 4 more); "
            + "3 pages, the first is read (8.tif)"
        ])
    }
  }
}
