import Base
import Imaging
import Kernels

/// Everything that keeps a dataset from being loaded or split, all of it at once.
public struct DatasetError: Error, Sendable, Hashable {
  /// At least one.
  public let problems: [DatasetProblem]

  public init(_ problems: [DatasetProblem]) { self.problems = problems }

  /// The problem's own code, or `dataset-problems` when there are several kinds.
  public var code: String {
    let codes = Set(problems.map(\.code))
    return codes.count == 1 ? problems[0].code : "dataset-problems"
  }

  /// One line for one problem; for more a heading and a line each.
  public var message: String {
    guard problems.count > 1 else { return problems.first?.message ?? "" }
    return "\(problems.count) problems:" + problems.map { "\n- \($0.message)" }.joined()
  }

  /// The different hints, one a line.
  public var hint: String? {
    var hints: [String] = []
    for case let hint? in problems.map(\.hint) where !hints.contains(hint) { hints.append(hint) }
    return hints.isEmpty ? nil : hints.joined(separator: "\n")
  }
}

/// One thing that is wrong with a dataset's folders, files or arguments.
public enum DatasetProblem: Sendable, Hashable {
  case folder(FileError)
  case image(ImageError)
  /// - Parameter leftOut: what stands in the folder instead, a line a reason.
  case noImages(folder: String, leftOut: [String])
  /// - Parameter almost: what is said of a file that is almost the one.
  case missingMask(image: String, folder: String, almost: String?)
  case missingImage(mask: String, folder: String, almost: String?)
  /// Two masks whose names fit an image alike.
  case twoMasks(image: String, first: String, second: String, differOnlyInCase: Bool)
  /// A mask whose name fits two images alike.
  case maskOfTwo(mask: String, first: String, second: String, differOnlyInCase: Bool)
  /// A mask's file is the image's own, or holds the same picture.
  case maskIsImage(image: String, mask: String)
  /// The masks are looked for in the images' own folder, and none is there.
  case ownFolder(String)
  case sameName(first: String, second: String)
  case sizesDiffer(image: String, UprightSize, mask: String, UprightSize)
  /// What labelme has drawn can't be read, or not understood.
  case labelme(file: String, reason: String)
  case labelmeSizeDiffers(file: String, PixelSize, image: String, UprightSize)
  /// A file of annotations can't be read, or not understood.
  case annotations(file: String, reason: String)
  /// An image that a file of annotations doesn't name, so that nobody knows whether there is anything to mark on it.
  case notAnnotated(image: String, file: String)
  case annotatedSizeDiffers(file: String, PixelSize, image: String, UprightSize)
  /// A folder of nnU-Net's that isn't as it should be.
  case nnUNet(file: String, reason: String, hint: String?)
  /// Areas were drawn under several names, and nobody has said which is non-perfusion.
  case severalClasses(file: String, [String])
  /// No area was drawn under this name.
  case classNotFound(String, file: String, found: [String])
  /// Sizes as text with how often each occurs, the most frequent first.
  case mixedSizes([String])
  case badPattern(String, reason: String)
  case caseNotFound(name: String, pattern: String)
  case badWorkingSize(Int)
  case badLabel(Int)
  /// Masks hold classes, but none of them this one.
  case labelNotFound(Int, found: [Int])
  case manifest(file: String, line: Int, reason: String, hint: String?)
  case withoutCase(names: [String])
  case splitImpossible(unit: SplitUnit, wanted: TestShare, available: Int)
  case foldsImpossible(unit: SplitUnit, wanted: Int, available: Int)
  /// A measure or a training needs a mask that nobody has drawn; no names where they are not known yet.
  case withoutMask(names: [String])
  /// A training needs a territory that nobody has drawn.
  case withoutTerritory(names: [String])
  /// Angiograms without masks are to be learnt from, and there are none.
  case nothingUnlabelled
  case outOfMemory(MemoryError)

