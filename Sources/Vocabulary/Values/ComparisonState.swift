import Networks
import Tensors

/// What a comparison that was stopped has learnt so far.
public struct ComparisonState: Sendable {
  /// A network that has learnt to its end, and from what.
  struct Finished: Sendable {
    let subject: TrainingSubject
    let options: TrainingOptions
    let network: NetworkValue
  }

  /// What splits, batches and starting weights are drawn from.
  let stream: RandomStream.Identity
  /// By the name of the training: `unet-fold1-network1`.
  var finished: [String: Finished] = [:]
  /// The training that was stopped, by its name.
  var stopped: [String: Checkpoint] = [:]
  /// How many networks there are to train in all.
  let total: Int
}
