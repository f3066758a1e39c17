import Synchronization
import Tensors

/// Where the time of a GAN's training step goes.
public struct StepProfile: Sendable {
  /// The observations of one step that belong together.
  public struct Entry: Sendable {
    /// A kind of operation, or a layer with its operation.
    public let name: String
    /// `forward`, `backward` or `update`; empty for what no operation accounts for.
    public let direction: String
    public fileprivate(set) var seconds: Double
    public fileprivate(set) var floatingPointOperations: Int
    /// How often it ran.
    public fileprivate(set) var count: Int

    /// By the direct count; 0 where nobody counts operations.
    public var gigaflops: Double { seconds > 0 ? Double(floatingPointOperations) / seconds / 1e9 : 0 }
  }

  /// The whole step.
  public let seconds: Double
  /// By kind of operation, the longest first; what is left is the last: losses, copies, bookkeeping.
  public let operations: [Entry]
  /// By layer, the longest first. Layers of both networks may have one name: their times are added up.
  public let layers: [Entry]

  /// An entry's part of the step, from 0 to 1.
  public func share(of entry: Entry) -> Double { entry.seconds / seconds }

  /// Profiles the second step; the first one takes memory and wakes the threads.
  public init(size: Int, width: Int, batch: Int) throws(BenchmarkError) {
    var workload = try GANStepWorkload(size: size, width: width, batch: batch)
    try workload.run()
    let notes = Notes()
    let measurement = try Observer.observing({ notes.add($0) }) { () throws(BenchmarkError) in
      try measured { () throws(BenchmarkError) in try workload.run() }
    }
    self.init(notes.all, seconds: measurement.seconds)
  }

  init(_ observations: [Observation], seconds: Double) {
    self.seconds = seconds
    let observed = observations.reduce(0) { $0 + $1.seconds }
    let rest = Entry(
      name: "losses, copies and the rest", direction: "", seconds: max(0, seconds - observed),
      floatingPointOperations: 0, count: 1)
    operations = gathered(observations) { $0.operation } + [rest]
    layers = gathered(observations) { "\($0.layer): \($0.operation)" } + [rest]
  }
}

private func gathered(_ observations: [Observation], by name: (Observation) -> String) -> [StepProfile.Entry] {
  var places: [String: Int] = [:]
  var entries: [StepProfile.Entry] = []
  for observation in observations {
    let direction = observation.direction.rawValue
    let name = name(observation)
    let place = places["\(name)|\(direction)", default: entries.count]
    if place == entries.count {
      places["\(name)|\(direction)"] = place
      entries.append(
        .init(name: name, direction: direction, seconds: 0, floatingPointOperations: 0, count: 0))
    }
    entries[place].seconds += observation.seconds
    entries[place].floatingPointOperations += observation.floatingPointOperations
    entries[place].count += 1
  }
  return entries.sorted { ($1.seconds, $0.name) < ($0.seconds, $1.name) }
}

/// Observations as they come in.
private final class Notes: Sendable {
  private let observations = Mutex<[Observation]>([])
  func add(_ observation: Observation) { observations.withLock { $0.append(observation) } }
  var all: [Observation] { observations.withLock { $0 } }
}
