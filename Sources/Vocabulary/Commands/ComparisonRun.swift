import Angiography
import Files
import Language
import Networks
import Tensors

/// One call of `compare`: every system trained and tested on every split.
struct ComparisonRun {
  private let arguments: Arguments
  private let context: Context
  private let stream: RandomStream
  private let splits: [(train: Dataset, test: Dataset)]
  private let protocolText: String
  private let methods: [Method]
  private let baseline: Int

  /// What is compared.
  private enum Method {
    case system(LearnedSystem)
    case darkThreshold

    static let floorName = "dark-threshold"

    init?(_ name: String) {
      if name == Self.floorName {
        self = .darkThreshold
      } else if let system = LearnedSystem.named(name) {
        self = .system(system)
      } else {
        return nil
      }
    }

    var title: String {
      switch self {
      case .system(let system): system.title
      case .darkThreshold: "dark threshold"
      }
    }
  }

  init(_ arguments: Arguments, _ context: Context) throws {
    self.arguments = arguments
    self.context = context
    stream = Randomness.stream(arguments, context)
    guard case .list(let values) = arguments["systems"], !values.isEmpty else {
      throw Failure("no-systems", "`systems:` names none to compare")
    }
    let names = values.map { value -> String in if case .text(let name) = value { name } else { "" } }
    methods = try names.map { name in
      guard let method = Method(name) else {
        let known = LearnedSystem.all.map(\.name) + [Method.floorName]
        throw Failure(
          "unknown-system", "'\(name)' is no system", hint: "systems are \(known.joined(separator: ", "))")
      }
      return method
    }
    guard Set(names).count == names.count else {
      throw Failure("repeated-system", "`systems:` names one of them twice")
    }
    let against = arguments.isNone("baseline") ? names[0] : arguments.text("baseline")
    guard let place = names.firstIndex(of: against) else {
      throw Failure("unknown-baseline", "the baseline '\(against)' is not among the systems")
    }
    baseline = place
    (splits, protocolText) = try Self.splits(arguments, stream, context)
  }

  private static func splits(
    _ arguments: Arguments, _ stream: RandomStream, _ context: Context
  ) throws -> ([(train: Dataset, test: Dataset)], String) {
    let data: DatasetValue = arguments.require("data")
    var splits: [(train: Dataset, test: Dataset)]
    let text: String
    if let test = arguments.object("test", as: DatasetValue.self) {
      splits = [(data.dataset, test.dataset)]
      text = "trained on \(data.dataset.samples.count) others"
      for warning in sameImages(in: data.dataset, and: test.dataset) { context.host.emit(.text("warning: \(warning)")) }
    } else {
      let unit = SplitUnit(rawValue: arguments.text("by")) ?? (data.dataset.hasCases ? .byCase : .image)
      var generator = stream.substream("folds").generator
      let folds = try data.dataset.folds(arguments.integer("folds"), by: unit, using: &generator)
      for warning in folds.flatMap(\.warnings) { context.host.emit(.text("warning: \(warning)")) }
      splits = folds.map { ($0.train, $0.test) }
      text = "\(folds.count)-fold cross-validation by \(unit.rawValue)"
    }
    if let more = arguments.object("also", as: DatasetValue.self) {
      splits = try splits.map { (try $0.train.joined(with: more.dataset), $0.test) }
    }
    return (splits, text)
  }

  func compare() throws -> ComparisonValue {
    let entries = try methods.map { method -> ComparisonValue.Entry in
      switch method {
      case .system(let system): try entry(of: system)
      case .darkThreshold: try floorEntry()
      }
    }
    let cases = entries[0].scores.images.map(\.caseName)
    let intervals = entries.map { entry in
      var intervals: [Score: ClosedRange<Double>] = [:]
      for score in Score.allCases {
        intervals[score] = Bootstrap.interval(
          ofMean: entry.scores.values(of: score), cases: cases, stream: stream.substream("bootstrap"))
      }
      return intervals
    }
    return ComparisonValue(
      entries: entries, protocolText: protocolText, baseline: baseline, intervals: intervals, tests: tests(entries))
  }

  /// Each method's DSC against the baseline's, on the images where both are defined.
  private func tests(_ entries: [ComparisonValue.Entry]) -> [(test: SignedRank, corrected: Double)?] {
    let reference = entries[baseline].scores.values(of: .dice)
    let tests = entries.enumerated().map { index, entry -> SignedRank? in
      guard index != baseline else { return nil }
      let pairs = zip(entry.scores.values(of: .dice), reference).compactMap { pair -> (Double, Double)? in
        if let mine = pair.0, let theirs = pair.1 { (mine, theirs) } else { nil }
      }
      return SignedRank(pairs.map(\.0), pairs.map(\.1))
    }
    var corrected = holmCorrected(tests.compactMap { $0?.probability })[...]
    return tests.map { test in test.map { ($0, corrected.removeFirst()) } }
  }

