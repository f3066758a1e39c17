import Base

/// Pairs a folder of images with a folder of masks by name; both may be one folder where the masks' names say what they are.
/// A file of annotations can stand for the folder of masks.
func planFolders(images: String, masks: MaskSource, options: LoadOptions) -> DatasetPlan {
  // A folder called `images` says nothing; the one it stands in does.
  let above = fileName(of: parentFolder(of: images))
  let own = fileName(of: images)
  var plan = DatasetPlan(name: own == "images" && above != "." && above != ".." ? above : own, options: options)
  guard var listing = listImages(in: images, plan: &plan) else {
    if case .folder(let folder) = masks, !masks.isAnnotations { _ = listImages(in: folder, plan: &plan) }
    return plan
  }
  guard case .folder(let maskFolder) = masks else {
    listing.takeDrawings(on: Set(listing.images.map(\.name)), plan: &plan)
    plan.take(listing)
    plan.notes += looksLikeMasks(listing.images)
    let mask: SampleFiles.MaskFile = masks == .empty ? .empty : .none
    plan.samples = listing.images.map { SampleFiles(name: $0.name, image: $0.path, mask: mask) }
    if listing.images.isEmpty { plan.problems.append(.noImages(folder: images, leftOut: listing.leftOut.lines)) }
    return plan
  }
  if masks.isAnnotations {
    listing.takeDrawings(on: Set(listing.images.map(\.name)), plan: &plan)
    plan.take(listing)
    if listing.images.isEmpty { plan.problems.append(.noImages(folder: images, leftOut: listing.leftOut.lines)) }
    pair(listing, withAnnotationsIn: maskFolder, plan: &plan)
  } else if resolvedPath(images) == resolvedPath(maskFolder) {
    takeMasks(outOf: &listing, plan: &plan)
  } else {
    listing.takeDrawings(on: Set(listing.images.map(\.name)), plan: &plan)
    plan.take(listing)
    pair(listing, withMasksIn: maskFolder, plan: &plan)
  }
  return plan
}

/// Images without masks whose names say that they are masks of others.
private func looksLikeMasks(_ images: [ImageListing.Image]) -> [String] {
  let names = Set(images.map { TwinNames.folded($0.name) })
  let masks = images.filter { TwinPairing.isSecond($0, among: names) }.map(\.name)
  guard !masks.isEmpty else { return [] }
  return [
    "taken as images, though their names are those of masks of others: \(clippedList(masks)); `masks:` may name "
      + "the images' own folder"
  ]
}

/// Separates masks and images that stand in one folder.
private func takeMasks(outOf listing: inout ImageListing, plan: inout DatasetPlan) {
  let names = Set(listing.images.flatMap { TwinNames.imageStems($0.name).map { TwinNames.folded($0.stem) } })
  _ = listing.take(.probabilities) { $0.name.hasSuffix(TwinNames.probability) }
  let masks = listing.take { TwinPairing.isSecond($0, among: names) }
  listing.takeDrawings(on: Set(listing.images.map(\.name)), plan: &plan)
  plan.take(listing)
  guard !masks.isEmpty else {
    plan.problems.append(.ownFolder(listing.folder))
    return
  }
  pair(listing, with: masks, in: listing, plan: &plan)
}

private func pair(_ images: ImageListing, withMasksIn folder: String, plan: inout DatasetPlan) {
  guard var masks = listImages(in: folder, plan: &plan) else {
    // Read all the same, so that what is wrong with an image is listed too.
    plan.samples = images.images.map { SampleFiles(name: $0.name, image: $0.path, mask: .none) }
    return
  }
  guard !images.images.isEmpty else {
    plan.problems.append(.noImages(folder: images.folder, leftOut: images.leftOut.lines))
    return
  }
  let names = Set(images.images.map(\.name))
  _ = masks.take(.probabilities) { $0.name.hasSuffix(TwinNames.probability) && !names.contains($0.name) }
  let paired = Set(names.intersection(masks.images.map(\.name)).map(TwinNames.folded))
  _ = masks.take(.secondMask) { !names.contains($0.name) && TwinPairing.isSecond($0, among: paired) }
  masks.takeDrawings(on: names, plan: &plan)
  plan.take(masks)
  pair(images, with: masks.images, in: masks, plan: &plan)
}

private func pair(
  _ images: ImageListing, with masks: [ImageListing.Image], in folder: ImageListing, plan: inout DatasetPlan
) {
  let pairing = TwinPairing(images: images.images, masks: masks)
  plan.problems += pairing.problems
  plan.notes += pairing.notes
  for (index, image) in images.images.enumerated() {
    if let mask = pairing.maskOf[index] {
      plan.samples.append(SampleFiles(name: image.name, image: image.path, mask: .path(masks[mask].path)))
    } else {
      // Read all the same, so that what is wrong with the image is listed too.
      plan.samples.append(SampleFiles(name: image.name, image: image.path, mask: .none))
      if plan.options.findsMasks, plan.labelme[image.name]?.contains(where: \.isGraded) == true { continue }
      let almost = almostTwin(of: image.name, among: masks, folder.leftOut)
      plan.problems.append(.missingMask(image: image.path, folder: folder.folder, almost: almost))
    }
  }
  for (index, mask) in masks.enumerated() where pairing.isOrphan(index) {
    let almost = almostTwin(of: mask.name, among: images.images, images.leftOut)
    plan.problems.append(.missingImage(mask: mask.path, folder: images.folder, almost: almost))
  }
}

/// What is said of a file that is almost the twin that is missing.
private func almostTwin(of name: String, among others: [ImageListing.Image], _ leftOut: LeftOut) -> String? {
  if let unread = leftOut.otherFormat(named: name, baseName: baseName) {
    return "\(unread.name) is a \(unread.format) file, which is not read here"
  }
  let twin = others.first { $0.name != name && TwinNames.folded($0.name) == TwinNames.folded(name) }
  return twin.map { "\(fileName(of: $0.path)) differs only in case, but belongs to another" }
}

/// What stands in a folder; `nil` with a problem where it can't be listed.
private func listImages(in folder: String, plan: inout DatasetPlan) -> ImageListing? {
  do throws(FileError) {
    let listing = try ImageListing(of: folder)
    plan.folders.append(folder)
    return listing
  } catch {
    plan.problems.append(.folder(error))
    return nil
  }
}

extension DatasetPlan {
  /// Tells what was left out of a folder, and what stands there twice.
  fileprivate mutating func take(_ listing: ImageListing) {
    problems += listing.doubles
    notes += listing.notes
  }
}
