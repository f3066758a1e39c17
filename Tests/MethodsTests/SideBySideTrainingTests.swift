import Angiography
import Base
import Imaging
import Kernels
import Methods
import Networks
import Synchronization
import Tensors
import Testing

/// Trainings of a comparison that run side by side: the same numbers as one after another, also after a stop or an error.
struct SideBySideTrainingTests {
  /// Tells what it is told, and asks to stop after so many reports.
  private final class Listener: Surroundings {
    private let left: Atomic<Int>
    private let labels = Mutex([String]())

    init(stoppingAfter reports: Int = .max) { left = Atomic(reports) }

    var heard: [String] { labels.withLock { $0 } }

    func report(_ progress: FittingProgress) {
      labels.withLock { $0.append(progress.label) }
      left.subtract(1, ordering: .relaxed)
    }
    func tell(_ news: TrainingNews) {}
    var isCancelled: Bool { left.load(ordering: .relaxed) <= 0 }
    var isHurried: Bool { false }
    var pausedSeconds: Double { 0 }
    func keep(_ state: Checkpoint, as name: String) {}
    func kept(_ name: String) -> [UInt8]? { nil }
  }

  private struct Fault: Error { let fit: String }

  /// A method that cannot learn.
  private struct Faulty: Segmenter {
    let name = "faulty"
    let title = "faulty"
    let isRandom = true

    func fit(to training: TrainingSet, _ fit: Fit) throws -> any FittedSegmenter { throw Fault(fit: fit.name) }
  }

  private func comparison(of segmenter: any Segmenter, networks: Int = 2) throws -> Comparison {
    let stream = RandomStream(seed: 5)
    let data = try phantomDataset(PhantomOptions(count: 4, size: 64, seed: 3))
    var options = TrainingOptions()
    options.epochs = 2
    return Comparison(
      of: [segmenter], against: 0, on: try Comparison.folds(2, of: data, by: .image, stream: stream).splits, more: nil,
      settings: LearningSettings(options: options, batch: 2, width: 4, batchNormMomentum: 0.9),
      ensemble: EnsemblePlan(count: networks, holdOut: .rotating, unit: .image), empty: .metricsReloaded, stream: stream
    )
  }

  private func maps(_ outcome: Comparison.Outcome) throws -> [Plane] {
    guard case .ranked(let result) = outcome else { throw Fault(fit: "stopped") }
    return result.entries[0].predictions.maps
  }

  @Test(arguments: [2, 3]) func theNumbersAreThoseOfOneThread(threads: Int) throws {
    let unet = try #require(Segmenters.named("unet"))
    let comparison = try comparison(of: unet)
    func found(threads: Int, _ listener: Listener) throws -> [Plane] {
      try Machine.computing(threads: threads, vectorWidth: 8) {
        try maps(comparison.run(goingOnFrom: nil, keptIn: nil, listener) { _, _ in })
      }
    }
    let (alone, beside) = (Listener(), Listener())
    let expected = try found(threads: 1, alone)
    #expect(try found(threads: threads, beside) == expected)
    // The ends of all epochs are told, of steps those of one training at a time.
    let ends = (1...2).flatMap { fold in
      (1...2).flatMap { network in
        (1...2).map { "U-Net, fold \(fold)/2, network \(network)/2, epoch \($0)/2, step" }
      }
    }
    #expect(Set(beside.heard).isSuperset(of: ends))
    #expect(beside.heard.count <= alone.heard.count)
  }

  @Test(arguments: [1, 2, 5, 8]) func aStopGoesOnToTheSameNumbers(reports: Int) throws {
    let unet = try #require(Segmenters.named("unet"))
    let comparison = try comparison(of: unet)
    try Machine.computing(threads: 2, vectorWidth: 8) {
      let expected = try maps(comparison.run(goingOnFrom: nil, keptIn: nil, Listener()) { _, _ in })
      let stopped = try comparison.run(goingOnFrom: nil, keptIn: nil, Listener(stoppingAfter: reports)) { _, _ in }
      guard case .stopped(let state) = stopped else {
        Issue.record("it was not stopped after \(reports) reports")
        return
      }
      #expect(state.finished.count < state.total)
      #expect(try maps(comparison.run(goingOnFrom: state, keptIn: nil, Listener()) { _, _ in }) == expected)
    }
  }

  @Test func howManyAreDoneAtATime() {
    func threads(_ costs: [Double], bytes: Int = 1, threads: Int) -> Int {
      Trainings.threads(for: costs, bytes: bytes, of: 1000, threads: threads)
    }
    #expect(threads([1, 1, 1, 1], threads: 2) == 2)
    #expect(threads([1], threads: 2) == 1 && threads([], threads: 2) == 1 && threads([1, 1], threads: 1) == 1)
    // A long one that is left alone would take one thread longer than all of them.
    #expect(threads([1, 9], threads: 2) == 1 && threads([9, 9, 1], threads: 2) == 2)
    // Few on many threads are faster one after another.
    #expect(threads([1, 1, 1, 1], threads: 16) == 1 && threads(Array(repeating: 1, count: 32), threads: 16) == 16)
    // Half of the memory is for the rest.
    #expect(threads(Array(repeating: 1, count: 9), bytes: 170, threads: 3) == 2)
    #expect(threads([1, 1], bytes: 300, threads: 2) == 1)
  }

  /// Whichever fails first, the error is that of the first in order.
  @Test func theFirstErrorIsTold() throws {
    for _ in 0..<20 {
      let comparison = try comparison(of: Faulty(), networks: 2)
      let error = Machine.computing(threads: 4, vectorWidth: 8) {
        #expect(throws: Fault.self) { _ = try comparison.run(goingOnFrom: nil, keptIn: nil, Listener()) { _, _ in } }
      }
      #expect(error?.fit == "faulty-fold1-network1")
    }
  }
}