  // MARK: Methods

  private func entry(of system: LearnedSystem) throws -> ComparisonValue.Entry {
    var maps: [Plane] = []
    var networks: [NetworkValue] = []
    let members = arguments.integer("ensemble")
    for (fold, split) in splits.enumerated() {
      var sums: [Plane] = []
      for member in 0..<members {
        let place =
          (splits.count > 1 ? ", fold \(fold + 1)/\(splits.count)" : "")
          + (members > 1 ? ", network \(member + 1)/\(members)" : "")
        let network = try train(system, on: split.train, fold: fold, member: member, label: system.title + place)
        let found = try Prediction.probabilityMaps(of: network.model, on: split.test)
        sums = sums.isEmpty ? found : zip(sums, found).map { $0.added(to: $1) }
        networks.append(network)
      }
      maps += sums.map { $0.multiplied(by: 1 / Float(members)) }
    }
    let generator = networks[0].model.trainableParameterCount
    let discriminator = networks[0].discriminator?.trainableParameterCount ?? 0
    let seconds = networks.reduce(0) { $0 + $1.history.reduce(0) { $0 + $1.seconds } }
    return try entry(
      system.title, maps: maps, parameters: (generator, discriminator), seconds: seconds, networks: networks)
  }

  private func floorEntry() throws -> ComparisonValue.Entry {
    var maps: [Plane] = []
    for split in splits {
      guard let best = DarkThreshold.best(over: split.train.samples) else {
        throw Failure("mask-missing", "none of the training angiograms has a mask to find the best threshold with")
      }
      maps += split.test.samples.map {
        DarkThreshold.segment($0.image, fieldOfView: $0.fieldOfView, below: best.threshold).plane
      }
    }
    return try entry(Method.darkThreshold.title, maps: maps, parameters: nil, seconds: nil, networks: [])
  }

  private func entry(
    _ title: String, maps: [Plane], parameters: (generator: Int, discriminator: Int)?, seconds: Double?,
    networks: [NetworkValue]
  ) throws -> ComparisonValue.Entry {
    let found = PredictionsValue(method: title, samples: splits.flatMap(\.test.samples), maps: maps)
    let scores = try MethodScores(
      predictions: found.masks(), samples: found.samples, empty: arguments.choice("empty-masks"))
    return ComparisonValue.Entry(
      title: title, predictions: found, scores: scores, parameters: parameters, seconds: seconds, networks: networks)
  }

  /// The streams of a fold are the same for all systems: the same weights to start from, the same batches.
  private func train(
    _ system: LearnedSystem, on dataset: Dataset, fold: Int, member: Int, label: String
  ) throws -> NetworkValue {
    let own = stream.substream("fold \(fold)").substream("network \(member)")
    let job = TrainingJob(
      dataset: dataset, batch: arguments.integer("batch"), stream: own, host: context.host, label: label)
    let networks = try system.networks(TrainingParameters.scale(from: arguments, for: dataset), stream: own)
    let file = "\(system.name)-fold\(fold + 1)-network\(member + 1).checkpoint"
    let checkpoint =
      arguments.isNone("checkpoint")
      ? nil : try context.host.pathToKeep("\(arguments.text("checkpoint"))/\(file)")
    let result = try job.train(
      networks.generator, against: networks.discriminator, validate: nil,
      options: TrainingParameters.adversarialOptions(
        from: arguments, in: TrainingParameters.learningOptions(from: arguments)), checkpoint: checkpoint,
      resuming: true)
    guard !result.wasInterrupted else {
      throw Failure(
        "interrupted", "compare was interrupted while training \(label)",
        hint: checkpoint == nil ? "with `checkpoint:` it would go on from there" : "repeat the command to go on")
    }
    return NetworkValue(
      result.generator, discriminator: result.discriminator, history: result.history, features: dataset.features,
      wasInterrupted: false)
  }
}

extension Plane {
  fileprivate func added(to other: Plane) -> Plane {
    Plane(width: width, height: height, pixels: zip(pixels, other.pixels).map { $0 + $1 })
  }

  fileprivate func multiplied(by factor: Float) -> Plane {
    Plane(width: width, height: height, pixels: pixels.map { $0 * factor })
  }
}
