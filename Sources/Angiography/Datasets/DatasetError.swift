import Files
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
  case noImages(folder: String)
  case missingMask(image: String, folder: String)
  case missingImage(mask: String, folder: String)
  case sameName(first: String, second: String)
  case sizesDiffer(image: String, width: Int, height: Int, mask: String, maskWidth: Int, maskHeight: Int)
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
  case outOfMemory(MemoryError)

  public var code: String {
    switch self {
    case .folder(let error): error.code
    case .image(let error): error.code
    case .noImages: "no-images"
    case .missingMask: "mask-missing"
    case .missingImage: "image-missing"
    case .sameName: "same-name"
    case .sizesDiffer: "mask-size-differs"
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
    case .outOfMemory(let error): error.code
    }
  }

  public var message: String {
    switch self {
    case .folder(let error): return error.message
    case .image(let error): return error.message
    case .noImages(let folder): return "\(folder) holds no image"
    case .missingMask(let image, let folder): return "\(image): no mask of this name in \(folder)"
    case .missingImage(let mask, let folder): return "\(mask): no image of this name in \(folder)"
    case .sameName(let first, let second): return "\(first) and \(second) have the same base name"
    case .sizesDiffer(let image, let width, let height, let mask, let maskWidth, let maskHeight):
      return "\(image) is \(width) × \(height), but its mask \(mask) is \(maskWidth) × \(maskHeight)"
    case .mixedSizes(let sizes): return "the images have different sizes: \(sizes.joined(separator: ", "))"
    case .badPattern(let pattern, let reason): return "the case pattern '\(pattern)' \(reason)"
    case .caseNotFound(let name, let pattern):
      return "\(name): the case pattern '\(pattern)' finds no case in this name"
    case .badWorkingSize(let size): return "a working size of \(size) pixels is outside 8...8192"
    case .badLabel(let label): return "a label of \(label) is outside 1...65535"
    case .labelNotFound(let label, let found):
      return "no mask holds the label \(label); the masks hold \(found.map { "\($0)" }.joined(separator: ", "))"
    case .manifest(let file, let line, let reason, _): return "\(file), line \(line): \(reason)"
    case .withoutCase(let names):
      return "no case is known of \(names.isEmpty ? "some of these images" : list(names))"
    case .splitImpossible(let unit, let wanted, let available):
      let units = unit == .byCase ? "cases" : "images"
      let share =
        switch wanted {
        case .count(let count): "\(count) of"
        case .fraction(let part): "a fraction of \(part) of"
        }
      return "\(share) \(available) \(units) cannot be set aside for testing: both sides need one at least"
    case .foldsImpossible(let unit, let wanted, let available):
      return "\(wanted) folds of \(available) \(unit == .byCase ? "cases" : "images") cannot be made: "
        + "two folds at least, and one \(unit == .byCase ? "case" : "image") at least in each"
    case .withoutMask(let names):
      return "no mask is known of \(names.isEmpty ? "some of these angiograms" : list(names))"
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
    case .splitImpossible(let unit, _, let available):
      available > 1
        ? "at most \(available - 1) can" : "a split takes two \(unit == .byCase ? "cases" : "images") at least"
    case .foldsImpossible(let unit, _, let available):
      available > 1
        ? "at most \(available) can" : "folds take two \(unit == .byCase ? "cases" : "images") at least"
    case .missingMask: "a mask has its image's base name: eye-1.jpg and eye-1.png"
    case .sizesDiffer: "a mask marks the pixels of its image: export it at the image's own size"
    case .noImages:
      "images are PNG, JPEG, TIFF, PGM or PPM files directly in the folder; a saved dataset is loaded by its manifest.csv"
    case .outOfMemory(let error): error.hint
    default: nil
    }
  }

  /// Names in a row, cut where it gets long.
  private func list(_ names: [String]) -> String {
    let shown = names.prefix(5).joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }
}
