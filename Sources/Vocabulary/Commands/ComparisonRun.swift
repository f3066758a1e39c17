import Angiography
import Language
import Networks
import Tensors

/// Whom the networks of an ensemble leave out.
enum HoldOut: String, CaseIterable {
  /// Nobody: all learn from all training images.
  case none
  /// Each another part of the training patients, which validate it and choose the level that makes a mark.
  case rotating
}

/// One call of `compare`: every system trained and tested on every split.
struct ComparisonRun {
  private let arguments: Arguments
  private let context: Context
  private let stream: RandomStream
  private let splits: [(train: Dataset, test: Dataset)]
  /// Trained on in every fold.
  private let more: Dataset?
  /// What folds keep together.
  private let unit: SplitUnit
  private let holdOut: HoldOut
  private let protocolText: String
  private let methods: [Method]
  private let baseline: Int

  /// What is compared.
  enum Method {
    case system(LearnedSystem)
    case darkThreshold

    static let floorName = "dark-threshold"
    static let names = LearnedSystem.all.map(\.name) + [floorName]

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
    (methods, baseline) = try Self.methods(arguments)
    holdOut = try Self.holdOut(arguments)
    let data: DatasetValue = arguments.require("data")
    unit = SplitUnit(rawValue: arguments.text("by")) ?? (data.dataset.hasCases ? .byCase : .image)
    more = arguments.object("also", as: DatasetValue.self)?.dataset
    (splits, protocolText) = try Self.splits(of: data, by: unit, arguments, stream, context)
    TrainingWarnings.warnOfEmptyMasks(in: data.dataset, context.host)
    // What is trained on in every fold is tested in none.
    if let more {
      let tested = arguments.object("test", as: DatasetValue.self)?.dataset ?? data.dataset
      TrainingWarnings.warnOfLeaks(from: more, to: tested, context.host)
    }
  }

  /// What `systems:` names, and the place of `baseline:` among them.
  ///
  /// - Throws: `no-systems`, `repeated-system`, `unknown-baseline`.
  static func methods(_ arguments: Arguments) throws -> (methods: [Method], baseline: Int) {
    guard case .list(let values) = arguments["systems"], !values.isEmpty else {
      throw Failure("no-systems", "`systems:` names none to compare")
    }
    let names = values.map { value -> String in if case .text(let name) = value { name } else { "" } }
    // The signature lets nothing else through.
    let methods = names.compactMap { Method($0) }
    guard Set(names).count == names.count else {
      throw Failure("repeated-system", "`systems:` names one of them twice", hint: "leave it out once")
    }
    let against = arguments.isNone("baseline") ? names[0] : arguments.text("baseline")
    guard let place = names.firstIndex(of: against) else {
      throw Failure(
        "unknown-baseline", "the baseline '\(against)' is not among the systems",
        hint: "the systems are \(names.joined(separator: ", "))")
    }
    return (methods, place)
  }

  /// - Throws: `ensemble-too-small`.
  static func holdOut(_ arguments: Arguments) throws -> HoldOut {
    let holdOut: HoldOut = arguments.choice("hold-out")
    if holdOut == .rotating, arguments.integer("ensemble") < 2 {
      throw Failure(
        "ensemble-too-small",
        "`hold-out: rotating` leaves out another part of the patients for each network, so it needs "
          + "two networks or more", hint: "add `ensemble: 3`")
    }
    return holdOut
  }

