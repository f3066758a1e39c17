/// Which of the values in a mask's file are marked, and by which rule: one for every format, decided from the values found.
///
/// - One value: black marks nothing, another one everything.
/// - Two: the brighter is marked. Of colours, whichever is not the background.
/// - More, each of them an area of its own (3 × 3 pixels somewhere, or fewer than 9 in all) or none above 31: classes, of
///   which all but the background are marked.
/// - More, with soft edges or smeared by JPEG: what is brighter than half-way from the darkest to the brightest is marked.
///
/// The background is the darkest value; in a palette with colours it is black where black is used, else index 0; of
/// colours without a palette black, else white, else the darkest. 255 is not graded beside classes up to 31 that fill
/// areas: two of them, or one and the value 0.
public enum MaskRule: Sendable, Hashable {
  /// - Parameter value: the one there is; `nil` where no pixel is graded.
  case nothing(value: String?)
  case everything(value: String)
  /// - Parameter isPlain: whether nobody need be told: the unmarked one is black.
  case brighterOfTwo(unmarked: String, marked: String, isPlain: Bool)
  /// Those that are marked, in the file's words, and the one that is not.
  case classes([String], background: String?)
  /// - Parameters:
  ///   - between: the share of the pixels that are neither dark nor bright.
  ///   - levels: how many different values there are.
  case half(lowest: String, highest: String, between: Double, levels: Int)
  /// A JPEG that is all but even: its values are too near to each other, and too scattered, to tell a mark from the traces
  /// of compression.
  case tooFaint(lowest: String, highest: String)
  /// The user has named it.
  case label(Int)

  /// More of a picture's pixels are neither dark nor bright than of any mask, however smeared: measured on 67 angiograms
  /// (0.31 at least) and on their masks as JPEG of quality 5 (0.21 at most).
  static let mostBetween = 0.25

  /// Whether the file is no mask but a photograph, or a map of probabilities.
  public var isOfPicture: Bool {
    if case .half(_, _, let between, let levels) = self { between > Self.mostBetween && levels > 16 } else { false }
  }
}

extension MaskValues {
  /// The rule for these values, ungraded ones left out, and the codes that are marked.
  ///
  /// - Parameter isLossy: of a format that smears.
  func rule(without ungraded: Int?, isLossy: Bool, _ convention: MaskConvention) -> (rule: MaskRule, marked: Set<Int>) {
    let graded = values.filter { $0.code != ungraded }
    guard let darkest = graded.first, let brightest = graded.last else {
      return (.nothing(value: nil), [])
    }
    let background = background(of: graded, convention)
    let marked = graded.filter { $0.code != background }
    if graded.count == 1 {
      let isFaint = isLossy && darkest.level < fullLevel / 16
      guard !marked.isEmpty, !darkest.isBlack, !isFaint else { return (.nothing(value: darkest.name), []) }
      return (.everything(value: darkest.name), [darkest.code])
    }
    if isLossy && isTooFaint(graded, darkest, brightest) {
      return (.tooFaint(lowest: darkest.name, highest: brightest.name), [])
    }
    if graded.count == 2, let one = marked.first, marked.count == 1 {
      let other = one.code == darkest.code ? brightest : darkest
      let isPlain = other.isBlack && !isLossy
      return (.brighterOfTwo(unmarked: other.name, marked: one.name, isPlain: isPlain), [one.code])
    }
    if !isLossy && areClasses(graded) {
      let unmarked = graded.first { $0.code == background }?.name
      return (.classes(marked.map(\.name), background: unmarked), Set(marked.map(\.code)))
    }
    return half(of: graded, darkest, brightest)
  }

  /// The value that is certainly not marked; `nil` where none is.
  private func background(of graded: [Value], _ convention: MaskConvention) -> Int? {
    let black = graded.first { $0.isBlack }?.code
    switch kind {
    case .grey, .greyPalette:
      if convention.hasZeroBackground && graded.allSatisfy({ $0.code <= Self.largestClass }) { return 0 }
      return graded.count == 1 ? black : graded.first?.code
    case .colourPalette: return black ?? 0
    case .colours:
      let white = graded.first { $0.level == fullLevel && !$0.isChromatic }?.code
      return black ?? (graded.count == 1 ? nil : white ?? graded.first?.code)
    }
  }

  /// No class number is larger; soft edges of masks are.
  static let largestClass = 31

  /// Whether more than two values are classes, not the steps of soft edges.
  func areClasses(_ graded: [Value]) -> Bool {
    let largest = graded.map(\.code).max() ?? 0
    if kind == .colourPalette && graded.count <= 32 { return true }
    if kind == .grey && largest <= Self.largestClass && 2 * Float(largest) < fullLevel { return true }
    // Indices whose colours are all alike, in a palette that nobody has filled in.
    if graded.first?.level == graded.last?.level { return true }
    guard graded.count <= 16 else { return false }
    let areas = codesOfAreas
    return graded.allSatisfy { areas.contains($0.code) || $0.pixelCount < 9 }
      && areas.intersection(graded.map(\.code)).count > 2
  }

  /// Whether what is brighter than half-way stands out so little that it may be a trace of compression: nowhere does one of
  /// its values fill an area.
  private func isTooFaint(_ graded: [Value], _ darkest: Value, _ brightest: Value) -> Bool {
    guard brightest.level - darkest.level < fullLevel / 16 else { return false }
    return codesOfAreas.isDisjoint(with: brighterHalf(of: graded, darkest, brightest))
  }

  private func brighterHalf(of graded: [Value], _ darkest: Value, _ brightest: Value) -> Set<Int> {
    Set(graded.filter { 2 * $0.level >= darkest.level + brightest.level }.map(\.code))
  }

  private func half(of graded: [Value], _ darkest: Value, _ brightest: Value) -> (rule: MaskRule, marked: Set<Int>) {
    let eighth = (brightest.level - darkest.level) / 8
    let isBetween = { (value: Value) in
      value.level > darkest.level + eighth && value.level < brightest.level - eighth
    }
    let between = graded.reduce(0) { $0 + (isBetween($1) ? $1.pixelCount : 0) }
    let all = graded.reduce(0) { $0 + $1.pixelCount }
    return (
      .half(
        lowest: darkest.name, highest: brightest.name, between: Double(between) / Double(all), levels: graded.count),
      brighterHalf(of: graded, darkest, brightest)
    )
  }

  /// 255 beside class numbers that fill areas: what other tools leave ungraded, borders above all.
  func ungraded(by convention: MaskConvention) -> Int? {
    guard kind != .colours, let last = values.map(\.code).max(), MaskConvention.ungraded.contains(last) else {
      return nil
    }
    let classes = values.map(\.code).filter { $0 != last }
    guard classes.allSatisfy({ $0 <= Self.largestClass }) else { return nil }
    if convention.ungraded == last { return last }
    let areas = codesOfAreas.intersection(classes)
    return areas.count > 1 || (classes.contains(0) && !areas.subtracting([0]).isEmpty) ? last : nil
  }
}
