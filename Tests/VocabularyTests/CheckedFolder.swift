import Base
import Foundation
import Language
import Vocabulary

/// A folder of its own with angiograms, masks and networks, whole and broken: what checks look at.
final class CheckedFolder {
  let path: String

  /// Made once and copied: drawing phantoms and training take time.
  private static let template: Result<String, any Error> = Result {
    let host = try RecordingHost()
    try run(
      """
      save (phantom 2 size: 64 seed: 1) "good"
      save (phantom 2 size: 64 seed: 1) "odd"
      save (phantom 3 size: 128 seed: 1) "other"
      save (phantom 1 size: 64 seed: 1)[0].image "mixed/a.png"
      save (phantom 1 size: 128 seed: 1)[0].image "mixed/b.png"
      save (phantom 1 size: 64 seed: 1)[0].image "broken/whole.png"
      save (train-net (phantom 2 size: 64 seed: 1) width: 4 epochs: 1 seed: 1) "net.safetensors"
      save (unet width: 4 seed: 1) "start.safetensors"
      """, on: host)
    let folder = host.folder
    // A mask of another size, one without an image, an image without a mask.
    let odd = folder + "/odd/masks/"
    try FileManager.default.removeItem(atPath: odd + "phantom-001.png")
    try FileManager.default.moveItem(atPath: folder + "/other/masks/phantom-001.png", toPath: odd + "phantom-001.png")
    try FileManager.default.moveItem(atPath: odd + "phantom-002.png", toPath: odd + "phantom-003.png")
    let image = try readFile(folder + "/broken/whole.png")
    try writeFile(Array(image.prefix(20)), to: folder + "/broken/cut.png")
    try writeFile([], to: folder + "/broken/empty.png")
    try writeFile("a note", to: folder + "/broken/note.png")
    try writeFile("P5\n999999 999999\n255\n", to: folder + "/broken/huge.pgm")
    try writeFile("GIF89a", to: folder + "/broken/film.gif")
    try writeFile(Array(try readFile(folder + "/net.safetensors").dropLast(100)), to: folder + "/cut.safetensors")
    return folder
  }

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/cnp-check-" + UUID().uuidString
    try FileManager.default.copyItem(atPath: try Self.template.get(), toPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Where a path of a program leads.
  var locate: (String) -> PathFinding {
    { [path] written in PathFinding(at: written.hasPrefix("/") ? written : "\(path)/\(written)", writtenAs: written) }
  }

  /// What checking finds in a program that starts in this folder.
  func check(_ text: String, named name: String) -> [Diagnostic] {
    let parsed = parse(Source(text, name: name), registry: standardRegistry())
    if !parsed.diagnostics.isEmpty { return parsed.diagnostics }
    return Session(registry: standardRegistry()).check(parsed.program, locate: locate)
  }

  /// A text without the folder's path.
  func plain(_ text: String) -> String { text.replacing(path + "/", with: "") }
}
