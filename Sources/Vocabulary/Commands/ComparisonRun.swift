import Angiography
import Imaging
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
  /// What an earlier call has learnt that was stopped, and this one so far.
  private var state: ComparisonState

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
    if context.host.isCancelled {
      throw Failure("interrupted", "this comparison was stopped before it began")
    }
    self.arguments = arguments
    self.context = context
    (methods, baseline) = try Self.methods(arguments)
    let earlier = arguments.object(TrainingParameters.resumeName, as: ComparisonValue.self)
    stream = try Self.stream(earlier, methods, arguments, context)
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
    let systems = methods.count { if case .system = $0 { true } else { false } }
    state = ComparisonState(stream: stream.identity, total: systems * splits.count * arguments.integer("ensemble"))
    if let earlier {
      guard let found = earlier.state else {
        throw Failure(
          "nothing-to-resume", "this comparison was not interrupted, so there is nothing to go on with",
          hint: "leave `\(TrainingParameters.resumeName):` out to compare anew")
      }
      (state.finished, state.stopped) = (found.finished, found.stopped)
    }
  }

  /// What splits, batches and weights are drawn from: in a comparison that goes on, what it began with. The cell of that
  /// may be another, its seed may not.
  private static func stream(
    _ earlier: ComparisonValue?, _ methods: [Method], _ arguments: Arguments, _ context: Context
  ) throws -> RandomStream {
    let own = Randomness.stream(arguments, context)
    guard arguments.isNone("seed") else { return own }
    if let state = earlier?.state { return RandomStream(state.stream) }
    guard !arguments.isNone("checkpoint") else { return own }
    for case .system(let system) in methods {
      let path = "\(arguments.text("checkpoint"))/\(name(system, fold: 0, member: 0)).checkpoint"
      guard let begun = try CheckpointOutline(keptBy: context.host, at: path)?.stream else { continue }
      return begun.seed == own.identity.seed ? RandomStream(begun) : own
    }
    return own
  }

  /// Of one training.
  private static func name(_ system: LearnedSystem, fold: Int, member: Int) -> String {
    "\(system.name)-fold\(fold + 1)-network\(member + 1)"
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
      for warning in folds.flatMap(\.warnings) { context.host.warn(warning) }
      splits = folds.map { ($0.train, $0.test) }
      text = "\(folds.count)-fold cross-validation by \(unit.rawValue)"
    }
    return (splits, text)
  }

  mutating func compare() throws -> ComparisonValue {
    var entries: [ComparisonValue.Entry] = []
    do {
      for method in methods {
        switch method {
        case .system(let system): entries.append(try entry(of: system))
        case .darkThreshold: entries.append(try floorEntry())
        }
      }
    } catch is Stopped {
      context.host.emit(
        .text("stopped, with \(state.finished.count) of \(state.total) networks trained; \(wayOn)"))
      return ComparisonValue(stopped: state, protocolText: protocolText)
    }
    let cases = entries[0].scores.images.map(\.caseName)
    let intervals = entries.map { Bootstrap.interval(ofMean: $0.scores.values(of: .dice), cases: cases) }
    return ComparisonValue(
      entries: entries, protocolText: protocolText, baseline: baseline, intervals: intervals, tests: tests(entries))
  }

  /// A training was stopped.
  private struct Stopped: Error {}

  /// How a comparison goes on that was stopped.
  private var wayOn: String {
    if !arguments.isNone("checkpoint") { return "the same command goes on from there" }
    if context.stateFolder != nil { return "the next run goes on from there" }
    return "bound to a name, it goes on from there by `\(TrainingParameters.resumeName): NAME`"
  }

  /// Each method's DSC against the baseline's, on the images where both are defined: a pair a patient.
  private func tests(_ entries: [ComparisonValue.Entry]) -> [(test: SignedRank, corrected: Double)?] {
    let cases = entries[baseline].scores.images.map(\.caseName)
    let reference = entries[baseline].scores.values(of: .dice)
    let tests = entries.enumerated().map { index, entry -> SignedRank? in
      guard index != baseline else { return nil }
      return SignedRank(entry.scores.values(of: .dice), reference, cases: cases)
    }
    return zip(tests, holmCorrected(tests.map { $0?.probability })).map { test, corrected in
      if let test, let corrected { (test, corrected) } else { nil }
    }
  }

  // MARK: Methods

  private mutating func entry(of system: LearnedSystem) throws -> ComparisonValue.Entry {
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
    if let note = networks[0].noteOnRunningAverages, arguments.text("statistics") == BatchStatistics.running.rawValue {
      context.host.note("\(system.title): \(note)")
    }
    let generator = networks[0].model.trainableParameterCount
    let discriminator = networks[0].discriminator?.trainableParameterCount ?? 0
    let times = networks.compactMap(\.seconds)
    let seconds = times.count == networks.count ? times.reduce(0, +) : nil
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
  private mutating func members(
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
  ///
  /// - Throws: `Stopped` where the training was stopped, whose state is kept then.
  private mutating func train(
    _ system: LearnedSystem, on part: Dataset, validatedOn held: Dataset?, fold: Int, member: Int, label: String
  ) throws -> NetworkValue {
    let dataset = try more.map { try part.joined(with: $0) } ?? part
    let own = stream.substream("fold \(fold)").substream("network \(member)")
    var job = TrainingJob(
      dataset: dataset, batch: arguments.integer("batch"), stream: own, host: context.host, origin: stream.identity,
      label: label)
    job.handsOver = false
    let networks = try system.networks(TrainingParameters.scale(from: arguments, for: dataset), stream: own)
    let options = TrainingParameters.adversarialOptions(
      from: arguments,
      in: TrainingParameters.keepingOptions(
        from: arguments, in: TrainingParameters.learningOptions(from: arguments)))
    // Measuring after every epoch can take as long as the epoch: only where something is decided by it.
    let deciding = options.isDecidedByValidation ? held : nil
    let subject = job.subject(networks.generator, networks.discriminator, decidedOn: deciding, from: nil, nil)
    let name = Self.name(system, fold: fold, member: member)
    if let done = state.finished[name], done.subject == subject, done.options == options { return done.network }
    let (file, start) = try kept(name)
    let result = try job.train(
      networks.generator, against: networks.discriminator, validatedOn: deciding, options: options, keptIn: file,
      from: start)
    state.stopped[name] = result.interrupted
    guard !result.wasInterrupted else { throw Stopped() }
    let network = NetworkValue(
      result.generator, discriminator: result.discriminator, history: result.history, features: dataset.features,
      wasInterrupted: false, imageSide: DatasetFacts(dataset).square)
    state.finished[name] = .init(subject: subject, options: options, network: network)
    return network
  }

  /// Where the state of a training is kept, and where it goes on from.
  private func kept(_ name: String) throws -> (file: StateFile?, start: Checkpoint?) {
    if !arguments.isNone("checkpoint") {
      let path = "\(arguments.text("checkpoint"))/\(name).checkpoint"
      return (.named(path), try Checkpoint(keptBy: context.host, at: path))
    }
    return (context.stateFolder.map { .automatic("\($0)/\(name)") }, state.stopped[name])
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
