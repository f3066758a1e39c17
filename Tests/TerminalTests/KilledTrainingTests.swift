import Files
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
    let expected = try runPiped(cnp, input: Array(training.utf8), environment: whole.environment, in: whole)
    #expect(expected.exitCode == 0)
    let folder = try TemporaryFolder()
    var kills = 0
    for attempt in 0..<12 {
      let process = try start(training, in: folder)
      // From before the first epoch to after the last, each time a little later.
      usleep(useconds_t(60_000 + attempt * 90_000))
      var raw: Int32 = 0
      if waitpid(process, &raw, WNOHANG) == 0 {
        kill(process, SIGKILL)
        waitpid(process, &raw, 0)
        kills += 1
      }
    }
    #expect(kills > 0)
    let found = try runPiped(cnp, input: Array(training.utf8), environment: folder.environment, in: folder)
    #expect(found.exitCode == 0)
    #expect(lines(found.output) == lines(expected.output))
    #expect(found.errors.contains("epoch") || found.output.contains("going on after epoch 6"))
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
      let process = try start(program, in: folder)
      usleep(useconds_t(600_000 + attempt * 70_000))
      kill(process, SIGTERM)
      var raw: Int32 = 0
      waitpid(process, &raw, 0)
      #expect(raw & 0x7f == 0 && (raw >> 8) & 0xff == 128 + SIGTERM)
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

  private func start(_ program: String, in folder: TemporaryFolder) throws -> pid_t {
    try folder.write(Array(program.utf8), to: "program")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, folder.path + "/program", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    return try spawn(cnp, in: folder.path, environment: folder.environment, actions: &actions, ownSession: false)
  }
}
