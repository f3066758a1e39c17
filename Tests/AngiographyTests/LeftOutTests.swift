import Angiography
import Base
import Foundation
import Glibc
import Imaging
import Testing

/// Whatever stands in a folder and is not loaded is named, with the reason.
@Suite struct LeftOutFiles {
  private let image = Plane(width: 16, height: 16, pixels: (0..<256).map { Float($0) / 255 })

  /// Makes a file whose name is Latin-1.
  private func writeLatin1(_ folder: String) throws {
    try writePNG(image, to: folder + "/plain.png")
    let name = Array((folder + "/M").utf8CString.dropLast()) + [CChar(bitPattern: 0xFC)] + Array("ller.png".utf8CString)
    #expect(rename(folder + "/plain.png", name) == 0)
  }

  @Test func everyReasonIsGiven() throws {
    try withTemporaryFolder { root in
      try writePNG(image, to: root + "/a.png")
      try writeLatin1(root)
      try makeFolder(root + "/old")
      try FileManager.default.createSymbolicLink(atPath: root + "/gone.png", withDestinationPath: root + "/nowhere.png")
      try FileManager.default.createSymbolicLink(atPath: root + "/b.png", withDestinationPath: root + "/a.png")
      #expect(mkfifo(root + "/pipe", 0o600) == 0)
      try writeFile("GIF89a", to: root + "/c.gif")
      try writeFile([UInt8](repeating: 0, count: 128) + Array("DICM".utf8), to: root + "/IM0001")
      try writeFile("BM1234", to: root + "/d.bmp")
      try writeFile("no header", to: root + "/e.heic")
      try writeFile([], to: root + "/empty")
      try writeFile("notes", to: root + "/README.md")
      try writeFile("junk", to: root + "/.DS_Store")
      try writeFile("apple double", to: root + "/._a.png")
      let loaded = try loadDataset(images: root)
      #expect(loaded.dataset.samples.map(\.name) == ["a", "b"])
      #expect(
        Set(loaded.notes) == [
          "left out of \(root), names that are not UTF-8 (rename them): M\\xFCller.png",
          "left out of \(root), links to nothing: gone.png",
          "left out of \(root), GIF files, not read here: c.gif",
          "left out of \(root), DICOM files, not read here: IM0001",
          "left out of \(root), BMP files, not read here: d.bmp",
          "left out of \(root), HEIF files, not read here: e.heic",
          "left out of \(root), empty files: empty",
          "left out of \(root), folders (only files directly in it are read): old",
          "left out of \(root), neither files nor folders: pipe",
          "left out of \(root), not images: ._a.png, README.md",
        ])
    }
  }

  @Test func longListsAreCut() throws {
    try withTemporaryFolder { root in
      try writePNG(image, to: root + "/a.png")
      for number in 1...123 { try writeFile("notes", to: root + "/note-\(number).txt") }
      let note = try loadDataset(images: root).notes
      #expect(
        note == [
          "left out of \(root), not images: note-1.txt, note-2.txt, note-3.txt, note-4.txt, note-5.txt and 118 more"
        ])
    }
  }

  @Test func aFolderWithoutImagesSaysWhatItHolds() throws {
    try withTemporaryFolder { root in
      try makeFolder(root + "/images")
      try writeFile("GIF89a", to: root + "/c.gif")
      let error = #expect(throws: DatasetError.self) { try loadDataset(images: root) }
      #expect(error?.code == "no-images")
      #expect(error?.message.contains("GIF files, not read here: c.gif") == true)
      #expect(error?.message.contains("images") == true)
    }
  }

  @Test func aTwinInAnotherFormatIsNamed() throws {
    try withTemporaryFolder { root in
      try makeFolder(root + "/i")
      try makeFolder(root + "/m")
      try writePNG(image, to: root + "/i/21.png")
      try writeFile("GIF89a", to: root + "/m/21.gif")
      let error = #expect(throws: DatasetError.self) {
        try loadDataset(images: root + "/i", masks: .folder(root + "/m"))
      }
      #expect(error?.code == "mask-missing" && error?.message.contains("21.gif is a GIF file") == true)
    }
  }
}
