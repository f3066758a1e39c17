import Base

/// Why an entry of a folder is not among its images.
enum LeftOutReason: Hashable {
  /// Bytes that are no UTF-8: nothing can be opened by such a name.
  case nameIsNoText
  case folder, linkToNothing
  /// A pipe, a socket, a device, or what may not be looked at.
  case special
  case empty
  /// An image in a format that is not read here.
  case otherFormat(String)
  case noImage
  /// A map that was saved beside its mask.
  case probabilities
  /// A mask of an image that has one already, under its very name.
  case secondMask

  /// What such entries are.
  var words: String {
    switch self {
    case .nameIsNoText: "names that are not UTF-8 (rename them)"
    case .folder: "folders (only files directly in it are read)"
    case .linkToNothing: "links to nothing"
    case .special: "neither files nor folders"
    case .empty: "empty files"
    case .otherFormat(let name): "\(name) files, not read here"
    case .noImage: "not images"
    case .probabilities: "maps of probabilities"
    case .secondMask: "second masks of images whose own name another has"
    }
  }

  /// The order in which they are told.
  fileprivate var place: Int {
    switch self {
    case .nameIsNoText: 0
    case .linkToNothing: 1
    case .otherFormat: 2
    case .empty: 3
    case .secondMask: 4
    case .probabilities: 5
    case .folder: 6
    case .special: 7
    case .noImage: 8
    }
  }
}

/// What of a folder is not among its images.
struct LeftOut {
  private var names: [LeftOutReason: [String]] = [:]

  mutating func add(_ name: String, _ reason: LeftOutReason) { names[reason, default: []].append(name) }

  /// `GIF files, not read here: a.gif, b.gif`, a line a reason.
  var lines: [String] {
    names.map { ($0.key, $0.value.sorted(by: isNaturallyBefore)) }
      .sorted { ($0.0.place, $0.0.words) < ($1.0.place, $1.0.words) }
      .map { "\($0.0.words): \(clippedList($0.1))" }
  }

  /// The image of this base name in a format that is not read here, and the format.
  func otherFormat(named base: String, baseName: (String) -> String) -> (name: String, format: String)? {
    for case (.otherFormat(let format), let found) in names {
      if let name = found.first(where: { baseName($0) == base }) { return (name, format) }
    }
    return nil
  }
}