  public var code: String {
    switch self {
    case .folder(let error): error.code
    case .image(let error): error.code
    case .noImages: "no-images"
    case .missingMask, .notAnnotated: "mask-missing"
    case .missingImage: "image-missing"
    case .twoMasks, .maskOfTwo: "mask-ambiguous"
    case .maskIsImage, .ownFolder: "mask-is-image"
    case .sameName: "same-name"
    case .sizesDiffer: "mask-size-differs"
    case .labelme: "bad-labelme"
    case .labelmeSizeDiffers: "labelme-size-differs"
    case .annotations: "bad-coco"
    case .annotatedSizeDiffers: "coco-size-differs"
    case .nnUNet: "bad-nnunet"
    case .severalClasses: "label-ambiguous"
    case .classNotFound: "label-not-found"
    case .mixedSizes: "mixed-sizes"
    case .badPattern: "bad-pattern"
    case .caseNotFound: "case-not-found"
    case .badWorkingSize: "bad-size"
    case .badLabel: "bad-label"
    case .labelNotFound: "label-not-found"
    case .manifest: "bad-manifest"
    case .withoutCase: "case-unknown"
    case .splitImpossible: "split-impossible"
    case .foldsImpossible: "folds-impossible"
    case .withoutMask: "mask-missing"
    case .withoutTerritory: "territory-missing"
    case .nothingUnlabelled: "nothing-unlabelled"
    case .outOfMemory(let error): error.code
    }
  }

  public var message: String {
    switch self {
    case .folder(let error): return error.message
    case .image(let error): return error.message
    case .noImages(let folder, let leftOut):
      return "\(folder) holds no image" + leftOut.map { "; left out, \($0)" }.joined()
    case .missingMask(let image, let folder, let almost):
      return "\(image): no mask of this name in \(folder)" + (almost.map { "; \($0)" } ?? "")
    case .missingImage(let mask, let folder, let almost):
      return "\(mask): no image of this name in \(folder)" + (almost.map { "; \($0)" } ?? "")
    case .twoMasks(let image, let first, let second, let isCase):
      return "\(image): both \(first) and \(second) could be its mask" + (isCase ? "; each differs only in case" : "")
    case .maskOfTwo(let mask, let first, let second, let isCase):
      return "\(mask) could be the mask of both \(first) and \(second)" + (isCase ? "; each differs only in case" : "")
    case .maskIsImage(let image, let mask):
      return image == mask ? "\(image) is given as its own mask" : "the mask \(mask) is the picture \(image) itself"
    case .ownFolder(let folder):
      return "`masks:` names the images' own folder, \(folder), in which no name is that of a mask"
    case .sameName(let first, let second): return "\(first) and \(second) have the same base name"
    case .sizesDiffer(let image, let size, let mask, let maskSize):
      return "\(image) is \(size.words), but its mask \(mask) is \(maskSize.words)"
    case .labelme(let file, let reason): return "\(file), of labelme: \(reason)"
    case .labelmeSizeDiffers(let file, let size, let image, let imageSize):
      return "\(file) was drawn in labelme on an image of \(size), but \(image) is \(imageSize.words)"
    case .annotations(let file, let reason): return "\(file), annotations of COCO: \(reason)"
    case .notAnnotated(let image, let file): return "\(image): the list of images in \(file) does not name it"
    case .annotatedSizeDiffers(let file, let size, let image, let imageSize):
      return "\(file) has annotations on an image of \(size), but \(image) is \(imageSize.words)"
    case .nnUNet(let file, let reason, _): return "\(file), of nnU-Net: \(reason)"
    case .severalClasses(let file, let names):
      return "\(file) has areas of \(names.count) classes: \(clippedList(names, showing: 16))"
    case .classNotFound(let name, let file, let found):
      return "\(file) has no class “\(name)”; "
        + (found.isEmpty ? "it has no areas at all" : "it has \(clippedList(found, showing: 16))")
    case .mixedSizes(let sizes): return "the images have different sizes: \(sizes.joined(separator: ", "))"
    case .badPattern(let pattern, let reason): return "the case pattern '\(pattern)' \(reason)"
    case .caseNotFound(let name, let pattern):
      return "\(name): the case pattern '\(pattern)' finds no case in this name"
    case .badWorkingSize(let size): return "a working size of \(size) pixels is outside \(WorkingFrame.sides)"
    case .badLabel(let label): return "a label of \(label) is outside \(LoadOptions.labels)"
    case .labelNotFound(let label, let found):
      return "no mask holds the label \(label); the masks hold \(clippedList(found.map(String.init), showing: 16))"
    case .manifest(let file, let line, let reason, _): return "\(file), line \(line): \(reason)"
    case .withoutCase(let names):
      return "no case is known of \(names.isEmpty ? "some of these images" : clippedList(names))"
    case .splitImpossible(let unit, let wanted, let available):
      let share =
        switch wanted {
        case .count(let count): "\(count) of"
        case .fraction(let part): "a fraction of \(part) of"
        }
      let units = unit == .byCase ? "cases" : "images"
      return "\(share) \(available) \(units) cannot be set aside for testing: both sides need one at least"
    case .foldsImpossible(let unit, let wanted, let available):
      return "\(wanted) folds of \(counted(available, unit == .byCase ? "case" : "image")) cannot be made: "
        + "two folds at least, and one \(unit == .byCase ? "case" : "image") at least in each"
    case .withoutMask(let names):
      return "no mask is known of \(names.isEmpty ? "some of these angiograms" : clippedList(names))"
    case .withoutTerritory(let names): return "no territory is known of \(clippedList(names))"
    case .nothingUnlabelled:
      return "no unlabelled angiogram is left to learn from: all have something in common with those that are judged"
    case .outOfMemory(let error): return error.message
    }
  }

