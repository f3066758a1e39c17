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
      let process = try start(in: folder)
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

  /// What the program printed of its results.
  private func lines(_ output: String) -> [Substring] {
    output.split(separator: "\n").filter {
      !$0.hasPrefix("going on") && !$0.hasPrefix("trained") && !$0.hasPrefix("note")
    }
  }

  private func start(in folder: TemporaryFolder) throws -> pid_t {
    try folder.write(Array(training.utf8), to: "program")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, folder.path + "/program", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    return try spawn(cnp, in: folder.path, environment: folder.environment, actions: &actions, ownSession: false)
  }
}
