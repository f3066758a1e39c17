import Base
import Glibc
import Terminal
import Testing

/// A training that is killed at any moment loses at most the epoch it was in, and goes on to the same bits.
@Suite("Killed training")
struct KilledTrainingTests {
  private let training = """
    eyes = phantom 6 size: 64 seed: 1
    net = train-system eyes system: pixel-gan width: 4 epochs: 6 checkpoint: "net.checkpoint" resume: true seed: 5
    save net "net.safetensors"
    for row in net.history { print row }
    print sum (predict net eyes)[0].map, sum (predict net eyes)[5].map

    """

  @Test("SIGKILL at random moments, then once more to the end, as if nothing had happened")
  func killed() throws {
    let whole = try TemporaryFolder()
    let expected = try runPiped(input: Array(training.utf8), in: whole)
    #expect(expected.exitCode == 0)
    let folder = try TemporaryFolder()
    var kills = 0
    for attempt in 0..<12 {
      let program = try PipedProgram(input: Array(training.utf8), in: folder)
      // From before the first epoch to after the last, each time a little later.
      usleep(useconds_t(60_000 + attempt * 90_000))
      kill(program.process, SIGKILL)
      if try program.exitCode() == 128 + SIGKILL { kills += 1 }
    }
    #expect(kills > 0)
    let found = try runPiped(input: Array(training.utf8), in: folder)
    #expect(found.exitCode == 0)
    #expect(lines(found.output) == lines(expected.output))
    #expect(found.errors.contains("epoch") || found.output.contains("going on after epoch 6"))
    // What was half-written when it was killed is cleared away by the next that writes there.
    #expect(try !namesInFolder(folder.path).contains { $0.hasSuffix(".part") })
  }

  @Test("Asked to leave at any moment, also while it writes its checkpoint, it leaves nothing half-written")
  func asked() throws {
    let folder = try TemporaryFolder()
    // Its state takes longer to write than its steps take.
    let program = """
      eyes = phantom 2 size: 64 seed: 1
      net = train-gan eyes width: 12 epochs: 400 checkpoint: "net.checkpoint" resume: true seed: 5

      """
    for attempt in 0..<8 {
      let running = try PipedProgram(input: Array(program.utf8), in: folder)
      // From its first step on it hears of the wish, and at different moments of an epoch.
      try running.expect("epoch", in: "err")
      usleep(useconds_t(attempt * 70_000))
      kill(running.process, SIGTERM)
      #expect(try running.exitCode() == 128 + SIGTERM)
    }
    let names = try namesInFolder(folder.path)
    #expect(names.contains("net.checkpoint"))
    #expect(names.filter { $0.hasSuffix(".part") } == [])
  }

  /// What the program printed of its results.
  private func lines(_ output: String) -> [Substring] {
    output.split(separator: "\n").filter {
      !$0.hasPrefix("going on") && !$0.hasPrefix("trained") && !$0.hasPrefix("note")
    }
  }
}
