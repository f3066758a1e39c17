import Base
import Imaging

/// A dataset as nnU-Net keeps it: `imagesTr`, `labelsTr` and `dataset.json` in one folder.
struct NNUNetFolder {
  let path: String

  /// `nil` where the folder is none of nnU-Net's.
  init?(at path: String) {
    self.path = path
    guard pathKind(list) == .file, pathKind(images) == .folder else { return nil }
  }

  static let listName = "dataset.json"
  static let imageFolder = "imagesTr"
  static let labelFolder = "labelsTr"
  static let testFolder = "imagesTs"
  /// What an image's name has behind its case's: the channel.
  static let firstChannel = "_0000"

  var list: String { joinPath(path, Self.listName) }
  var images: String { joinPath(path, Self.imageFolder) }
  var labels: String { joinPath(path, Self.labelFolder) }
  var tests: String { joinPath(path, Self.testFolder) }
}

/// What `dataset.json` says.
private struct NNUNetList {
  let channels: [String]
  /// The numbers of a class, by its name: several where it is made of others.
  private(set) var classes: [String: [Int]] = [:]
  /// What the names of images and labels end in; `nil` where it doesn't say.
  let fileEnding: String?

  init(_ bytes: [UInt8]) throws(DrawingFault) {
    let fields = try JSON(ofLabels: bytes).fields
    // The first version said `modality`, and the other way round what a number means.
    channels = (fields["channel_names"] ?? fields["modality"] ?? .null).fields.keys.sorted()
    fileEnding = if case .text(let ending)? = fields["file_ending"] { ending } else { nil }
    guard case .object(let labels)? = fields["labels"] else { throw DrawingFault("it has no `labels`") }
    for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
      switch value {
      case .whole(let number): classes[key] = [number]
      case .text(let name) where Int(key) != nil: classes[name, default: []] += Int(key).map { [$0] } ?? []
      case .list where value.wholes?.isEmpty == false: classes[key] = value.wholes
      default: throw DrawingFault("its label “\(key)” has no whole number")
      }
    }
  }
}

/// Pairs what stands in `imagesTr` with what stands in `labelsTr`; classes have the names that `dataset.json` gives them.
func planNNUNet(_ folder: NNUNetFolder, options: LoadOptions) -> DatasetPlan {
  var plan = DatasetPlan(name: fileName(of: folder.path), options: options, lists: [folder.list])
  let list: NNUNetList
  do {
    list = try NNUNetList(readFile(folder.list, limit: LabelmeFile.largestFile))
  } catch let error as FileError {
    plan.problems.append(.folder(error))
    return plan
  } catch {
    let reason = (error as? DrawingFault)?.reason ?? "\(error)"
    plan.problems.append(.nnUNet(file: folder.list, reason: reason, hint: nil))
    return plan
  }
  if list.channels.count > 1 {
    plan.problems.append(
      .nnUNet(
        file: folder.list, reason: "its images have \(list.channels.count) channels each; angiograms have one",
        hint: "copy the images of one channel into a folder of their own, and give that to `load`"))
  }
  takeClasses(of: list, in: folder, &plan)
  pairCases(of: folder, &plan)
  if let ending = list.fileEnding { compare(ending, in: folder, &plan) }
  return plan
}

/// Tells of files that end in something else than `dataset.json` says: nnU-Net wouldn't read them.
private func compare(_ ending: String, in folder: NNUNetFolder, _ plan: inout DatasetPlan) {
  let paths = plan.samples.flatMap { [$0.image] + ($0.maskPath.map { [$0] } ?? []) }
  let others = paths.filter { !$0.lowercased().hasSuffix(ending.lowercased()) }
  guard !others.isEmpty else { return }
  plan.notes.append(
    "\(folder.list) says that files end in “\(ending)”; other files are read: \(clippedList(others.map { fileName(of: $0) }))"
  )
}

