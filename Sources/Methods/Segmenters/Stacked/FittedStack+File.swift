import Base
import Kernels

// The file that holds a stack: its parameters, and what each stage has learnt, exact to the bit.
extension FittedStack {
  /// The whole file.
  package var fileText: String {
    var stages: [String: JSON] = [
      "conditional": conditional.json,
      "calibration": .object(["slope": .number(calibration.slope), "shift": .number(calibration.shift)]),
      "level": .number(Double(level)), "gate": .number(gate),
    ]
    stages["territory"] = territory?.json
    stages["usual"] = usual.map { usual in
      .object(
        Dictionary(
          uniqueKeysWithValues: zip(ImageTraits.names, usual.ranges).map { name, range in
            (name, .list([.number(range.lowerBound), .number(range.upperBound)]))
          }))
    }
    stages["relative"] = relative?.json
    stages["context"] = context?.json
    stages["candidates"] = candidates?.json
    if candidates != nil { stages["candidate-level"] = .number(Double(candidateLevel)) }
    let method = StackedSegmenter()
    return SegmenterFile.text(
      method: method.name, method.parameters, settings.values, others: ["stages": .object(stages)], .compact)
  }

  /// What such a file holds, which may be any bytes.
  ///
  /// - Parameter path: for messages.
  package init(decoding bytes: [UInt8], at path: String) throws(MethodError) {
    try self.init(try SegmenterFile(bytes, at: path))
  }

  init(_ file: SegmenterFile) throws(MethodError) {
    let method = StackedSegmenter()
    guard file.method == method.name else { throw .unknownMethod(path: file.path, file.method) }
    guard case .object(let stages)? = file.others["stages"], file.others.count == 1 else {
      throw .noSegmenter(path: file.path, "it has no `stages`, or a field too many")
    }
    let known = [
      "territory", "conditional", "relative", "context", "candidates", "candidate-level", "calibration", "level",
      "gate", "usual",
    ]
    if let other = Set(stages.keys).subtracting(known).min() {
      throw .noSegmenter(path: file.path, "it has a stage `\(other)` too many")
    }
    func booster(_ name: String, features: Int) throws(MethodError) -> GradientBoosting? {
      guard let json = stages[name] else { return nil }
      guard let booster = GradientBoosting(json, features: features) else {
        throw .noSegmenter(path: file.path, "its `\(name)` has no trees that can be asked")
      }
      return booster
    }
    self.init(settings: MethodSettings(method.parameters, values: try file.values(of: method.parameters)))
    let (pixels, contexts) = (StackedImage.featureCount(withLandmarks: usesLandmarks), Self.contextCount)
    territory = try booster("territory", features: StackedImage.surroundCount)
    guard let found = try booster("conditional", features: pixels) else {
      throw .noSegmenter(path: file.path, "it has no `conditional`")
    }
    conditional = found
    relative = try booster("relative", features: StackedImage.relativeFeatures.count)
    context = try booster("context", features: pixels + contexts)
    candidates = try booster("candidates", features: CandidateLesions.featureCount)
    if candidates != nil {
      guard let level = stages["candidate-level"]?.double, abs(level) <= mostOdds else {
        throw .noSegmenter(path: file.path, "its `candidate-level` is no log-odds")
      }
      candidateLevel = Float(level)
    } else if stages["candidate-level"] != nil {
      throw .noSegmenter(path: file.path, "it has a `candidate-level` without `candidates`")
    }
    let fields = stages["calibration"]?.fields ?? [:]
    guard let slope = fields["slope"]?.double, let shift = fields["shift"]?.double, slope > 0, slope <= mostOdds,
      abs(shift) <= mostOdds, fields.count == 2
    else { throw .noSegmenter(path: file.path, "its `calibration` is none") }
    calibration = PlattScaling(slope: slope, shift: shift)
    guard let level = stages["level"]?.double.map({ Float($0) }), level > 0, level < 1 else {
      throw .noSegmenter(path: file.path, "its `level` is no probability")
    }
    self.level = level
    guard let gate = stages["gate"]?.double, (0...1).contains(gate) else {
      throw .noSegmenter(path: file.path, "its `gate` is no expected DSC")
    }
    self.gate = gate
    if let json = stages["usual"] {
      guard let usual = UsualTraits(json) else {
        throw .noSegmenter(path: file.path, "its `usual` is no range for each trait of an image")
      }
      self.usual = usual
    }
  }
}

extension UsualTraits {
  /// - Returns: `nil` for what is none.
  fileprivate init?(_ json: JSON) {
    let fields = json.fields
    guard fields.count == ImageTraits.names.count else { return nil }
    var ranges: [ClosedRange<Double>] = []
    for name in ImageTraits.names {
      guard case .list(let ends)? = fields[name], ends.count == 2, let least = ends[0].double,
        let most = ends[1].double, least <= most, least.isFinite, most.isFinite
      else { return nil }
      ranges.append(least...most)
    }
    self.init(ranges: ranges)
  }
}

/// Log-odds beyond these say nothing more, and a file that has them is none of ours.
private let mostOdds = 1e3
private let mostTrees = 2000

extension GradientBoosting {
  /// A list of numbers a property, so that a file of thousands of nodes stays small.
  fileprivate var json: JSON {
    .object([
      "base": .number(base),
      "trees": .list(
        trees.trees.map { nodes in
          .object([
            "feature": .list(nodes.map { .whole($0.isLeaf ? -1 : Int($0.feature)) }),
            "next": .list(nodes.map { .whole(Int($0.next)) }),
            "number": .list(nodes.map { .number(decimal($0.isLeaf ? $0.value : $0.threshold)) }),
          ])
        }),
    ])
  }

  /// - Parameter features: how many there are to be asked for.
  /// - Returns: `nil` for what is no such booster.
  fileprivate init?(_ json: JSON, features: Int) {
    let fields = json.fields
    guard fields.count == 2, let base = fields["base"]?.double, abs(base) <= mostOdds,
      case .list(let entries)? = fields["trees"]
    else { return nil }
    var trees = DecisionTrees()
    for entry in entries {
      let lists = entry.fields
      guard lists.count == 3, let asked = lists["feature"]?.wholeNumbers, let next = lists["next"]?.wholeNumbers,
        case .list(let numbers)? = lists["number"], asked.count == next.count, next.count == numbers.count,
        trees.roots.count < mostTrees
      else { return nil }
      var nodes: [DecisionTrees.Node] = []
      for (place, number) in numbers.enumerated() {
        guard let number = number.double.map({ Float($0) }), number.isFinite,
          asked[place] >= 0 || Double(abs(number)) <= mostOdds, (-1..<features).contains(asked[place]),
          (0..<numbers.count).contains(next[place]), (asked[place] == -1) == (next[place] == 0)
        else { return nil }
        nodes.append(
          asked[place] < 0 ? .leaf(number) : .question(asked[place], atMost: number, next: next[place]))
      }
      guard DecisionTrees.areATree(nodes) else { return nil }
      trees.append(nodes)
    }
    self.init(base: base, trees: trees)
  }
}

extension JSON {
  fileprivate var wholeNumbers: [Int]? {
    guard case .list(let items) = self else { return nil }
    var numbers: [Int] = []
    for item in items {
      guard case .whole(let number) = item else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}
