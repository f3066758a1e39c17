import Base
import Imaging

/// What somebody has drawn on an image, which is to be its mask.
struct Drawing: Hashable {
  /// Where it stands.
  let file: String
  /// The class that is marked, as it is spelt there.
  var className = AreaNames.nonPerfusion
  /// Of the image that it was drawn on, where that has to be compared still.
  var size: PixelSize?
  let marked: [DrawnArea]
  /// Neither marked nor counted.
  var ungraded: [DrawnArea] = []

  func mask(_ size: PixelSize) -> Mask { Mask(width: size.width, height: size.height, areas: marked) }

  /// `nil` where all is graded.
  func ungradedMask(_ size: PixelSize) -> Mask? {
    guard !ungraded.isEmpty else { return nil }
    let mask = Mask(width: size.width, height: size.height, areas: ungraded)
    return mask.area == 0 ? nil : mask
  }
}

/// The classes that areas were drawn under, in the spelling of the first of each: case and spaces around don't count.
struct ClassNames {
  /// What nobody has graded, where nobody says how that is called.
  static let ungraded: Set = ["ungraded", "ungradable", "ignore"]

  private var written: [String: String] = [:]
  /// On how many images there are areas of a class.
  private var images: [String: Int] = [:]

  static func folded(_ name: String) -> String { name.trimmingSpaces.lowercased() }

  /// The spelling of a class of areas, which may be another one's name where there is no area of it.
  func spelling(_ folded: String) -> String { written[folded] ?? folded }

  /// Those of some classes of which there are areas, in their spelling.
  func found(among folded: Set<String>) -> [String] { folded.filter { written[$0] != nil }.sorted().map(spelling) }

  /// Takes the classes of one image's areas.
  mutating func add(_ names: some Sequence<String>) {
    var seen: Set<String> = []
    for name in names {
      let folded = Self.folded(name)
      if written[folded] == nil { written[folded] = name.trimmingSpaces }
      if seen.insert(folded).inserted { images[folded, default: 0] += 1 }
    }
  }

  /// Which of them is non-perfusion, as `folded` writes it.
  enum Choice {
    case chosen(String)
    /// The only one there is, in its own spelling, of so many images.
    case only(String, name: String, images: Int)
    case problem(DatasetProblem)
    /// There is no area of such a class.
    case none
  }

  /// - Parameters:
  ///   - name: what somebody has asked for.
  ///   - isOther: whether a class means something else, and is taken only where it is asked for.
  ///   - file: where the areas stand, for messages.
  ///   - mayBeNone: whether it may be that nobody has had anything to mark, whatever the class is called.
  func choice(
    _ name: String?, in file: String, mayBeNone: Bool = false, unless isOther: (String) -> Bool
  ) -> Choice {
    let candidates = written.keys.filter { !isOther($0) }
    if let name {
      let folded = Self.folded(name)
      guard written[folded] == nil else { return .chosen(folded) }
      if mayBeNone && candidates.isEmpty { return .none }
      return .problem(.classNotFound(name, file: file, found: ordered(written.keys)))
    }
    guard let first = candidates.first else { return .none }
    guard candidates.count == 1 else { return .problem(.severalClasses(file: file, ordered(candidates))) }
    return .only(first, name: written[first] ?? first, images: images[first] ?? 0)
  }

  /// In their spelling; those of most images first.
  private func ordered(_ names: some Sequence<String>) -> [String] {
    names.sorted { (images[$1] ?? 0, $0) < (images[$0] ?? 0, $1) }.map { written[$0] ?? $0 }
  }
}

extension LoadOptions {
  /// The classes of which nobody has graded the pixels, as `ClassNames.folded` writes them.
  func ungradedClasses(besides chosen: String? = nil) -> Set<String> {
    let names = ignoreName.map { [ClassNames.folded($0)] } ?? ClassNames.ungraded
    return names.subtracting(chosen.map { [$0] } ?? [])
  }
}

extension DrawnArea {
  /// Why places are not those of a picture; `nil` where they are.
  static func fault(of points: [SIMD2<Double>]) -> String? {
    for point in points where !(abs(point.x) <= farthest && abs(point.y) <= farthest) {
      return "has a point at (\(point.x), \(point.y)), which is in no picture"
    }
    return nil
  }
}

extension JSON {
  /// The document that a label tool has written.
  init(ofLabels bytes: [UInt8]) throws(DrawingFault) {
    do throws(JSONError) {
      self = try JSON(decoding: bytes[...])
    } catch {
      switch error.reason {
      case .malformed(let reason): throw DrawingFault("no JSON from byte \(error.offset) on: \(reason)")
      case .duplicateName(let name): throw DrawingFault("the name \"\(name)\" stands twice in one object")
      }
    }
  }
}
