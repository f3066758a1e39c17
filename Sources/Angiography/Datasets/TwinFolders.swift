import Files

/// Pairs a folder of images with a folder of masks by base name.
func planFolders(images: String, masks: MaskSource) -> DatasetPlan {
  // A folder called `images` says nothing; the one it stands in does.
  let above = fileName(of: parentFolder(of: images))
  let own = fileName(of: images)
  var plan = DatasetPlan(name: own == "images" && above != "." && above != ".." ? above : own)
  let imageFiles = listImages(in: images, plan: &plan)
  guard case .folder(let maskFolder) = masks else {
    let mask: SampleFiles.MaskFile = masks == .empty ? .empty : .none
    plan.samples = imageFiles.map { SampleFiles(name: $0.name, image: $0.path, mask: mask) }
    return plan
  }
  let maskFiles = listImages(in: maskFolder, plan: &plan)
  let maskOf = Dictionary(maskFiles.map { ($0.name, $0.path) }) { first, _ in first }
  let imageNames = Set(imageFiles.map(\.name))
  let couldBeRead = plan.problems.isEmpty || !maskFiles.isEmpty
  for file in imageFiles {
    if let mask = maskOf[file.name] {
      plan.samples.append(SampleFiles(name: file.name, image: file.path, mask: .path(mask)))
    } else {
      // The image is read all the same, so that what is wrong with it is listed too.
      plan.samples.append(SampleFiles(name: file.name, image: file.path, mask: .none))
      if couldBeRead { plan.problems.append(.missingMask(image: file.path, folder: maskFolder)) }
    }
  }
  for file in maskFiles where !imageNames.contains(file.name) {
    plan.problems.append(.missingImage(mask: file.path, folder: images))
  }
  return plan
}

/// The images in a folder in natural order of their base names. Hidden files and other files are passed over.
private func listImages(in folder: String, plan: inout DatasetPlan) -> [(name: String, path: String)] {
  let names: [String]
  do {
    names = try namesInFolder(folder)
  } catch {
    plan.problems.append(.folder(error))
    return []
  }
  plan.folders.append(folder)
  var files: [(name: String, path: String)] = []
  var passedOver: [String] = []
  for name in names where !name.hasPrefix(".") {
    let path = joinPath(folder, name)
    guard pathKind(path) == .file else { continue }
    if isImage(path) { files.append((baseName(of: name), path)) } else { passedOver.append(name) }
  }
  if !passedOver.isEmpty {
    let list = passedOver.sorted(by: isNaturallyBefore).joined(separator: ", ")
    plan.notes.append("passed over in \(folder), not images: \(list)")
  }
  files.sort { isNaturallyBefore($0.path, $1.path) }
  files.sort { isNaturallyBefore($0.name, $1.name) }
  for (file, next) in zip(files, files.dropFirst()) where file.name == next.name {
    plan.problems.append(.sameName(first: file.path, second: next.path))
  }
  return files
}

/// Whether a file claims to be an image by its extension, or is one by its first bytes.
private func isImage(_ path: String) -> Bool {
  let extensions: Set = ["png", "jpg", "jpeg", "jpe", "tif", "tiff", "pgm", "ppm", "pnm", "bmp", "gif", "webp", "dcm"]
  if extensions.contains(fileExtension(of: path)) { return true }
  guard let start = try? readFileStart(path, count: 16) else { return false }
  return (try? ImageFormat(startOf: start.bytes)) != nil
}