  private static func splits(
    of data: DatasetValue, by unit: SplitUnit, _ arguments: Arguments, _ stream: RandomStream, _ context: Context
  ) throws -> ([(train: Dataset, test: Dataset)], String) {
    let splits: [(train: Dataset, test: Dataset)]
    let text: String
    if let test = arguments.object("test", as: DatasetValue.self) {
      splits = [(data.dataset, test.dataset)]
      text = "trained on \(data.dataset.samples.count) others"
      TrainingWarnings.warnOfLeaks(from: data.dataset, to: test.dataset, context.host)
    } else {
      var generator = stream.substream("folds").generator
      let folds = try data.dataset.folds(arguments.integer("folds"), by: unit, using: &generator)
      for warning in folds.flatMap(\.warnings) { context.host.emit(.text("warning: \(warning)")) }
      splits = folds.map { ($0.train, $0.test) }
      text = "\(folds.count)-fold cross-validation by \(unit.rawValue)"
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
    for (fold, split) in splits.enumerated() {
      let place = splits.count > 1 ? ", fold \(fold + 1)/\(splits.count)" : ""
      let trained = try members(of: system, on: split.train, fold: fold, label: system.title + place)
      var sums: [Plane] = []
      for network in trained.networks {
        let found = try Prediction.probabilityMaps(of: network.model, on: split.test)
        sums = sums.isEmpty ? found : zip(sums, found).map { $0.added(to: $1) }
      }
      let means = sums.map { $0.multiplied(by: 1 / Float(trained.networks.count)) }
      maps += trained.level.map { level in means.map { $0.recalibrated(level: level) } } ?? means
      networks += trained.networks
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

  /// The networks of a fold and, where each has left out other patients, the level that is best on these.
  private func members(
    of system: LearnedSystem, on training: Dataset, fold: Int, label: String
  ) throws -> (networks: [NetworkValue], level: Float?) {
    let count = arguments.integer("ensemble")
    var generator = stream.substream("fold \(fold)").substream("held out").generator
    let parts = holdOut == .rotating ? try training.folds(count, by: unit, using: &generator) : []
    var networks: [NetworkValue] = []
    var unseen: [(map: Plane, sample: Sample)] = []
    for member in 0..<count {
      let held = parts.isEmpty ? nil : parts[member].test
      let network = try train(
        system, on: parts.isEmpty ? training : parts[member].train, validatedOn: held, fold: fold, member: member,
        label: label + (count > 1 ? ", network \(member + 1)/\(count)" : ""))
      networks.append(network)
      if let held {
        unseen += zip(try Prediction.probabilityMaps(of: network.model, on: held), held.samples).map { ($0, $1) }
      }
    }
    return (networks, OperatingLevel.best(maps: unseen.map(\.map), samples: unseen.map(\.sample))?.level)
  }

  /// The streams of a fold are the same for all systems: the same weights to start from, the same batches.
  private func train(
    _ system: LearnedSystem, on part: Dataset, validatedOn held: Dataset?, fold: Int, member: Int, label: String
  ) throws -> NetworkValue {
    let dataset = try more.map { try part.joined(with: $0) } ?? part
    let own = stream.substream("fold \(fold)").substream("network \(member)")
    let job = TrainingJob(
      dataset: dataset, batch: arguments.integer("batch"), stream: own, host: context.host, label: label)
    let networks = try system.networks(TrainingParameters.scale(from: arguments, for: dataset), stream: own)
    let file = "\(system.name)-fold\(fold + 1)-network\(member + 1).checkpoint"
    let checkpoint = arguments.isNone("checkpoint") ? nil : "\(arguments.text("checkpoint"))/\(file)"
    let options = TrainingParameters.adversarialOptions(
      from: arguments,
      in: TrainingParameters.keepingOptions(
        from: arguments, in: TrainingParameters.learningOptions(from: arguments)))
    // Measuring after every epoch can take as long as the epoch: only where something is decided by it.
    let result = try job.train(
      networks.generator, against: networks.discriminator, validatedOn: options.isDecidedByValidation ? held : nil,
      options: options, keptAt: checkpoint,
      from: try checkpoint.flatMap { try Checkpoint(keptBy: context.host, at: $0) })
    guard !result.wasInterrupted else {
      throw Failure(
        "interrupted", "compare was interrupted while training \(label)",
        hint: checkpoint == nil ? "with `checkpoint:` it would go on from there" : "repeat the command to go on")
    }
    return NetworkValue(
      result.generator, discriminator: result.discriminator, history: result.history, features: dataset.features,
      wasInterrupted: false, imageSide: DatasetFacts(dataset).square)
  }
}

extension Checkpoint {
  /// The state that a file keeps; nil where there is none yet.
  fileprivate init?(keptBy host: any Host, at path: String) throws {
    guard let bytes = try host.kept(path, limit: SavedNetwork.largestFile) else { return nil }
    try self.init(decoding: bytes, at: path)
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