  public var hint: String? {
    switch self {
    case .folder(let error): error.hint
    case .image(let error): error.hint
    case .mixedSizes: "give size: to bring them to one"
    case .badPattern, .caseNotFound: "a pattern has one group that names the case, such as '^(\\d+)'"
    case .manifest(_, _, _, let hint): hint
    case .withoutCase: "give case: when loading, or split by: image"
    case .withoutMask: "give masks: when loading"
    case .withoutTerritory: "say with `territory:`, when loading, which class of the masks surrounds that of `label:`"
    case .splitImpossible(let unit, _, let available):
      available > 1
        ? "at most \(available - 1) can" : "a split takes two \(unit == .byCase ? "cases" : "images") at least"
    case .foldsImpossible(let unit, _, let available):
      available > 1
        ? "at most \(available) can" : "folds take two \(unit == .byCase ? "cases" : "images") at least"
    case .missingMask:
      "a mask has its image's base name, or that and what is usually added: eye-1.png or eye-1_mask.png"
    case .twoMasks, .maskOfTwo: "keep one of them in the folder, or name masks in a manifest"
    case .maskIsImage, .ownFolder: "`masks:` takes a folder of drawn masks; leave it out where there are none"
    case .sizesDiffer(_, let size, _, let maskSize):
      size.isAsStored && maskSize.isAsStored
        ? "a mask marks the pixels of its image: export it at the image's own size"
        : "a mask marks the pixels of its image as it stands upright: turn one of them, or take the orientation out of "
          + "its file"
    case .labelme: "save it from labelme again, or take it out of the folder"
    case .annotations: "annotations are a JSON file with the lists `images`, `annotations` and `categories`"
    case .notAnnotated:
      "take it out of the folder, or name it in the file's `images`: one that has no annotations there has an empty mask"
    case .annotatedSizeDiffers: "annotate this very image, or take it out of the file"
    case .nnUNet(_, _, let hint): hint
    case .severalClasses(_, let names): "name the one that is non-perfusion, such as label: \"\(names.first ?? "")\""
    case .labelmeSizeDiffers: "draw on this very image, or take the file out of the folder"
    case .noImages:
      "images are \(ImageFormat.list("or")) files directly in the folder; a saved dataset is loaded by its manifest.csv"
    case .nothingUnlabelled: "give `unlabelled:` angiograms of patients who are not tested and do not validate"
    case .outOfMemory(let error): error.hint
    default: nil
    }
  }
}
