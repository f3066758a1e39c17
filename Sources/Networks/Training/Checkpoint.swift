import Base
import Tensors

/// A training between two steps: everything that the next one depends on, besides its batches. A training that goes on
/// from it gives the same bits as one that was never stopped.
public struct Checkpoint: Sendable {
  public var subject: TrainingSubject
  public var options: TrainingOptions
  /// What the batches and the starting weights were drawn from, where the caller kept it.
  public var stream: RandomStream.Identity?
  /// One record an epoch, all of them whole.
  public var history: [EpochRecord]
  /// The epoch under way, if it was stopped within one.
  var begun: EpochTally?
  /// The generator's, then the discriminator's.
  var learners: [LearnerState]
  var best: BestWeights?

  /// Marks checkpoints among all safetensors.
  static let format = "cnp-checkpoint"

  /// Steps done of the epoch under way; 0 between two epochs.
  public var stepsBegun: Int { begun?.steps ?? 0 }
}

/// The weights of the best epoch so far.
struct BestWeights: Sendable {
  let epoch: Int
  let dice: Double
  let generator: Model
  let discriminator: Model?
}

extension Checkpoint {
  /// Throws `checkpoint-differs`, naming what does, unless a training of `options` on `subject` may go on from here. More
  /// epochs may be asked for than before where the learning rate does not depend on their number.
  public func check(subject: TrainingSubject, options: TrainingOptions, networks: [Model]) throws(TrainingError) {
    // An epoch that was begun is part of what the weights have learnt.
    let fewest = history.count + (begun == nil ? 0 : 1)
    guard self.options.lead(to: options, after: fewest) else {
      throw .checkpointDiffers(self.options.difference(from: options))
    }
    guard learners.map(\.model.architecture) == networks.map(\.architecture) else {
      let names = [learners.map(\.model), networks].map { models in
        models.map { "\($0.architecture.name) of \($0.trainableParameterCount) parameters" }.joined(separator: " with ")
      }
      throw .checkpointDiffers("its networks were \(names[0]), and are \(names[1])")
    }
    guard self.subject == subject else {
      throw .checkpointDiffers("it had \(self.subject.difference(from: subject))")
    }
  }

  /// Its numbers, under names of their own.
  var entries: [SafetensorsFile.Entry] {
    var entries: [SafetensorsFile.Entry] = []
    for (role, state) in zip(Role.allCases, learners) {
      entries += state.model.entries(as: role)
      entries += state.model.parameters.entries(state.adam.firstMoment, "\(role.rawValue).mean")
      entries += state.model.parameters.entries(state.adam.secondMoment, "\(role.rawValue).square")
    }
    if let best {
      for (role, model) in zip(Role.allCases, [best.generator, best.discriminator]) {
        if let model { entries += model.parameters.entries(model.parameters, "best.\(role.rawValue)") }
      }
    }
    return entries
  }

  /// All that is no tensor, as JSON text.
  var description: String {
    jsonText(
      of: CheckpointDescription(
        subject: subject, options: options, stream: stream, history: history, begun: begun,
        networks: learners.map(\.model.architecture), steps: learners.map(\.adam.step),
        best: best.map { .init(epoch: $0.epoch, dice: $0.dice) }))
  }

  /// The bytes of the file that keeps it.
  public func encoded(engineVersion: String) -> [UInt8] {
    let metadata = [
      "format": Self.format, "format_version": FormatVersion.checkpoint.text,
      "engine_version": engineVersion, "description": description,
    ]
    return SafetensorsFile(entries: entries, metadata: metadata, isSealed: true).encoded()
  }

  /// Writes the file in one piece or not at all.
  public func save(to path: String, engineVersion: String) throws(SavingError) {
    do throws(FileError) { try writeFile(encoded(engineVersion: engineVersion), to: path) } catch { throw .file(error) }
  }

  /// Opens a file that may be anything.
  public init(opening path: String) throws(SavingError) {
    try self.init(SafetensorsFile(opening: path), at: path)
  }

  /// From the bytes of a file that may be anything.
  ///
  /// - Parameter path: what errors call the file.
  public init(decoding bytes: [UInt8], at path: String) throws(SavingError) {
    try self.init(SafetensorsFile(decoding: bytes, at: path), at: path)
  }

  private init(_ file: SafetensorsFile, at path: String) throws(SavingError) {
    do throws(SavingError) { try self.init(file) } catch { throw error.at(path) }
  }

  private init(_ file: SafetensorsFile) throws(SavingError) {
    let text = try CheckpointDescription.text(in: file.metadata, isSealed: file.isSealed)
    var tensors = Dictionary(uniqueKeysWithValues: file.entries.map { ($0.name, $0.tensor) })
    try self.init(description: text, taking: &tensors)
    if let stranger = tensors.keys.min() { throw .unexpectedTensor(path: nil, name: stranger) }
  }

  /// From untrusted text and tensors; takes its own out of them.
  init(description text: String, taking tensors: inout [String: Tensor]) throws(SavingError) {
    let description = try CheckpointDescription(text)
    subject = description.subject
    options = description.options
    stream = description.stream
    history = description.history
    begun = description.begun
    learners = []
    for ((role, architecture), step) in zip(zip(Role.allCases, description.networks), description.steps) {
      let model = try Model(architecture, as: role, taking: &tensors)
      func moments(_ name: String, areSquares: Bool) throws(SavingError) -> Parameters {
        try model.parameters.taking("\(role.rawValue).\(name)", from: &tensors) { _ in areSquares }
      }
      let adam = AdamState(
        firstMoment: try moments("mean", areSquares: false), secondMoment: try moments("square", areSquares: true),
        step: step)
      learners.append(LearnerState(model: model, adam: adam))
    }
    if let kept = description.best {
      let models = try zip(Role.allCases, learners).map { role, state throws(SavingError) in
        let weights = try state.model.parameters.taking("best.\(role.rawValue)", from: &tensors) {
          $0.hasSuffix(Model.varianceSuffix)
        }
        return Model(state.model.architecture, graph: state.model.graph, parameters: weights)
      }
      best = BestWeights(
        epoch: kept.epoch, dice: kept.dice, generator: models[0], discriminator: models.count > 1 ? models[1] : nil)
    }
  }
}

extension Parameters {
  /// Numbers in this form under `PREFIX/NAME`.
  fileprivate func entries(_ numbers: Parameters, _ prefix: String) -> [SafetensorsFile.Entry] {
    names.map { SafetensorsFile.Entry(name: "\(prefix)/\($0)", tensor: numbers[$0]) }
  }

  /// Numbers in this form, taken out of a file's tensors.
  ///
  /// - Parameter isPositive: whether those of a name can't be below 0.
  fileprivate func taking(
    _ prefix: String, from tensors: inout [String: Tensor], isPositive: (_ name: String) -> Bool
  ) throws(SavingError) -> Parameters {
    var taken = self
    for name in names {
      let key = "\(prefix)/\(name)"
      guard let tensor = tensors.removeValue(forKey: key) else { throw .missingTensor(path: nil, name: key) }
      guard tensor.shape == self[name].shape else {
        throw .shapeDiffers(path: nil, name: key, expected: self[name].shape, found: tensor.shape)
      }
      guard tensor.isFinite, !isPositive(name) || tensor.minimum() >= 0 else {
        throw .impossibleValues(path: nil, name: key)
      }
      taken[name] = tensor
    }
    return taken
  }
}