/// Finds the numbers of non-perfusion, and of what nobody has graded.
private func takeClasses(of list: NNUNetList, in folder: NNUNetFolder, _ plan: inout DatasetPlan) {
  let options = plan.options
  let others = options.ungradedClasses()
  var numbers: [String: [Int]] = [:]
  var classes = ClassNames()
  for (name, found) in list.classes.sorted(by: { $0.key < $1.key }) where found != [0] {
    classes.add([name])
    numbers[ClassNames.folded(name)] = found
  }
  /// The one number of a class.
  func number(_ name: String) -> Int? {
    guard let found = numbers[name] else { return nil }
    if found.count == 1, LoadOptions.labels.contains(found[0]) { return found[0] }
    plan.problems.append(
      .nnUNet(
        file: folder.list, reason: "the class “\(name)” is no single number of \(LoadOptions.labels)",
        hint: "`label:` also takes the number of a class"))
    return nil
  }
  if options.label == nil {
    switch classes.choice(options.labelName, in: folder.list, unless: others.contains) {
    case .chosen(let name): plan.options.label = number(name)
    case .only(let name, let written, _):
      plan.options.label = number(name)
      plan.notes.append("“\(written)”, the only class in \(folder.list), is taken as non-perfusion")
    case .problem(let problem): plan.problems.append(problem)
    case .none: plan.problems.append(.nnUNet(file: folder.list, reason: "its `labels` name no class", hint: nil))
    }
  }
  guard options.ignore == nil else { return }
  let ungraded = others.sorted().first { numbers[$0] != nil && $0 != options.labelName.map(ClassNames.folded) }
  if let ungraded {
    plan.options.ignore = number(ungraded)
  } else if let name = options.ignoreName {
    plan.problems.append(.classNotFound(name, file: folder.list, found: list.classes.keys.sorted()))
  }
}

/// Makes a sample of every image and its label.
private func pairCases(of folder: NNUNetFolder, _ plan: inout DatasetPlan) {
  guard let images = listing(of: folder.images, &plan), let labels = listing(of: folder.labels, &plan) else { return }
  let labelPaths = Dictionary(labels.images.map { ($0.name, $0.path) }) { first, _ in first }
  var cases: Set<String> = []
  for image in images.images {
    guard let end = image.name.wholeMatch(of: /(.+)_(\d{4})/) else {
      plan.problems.append(
        .nnUNet(
          file: image.path, reason: "its name does not end in a channel",
          hint: "images are named by case and channel: eye\(NNUNetFolder.firstChannel).png"))
      continue
    }
    let name = String(end.1)
    guard "_\(end.2)" == NNUNetFolder.firstChannel else {
      plan.problems.append(
        .nnUNet(
          file: image.path, reason: "this is another channel than the first; angiograms have one",
          hint: "copy the images of one channel into a folder of their own, and give that to `load`"))
      continue
    }
    cases.insert(name)
    let label = labelPaths[name]
    if label == nil { plan.problems.append(.missingMask(image: image.path, folder: folder.labels, almost: nil)) }
    plan.samples.append(SampleFiles(name: name, image: image.path, mask: label.map { .path($0) } ?? .none))
  }
  for label in labels.images where !cases.contains(label.name) {
    plan.problems.append(.missingImage(mask: label.path, folder: folder.images, almost: nil))
  }
  if pathKind(folder.tests) == .folder {
    plan.notes.append("\(folder.tests) is not read: a folder of images without labels, which `load` takes by itself")
  }
}

/// What stands in one of the folders; `nil` with a problem where that can't be read, or is NIfTI.
private func listing(of folder: String, _ plan: inout DatasetPlan) -> ImageListing? {
  do throws(FileError) {
    let listing = try ImageListing(of: folder)
    plan.folders.append(folder)
    plan.problems += listing.doubles
    if listing.images.isEmpty {
      let names = try namesInFolder(folder).sorted(by: isNaturallyBefore)
      if let volume = names.first(where: ImageFormat.isNIfTI) {
        let fault = ImageFault.unknownFormat(looksLike: "NIfTI")
        plan.problems.append(.image(ImageError(file: joinPath(folder, volume), fault: fault)))
      } else {
        plan.problems.append(.noImages(folder: folder, leftOut: listing.leftOut.lines))
      }
      return nil
    }
    plan.notes += listing.notes
    return listing
  } catch {
    plan.problems.append(.folder(error))
    return nil
  }
}
