import Base

/// What programs and collections add to the name of an image to name its mask, or to that of the image itself.
enum TwinNames {
  /// A name with an addition taken off; `added` is empty for the name itself.
  struct Stem: Hashable {
    let stem: String
    let added: String
  }

  /// Our own predictions', label tools', nnU-Net's, DRIVE's.
  private static let maskWords = [
    "mask", "masks", "seg", "segmentation", "label", "labels", "labelled", "labeled", "gt", "groundtruth",
    "ground_truth", "ground-truth", "truth", "annotation", "annotations", "annotated", "manual", "manual1", "1stHO",
  ]
  private static let imageWords = ["0000", "image", "img", "training", "test"]
  private static let joints = [".", "_", "-", " "]

  /// The end of a map of probabilities as `save` names it.
  static let probability = ".probability"

  static func maskStems(_ name: String) -> [Stem] {
    stems(name, ends: maskWords, beginnings: ["mask", "seg", "label", "gt"])
  }

  static func imageStems(_ name: String) -> [Stem] { stems(name, ends: imageWords, beginnings: ["image", "img"]) }

  /// The name itself, then what it is without an addition, each way; then the same without a second ending, as
  /// `eye.jpg.png` has one, before or behind the addition.
  private static func stems(_ name: String, ends: [String], beginnings: [String]) -> [Stem] {
    var found = [Stem(stem: name, added: "")] + shortened(name, ends: ends, beginnings: beginnings)
    found += found.compactMap { stem in
      guard let (base, ending) = withoutEnding(stem.stem) else { return nil }
      return Stem(stem: base, added: name.hasPrefix(stem.stem) ? ending + stem.added : stem.added + ending)
    }
    if let (base, ending) = withoutEnding(name) {
      found += shortened(base, ends: ends, beginnings: beginnings).map { Stem(stem: $0.stem, added: $0.added + ending) }
    }
    return found.filter { !$0.stem.isEmpty }
  }

  /// What a name is without each of the additions that it has.
  private static func shortened(_ name: String, ends: [String], beginnings: [String]) -> [Stem] {
    let small = name.lowercased()
    var found: [Stem] = []
    for joint in joints {
      for end in ends where small.hasSuffix(joint + end.lowercased()) {
        let count = joint.count + end.count
        found.append(Stem(stem: String(name.dropLast(count)), added: String(name.suffix(count))))
      }
      for start in beginnings where small.hasPrefix(start + joint) {
        let count = start.count + joint.count
        found.append(Stem(stem: String(name.dropFirst(count)), added: String(name.prefix(count))))
      }
    }
    return found
  }

  /// A name that ends as an image's file does, without that.
  private static func withoutEnding(_ name: String) -> (base: String, ending: String)? {
    guard claimsToBeImage(name) else { return nil }
    let base = baseName(of: name)
    return (base, String(name.dropFirst(base.count)))
  }

  /// A name as it is compared where case does not count.
  static func folded(_ name: String) -> String { name.lowercased() }
}

/// Which mask belongs to which image, by their names: the very name first, then one with what is usually added, then one
/// that differs in case.
struct TwinPairing {
  /// The place of its mask among the masks, for each image that has one.
  private(set) var maskOf: [Int: Int] = [:]
  /// Images for which two masks could be meant, or masks for two images.
  private(set) var problems: [DatasetProblem] = []
  /// The masks that a problem speaks of.
  private var disputed: Set<Int> = []
  /// Pairs whose names differ, by what was added to either.
  private var added: [Additions: [String]] = [:]

  private struct Additions: Hashable {
    let image, mask: String
    /// Whether what is left differs in case.
    let differsInCase: Bool

    /// An addition to the mask's name is likelier than one to the image's, that than both, and all than another case.
    var rank: Int { (differsInCase ? 4 : 0) + (image.isEmpty ? 0 : 2) + (mask.isEmpty ? 0 : 1) }

