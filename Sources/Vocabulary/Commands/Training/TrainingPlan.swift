import Angiography
import Language
import Networks
import Tensors

/// What a training command is to do.
struct TrainingPlan {
  let data: Dataset
  /// Learnt from without masks.
  let unlabelled: Dataset?
  /// Gives the networks to train, those that the command makes with weights from the training's random numbers.
  let networks: Source
  let options: TrainingOptions
  /// Images a step.
  let batch: Int
  let seed: UInt64?
  /// What is measured on after every epoch.
  let validation: Dataset?
  /// The file that keeps the state.
  let checkpoint: String?
  let resumption: Resumption
  /// The epochs before those of this training.
  let earlierHistory: [EpochRecord]

  typealias Source = @Sendable (RandomStream) throws -> (generator: Model, discriminator: Model?)

  /// Where an interrupted training goes on.
  enum Resumption {
    case none
    /// From the file that keeps the state, if it is there.
    case fromFile(String)
    case of(NetworkValue, Checkpoint)
  }
}

extension TrainingPlan {
  init(_ data: Dataset, _ networks: @escaping Source, _ options: TrainingOptions, _ arguments: Arguments) {
    self.data = data
    self.networks = networks
    self.options = options
    // `train-net` has no such argument.
    let name = TrainingParameters.unlabelledName
    unlabelled =
      options.unlabelled == nil ? nil : arguments.object(name, as: DatasetValue.self)?.dataset
    batch = arguments.integer("batch")
    seed = Randomness.seed(of: arguments)
    validation = arguments.object("validation", as: DatasetValue.self)?.dataset
    checkpoint = arguments.isNone("checkpoint") ? nil : arguments.text("checkpoint")
    resumption = Resumption(arguments, keptIn: checkpoint)
    if case .of(let network, let start) = resumption {
      // Its own epochs, the last one perhaps begun, stand at the end.
      earlierHistory = network.history.dropLast(start.history.count + (start.stepsBegun > 0 ? 1 : 0))
    } else {
      let isFurther = arguments.given.contains("from")
      earlierHistory = isFurther ? arguments.object("from", as: NetworkValue.self)?.history ?? [] : []
    }
  }

  /// The interrupted network to go on with.
  var interrupted: NetworkValue? {
    if case .of(let network, _) = resumption { network } else { nil }
  }
}

extension TrainingPlan.Resumption {
  fileprivate init(_ arguments: Arguments, keptIn file: String?) {
    if let network = arguments.object(TrainingParameters.resumeName, as: NetworkValue.self) {
      self = network.checkpoint.map { .of(network, $0) } ?? .none
    } else if let file, arguments.truth(TrainingParameters.resumeName) {
      self = .fromFile(file)
    } else {
      self = .none
    }
  }
}
