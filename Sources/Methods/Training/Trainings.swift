import Angiography
import Base
import Networks
import Synchronization
import Tensors

/// The user has stopped a training; its state is kept.
package struct TrainingStopped: Error {}

/// The trainings of one piece of work, each with a name: what has been learnt is not learnt again, and one that was stopped
/// goes on.
///
/// A reference: copies are of the same trainings. They may be done side by side.
package struct Trainings: Sendable {
  /// What has been learnt so far.
  package struct State: Sendable, Codable {
    /// A network that has learnt to its end, and from what.
    package struct Finished: Sendable, Codable {
      let subject: TrainingSubject
      let options: TrainingOptions
      let network: TrainedNetwork
    }

    /// What splits, batches and starting weights are drawn from.
    package let stream: RandomStream.Identity
    /// By the name of the training: `unet-fold1-network1`.
    package fileprivate(set) var finished: [String: Finished] = [:]
    /// The trainings that were stopped, by their names.
    fileprivate var stopped: [String: Checkpoint] = [:]
    /// How many networks there are to train in all.
    package let total: Int
  }

  /// Where the states are kept as files.
  package enum Folder: Sendable {
    /// Of the option `checkpoint:`.
    case named(String)
    /// Of the host, though nobody asked for it.
    case automatic(String)
  }

  private final class Course: Sendable {
    let state: Mutex<State>
    /// What this process itself has learnt since it last told other ranks.
    let learnt = Mutex<[String: State.Finished]>([:])
    let traits = KnownTraits()

    init(_ state: State) { self.state = Mutex(state) }
  }

  private let course: Course
  private let folder: Folder?
  private(set) var surroundings: any Surroundings

  package var state: State { course.state.withLock { $0 } }

  /// - Parameters:
  ///   - stream: what everything is drawn from.
  ///   - count: how many networks there are to train in all.
  ///   - earlier: what the same work has learnt that was stopped.
  ///   - folder: nil keeps states in memory alone.
  package init(
    drawnFrom stream: RandomStream.Identity, count: Int, goingOnFrom earlier: State? = nil, keptIn folder: Folder?,
    _ surroundings: any Surroundings
  ) {
    var state = State(stream: stream, total: count)
    if let earlier { (state.finished, state.stopped) = (earlier.finished, earlier.stopped) }
    course = Course(state)
    self.folder = folder
    self.surroundings = surroundings
  }

  /// - Parameter unlabelled: learnt from without masks by a system whose discriminator answers for each pixel, by no other.
  /// - Throws: `TrainingStopped` where the training was stopped, whose state is kept then.
  func train(
    _ generator: Model, against discriminator: Model?, on dataset: Dataset, unlabelled: Dataset?,
    validatedOn held: Dataset?, _ fit: Fit
  ) throws -> TrainedNetwork {
    let unlabelled = discriminator?.architecture.judgesPixels == true ? unlabelled : nil
    let state = state
    var job = TrainingJob(
      dataset: dataset, unlabelled: unlabelled, batch: fit.settings.batch, stream: fit.stream,
      surroundings: surroundings, origin: state.stream, label: fit.label)
    job.handsOver = false
    var options = fit.settings.options
    if unlabelled == nil { options.unlabelled = nil }
    // Measuring after every epoch can take as long as the epoch: only where something is decided by it.
    let deciding = options.isDecidedByValidation ? held : nil
    let subject = job.subject(generator, discriminator, decidedOn: deciding, from: nil, nil)
    if let done = state.finished[fit.name], done.subject == subject, done.options == options { return done.network }
    let (file, start) = try kept(fit.name, stopped: state.stopped[fit.name])
    let result = try job.train(
      generator, against: discriminator, validatedOn: deciding, options: options, keptIn: file, from: start)
    course.state.withLock { $0.stopped[fit.name] = result.interrupted }
    guard !result.wasInterrupted else { throw TrainingStopped() }
    let network = TrainedNetwork(
      result.generator, discriminator: result.discriminator, history: result.history, features: dataset.features,
      wasInterrupted: false, imageSide: dataset.squareSide,
      usual: UsualTraits(ofThoseLearntFrom: dataset.samples, known: course.traits))
    let finished = State.Finished(subject: subject, options: options, network: network)
    course.state.withLock { $0.finished[fit.name] = finished }
    course.learnt.withLock { $0[fit.name] = finished }
    return network
  }

  /// What a rank has learnt by one of several trainings.
  private struct Share: Codable {
    var finished: [String: State.Finished] = [:]
    var isStopped = false
  }

  /// Does a number of trainings, each rank some of them, or, where there are no ranks, several at a time if that is faster; then
  /// all know what has been learnt. Where they are best done one after another on all threads, none is done yet.
  ///
  /// - Parameters:
  ///   - names: of the trainings.
  ///   - costs: how long they take, in any unit.
  ///   - bytes: what the largest of them takes of memory.
  ///   - train: does one of them, by its number, among the trainings that it is given.
  /// - Throws: `TrainingStopped` on all ranks where it was stopped on one.
  func shareOut(
    _ names: [String], costs: [Double], bytes: Int, _ train: @Sendable (Int, Trainings) throws -> Void
  ) throws {
    guard !Ranks.current.isAlone else {
      let finished = state.finished
      // The longest first, so that none of them is left over at the end.
      let order = names.indices.filter { finished[names[$0]] == nil }.sorted { (costs[$1], $0) < (costs[$0], $1) }
      let threads = Self.threads(for: order.map { costs[$0] }, bytes: bytes)
      if threads > 1 { try doSideBySide(order.count, threads: threads) { try train(order[$0], $1) } }
      return
    }
    var isStopped = false
    let shares = try Ranks.current.sharedOut(names.count, costs: costs) { number -> Share in
      course.learnt.withLock { $0 = [:] }
      if !isStopped { do { try train(number, self) } catch is TrainingStopped { isStopped = true } }
      return Share(finished: course.learnt.withLock { $0 }, isStopped: isStopped)
    }
    course.state.withLock { for share in shares { $0.finished.merge(share.finished) { _, new in new } } }
    if shares.contains(where: \.isStopped) { throw TrainingStopped() }
  }

  /// The same trainings among other surroundings.
  func with(_ surroundings: any Surroundings) -> Trainings {
    var other = self
    other.surroundings = surroundings
    return other
  }

  /// Tells how far work beside trainings has come.
  ///
  /// - Throws: `TrainingStopped` where the user has asked to stop.
  package func note(_ label: String, done: Int, of total: Int) throws {
    if surroundings.isCancelled { throw TrainingStopped() }
    surroundings.report(FittingProgress(label, done: done, of: total))
  }

  /// Where the state of a training is kept, and where it goes on from.
  private func kept(_ name: String, stopped: Checkpoint?) throws -> (file: StateFile?, start: Checkpoint?) {
    switch folder {
    case .named(let folder):
      let path = Self.path(name, in: folder)
      return (.named(path), try Checkpoint(keptBy: surroundings, at: path))
    case .automatic(let folder): return (.automatic("\(folder)/\(name)"), stopped)
    case nil: return (nil, stopped)
    }
  }

  private static func path(_ name: String, in folder: String) -> String { "\(folder)/\(name).checkpoint" }

  /// What the first of some trainings was drawn from whose state a folder of `checkpoint:` keeps; nil where it keeps none.
  package static func beginning(
    of names: [String], in folder: String, _ surroundings: any Surroundings
  ) throws -> RandomStream.Identity? {
    for name in names {
      if let begun = try CheckpointOutline(keptBy: surroundings, at: path(name, in: folder))?.stream { return begun }
    }
    return nil
  }
}