    var words: String {
      let parts =
        (image.isEmpty ? [] : ["“\(image)” of the images"]) + (mask.isEmpty ? [] : ["“\(mask)” of the masks"])
      let without = parts.isEmpty ? "" : " without \(parts.joined(separator: " and "))"
      return "paired by their names\(without)" + (differsInCase ? ", though these differ in case" : "")
    }
  }

  init(images: [ImageListing.Image], masks: [ImageListing.Image]) {
    let byName = Dictionary(masks.indices.map { (masks[$0].name, $0) }) { first, _ in first }
    for index in images.indices { maskOf[index] = byName[images[index].name] }
    let taken = Set(maskOf.values)
    var byStem: [String: [(mask: Int, stem: TwinNames.Stem)]] = [:]
    for index in masks.indices where !taken.contains(index) {
      for stem in TwinNames.maskStems(masks[index].name) {
        byStem[TwinNames.folded(stem.stem), default: []].append((index, stem))
      }
    }
    var imagesOf: [Int: [(image: Int, Additions)]] = [:]
    for index in images.indices where maskOf[index] == nil {
      let candidates = TwinNames.imageStems(images[index].name).flatMap { stem in
        (byStem[TwinNames.folded(stem.stem)] ?? []).map { mask, other in
          (
            mask: mask,
            added: Additions(image: stem.added, mask: other.added, differsInCase: stem.stem != other.stem)
          )
        }
      }
      guard let best = candidates.map(\.added.rank).min() else { continue }
      let chosen = Dictionary(candidates.filter { $0.added.rank == best }.map { ($0.mask, $0.added) }) { first, _ in
        first
      }
      let ordered = chosen.keys.sorted()
      if ordered.count > 1 {
        disputed.formUnion(ordered)
        problems.append(
          .twoMasks(
            image: images[index].path, first: masks[ordered[0]].path, second: masks[ordered[1]].path,
            differOnlyInCase: isCaseAlone(ordered.compactMap { chosen[$0] })))
      }
      if let mask = ordered.first, let added = chosen[mask] { imagesOf[mask, default: []].append((index, added)) }
    }
    for (mask, claims) in imagesOf.sorted(by: { $0.key < $1.key }) {
      // One whose name fits better is no rival.
      let best = claims.map(\.1.rank).min()
      let claims = claims.filter { $0.1.rank == best || $0.1.rank < 4 }
      if claims.count > 1 {
        let (first, second) = (images[claims[0].image].path, images[claims[1].image].path)
        problems.append(
          .maskOfTwo(
            mask: masks[mask].path, first: first, second: second, differOnlyInCase: isCaseAlone(claims.map(\.1))))
      }
      for (image, addition) in claims {
        maskOf[image] = mask
        added[addition, default: []].append("\(images[image].name) with \(masks[mask].name)")
      }
    }

    func isCaseAlone(_ ways: [Additions]) -> Bool {
      ways.allSatisfy { $0.differsInCase && $0.image.isEmpty && $0.mask.isEmpty }
    }
  }

  /// Whether a mask has no image, and no problem speaks of it yet.
  func isOrphan(_ mask: Int) -> Bool { !disputed.contains(mask) && !maskOf.values.contains(mask) }

  /// Whether a mask that no image has would be that of an image which has one of its very name.
  ///
  /// - Parameter images: their names, folded.
  static func isSecond(_ mask: ImageListing.Image, among images: Set<String>) -> Bool {
    TwinNames.maskStems(mask.name).contains { !$0.added.isEmpty && images.contains(TwinNames.folded($0.stem)) }
  }

  /// The rule by which masks of other names were found, with the pairs.
  var notes: [String] {
    added.sorted { ($0.key.rank, $0.key.image, $0.key.mask) < ($1.key.rank, $1.key.image, $1.key.mask) }.map {
      way, pairs in "\(way.words): \(clippedList(pairs))"
    }
  }
}
