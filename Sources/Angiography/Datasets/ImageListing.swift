import Base
import Imaging

/// The images directly in a folder, and what else stands there.
struct ImageListing {
  struct Image: Hashable {
    /// The file's base name.
    let name: String
    let path: String
  }
  let folder: String
  /// In natural order of their names.
  var images: [Image] = []
  /// JSON files, which labelme may have put there.
  private var drawings: [Image] = []
  private var others = LeftOut()

  /// What stands in the folder and is not read.
  var leftOut: LeftOut { drawings.reduce(into: others) { $0.add(fileName(of: $1.path), .noImage) } }

  /// Lists a folder. Hidden files are passed over, unless their names end as an image's.
  init(of folder: String) throws(FileError) {
    self.folder = folder
    for entry in try entriesInFolder(folder) where !entry.name.hasPrefix(".") || claimsToBeImage(entry.name) {
      let path = joinPath(folder, entry.name)
      if let reason = reasonToLeaveOut(entry, at: path) {
        if reason == .noImage, fileExtension(of: entry.name) == LabelmeFile.ending, !entry.name.hasPrefix(".") {
          drawings.append(Image(name: baseName(of: entry.name), path: path))
        } else {
          others.add(entry.name, reason)
        }
      } else {
        images.append(Image(name: baseName(of: entry.name), path: path))
      }
    }
    images.sort { isNaturallyBefore($0.path, $1.path) }
    images.sort { isNaturallyBefore($0.name, $1.name) }
  }

  /// Images of one base name.
  var doubles: [DatasetProblem] {
    zip(images, images.dropFirst()).filter { $0.name == $1.name }.map { .sameName(first: $0.path, second: $1.path) }
  }

  /// The same, a line a reason.
  var notes: [String] { leftOut.lines.map { "left out of \(folder), \($0)" } }

  /// Takes images out; they count as left out where there is a reason.
  mutating func take(_ reason: LeftOutReason? = nil, where belongs: (Image) -> Bool) -> [Image] {
    let taken = images.filter(belongs)
    images.removeAll(where: belongs)
    if let reason { for image in taken { others.add(fileName(of: image.path), reason) } }
    return taken
  }

  /// Reads what labelme has drawn on images of these names; what stays was drawn by another program, or on no image.
  mutating func takeDrawings(on names: Set<String>, plan: inout DatasetPlan) {
    for drawing in drawings.sorted(by: { isNaturallyBefore($0.path, $1.path) }) where names.contains(drawing.name) {
      let reading = LabelmeFile.reading(drawing.path)
      if case .others = reading { continue }
      drawings.removeAll { $0 == drawing }
      plan.take(reading, of: drawing.name)
    }
  }
}

private func reasonToLeaveOut(_ entry: FolderEntry, at path: String) -> LeftOutReason? {
  guard entry.hasTextName else { return .nameIsNoText }
  switch entry.kind {
  case .folder: return .folder
  case .linkToNothing: return .linkToNothing
  case .other: return .special
  case .file: break
  }
  // AppleDouble files and thumbnails: hidden from people, and no angiograms.
  if entry.name.hasPrefix(".") { return .noImage }
  return claimsToBeImage(entry.name) ? nil : reasonInBytes(path)
}

/// Whether a file's extension is that of an image which is read here: whatever is wrong with its bytes is a mistake then.
func claimsToBeImage(_ name: String) -> Bool {
  ImageFormat.endings.contains(fileExtension(of: name))
}

/// What the first bytes say, where the extension says nothing: `nil` for an image.
private func reasonInBytes(_ path: String) -> LeftOutReason? {
  guard let start = try? readFileStart(path, count: 160) else { return .noImage }
  do throws(ImageFault) {
    _ = try ImageFormat(startOf: start.bytes)
    return nil
  } catch {
    switch error {
    case .empty: return .empty
    case .unknownFormat(looksLike: let name?): return .otherFormat(name)
    default:
      if ImageFormat.isNIfTI(path) { return .otherFormat("NIfTI") }
      return ImageFormat.nameOfOtherFormat(ending: fileExtension(of: path)).map { .otherFormat($0) } ?? .noImage
    }
  }
}
