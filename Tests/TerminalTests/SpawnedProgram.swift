import Base
import Glibc
import Terminal

/// Starts a program in a folder, with just this environment.
func spawn(
  _ program: String, _ arguments: [String] = [], in folder: String, environment: [String: String],
  actions: inout posix_spawn_file_actions_t, ownSession: Bool
) throws -> pid_t {
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  // The threads that run tests hold signals back; a program must not inherit that.
  var (none, all) = (sigset_t(), sigset_t())
  sigemptyset(&none)
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  let setSession: Int32 = 0x80
  let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (ownSession ? setSession : 0)
  posix_spawnattr_setflags(&attributes, Int16(flags))
  // Changing the folder on the way is no standard call; `env` becomes the program without another process.
  let command: [String] = ["env", "-C", folder, program] + arguments
  var words = command.map { strdup($0) } + [nil]
  var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { (words + variables).forEach { free($0) } }
  var process = pid_t()
  let code = posix_spawn(&process, "/usr/bin/env", &actions, &attributes, &words, &variables)
  guard code == 0 else {
    throw PseudoTerminal.Failure(description: "cannot start \(program): \(String(cString: strerror(code)))")
  }
  return process
}

/// Waits for the end of a program.
///
/// - Returns: its exit code, or 128 + the number of the signal that ended it.
/// - Throws: when it goes on for longer than anybody waits; it is ended then.
func endOfProgram(_ process: pid_t) throws -> Int32 {
  let deadline = secondsOnSteadyClock() + PseudoTerminal.patience
  var raw: Int32 = 0
  while waitpid(process, &raw, WNOHANG) == 0 {
    guard secondsOnSteadyClock() < deadline else {
      kill(process, SIGKILL)
      waitpid(process, &raw, 0)
      throw PseudoTerminal.Failure(description: "the program \(process) did not end by itself")
    }
    usleep(1_000)
  }
  return raw & 0x7f == 0 ? (raw >> 8) & 0xff : 128 + raw & 0x7f
}

/// `cnp` fed from a file, as a pipe would feed it; what it writes goes to files.
struct PipedProgram {
  let process: pid_t
  let folder: TemporaryFolder

  /// Starts it, with `input` in the folder's file `in`; it writes to `out` and `err` there.
  init(_ arguments: [String] = [], input: [UInt8], in folder: TemporaryFolder) throws {
    self.folder = folder
    try folder.write(input, to: "in")
    // Whoever looks for a text in them finds a file from the start.
    for name in ["out", "err"] { try folder.write([], to: name) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, folder.path + "/in", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, folder.path + "/out", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, folder.path + "/err", O_WRONLY, 0)
    process = try spawn(
      cnp, arguments, in: folder.path, environment: folder.environment, actions: &actions, ownSession: false)
  }

  /// Waits until it has written a text to one of its files.
  func expect(_ text: String, in name: String) throws {
    let deadline = secondsOnSteadyClock() + PseudoTerminal.patience
    while try !folder.read(name).contains(text) {
      guard secondsOnSteadyClock() < deadline else {
        throw PseudoTerminal.Failure(description: "'\(text)' was not written; there was: \(try folder.read(name))")
      }
      usleep(1_000)
    }
  }

  func exitCode() throws -> Int32 { try endOfProgram(process) }
}

/// What a program fed from a pipe left behind.
struct PipedRun {
  let output: String
  let errors: String
  let exitCode: Int32
}

/// Feeds `cnp` from a file, as a pipe would, and waits for its end.
func runPiped(_ arguments: [String] = [], input: [UInt8], in folder: TemporaryFolder) throws -> PipedRun {
  let program = try PipedProgram(arguments, input: input, in: folder)
  let exitCode = try program.exitCode()
  return PipedRun(output: try folder.read("out"), errors: try folder.read("err"), exitCode: exitCode)
}

/// Lets a shell run a script that has the program as `$CNP`, and waits for its end; one that hangs is ended.
func runShell(_ script: String, in folder: TemporaryFolder) throws -> PipedRun {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  let (output, errors) = (folder.path + "/shell.out", folder.path + "/shell.err")
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  let process = try spawn(
    "/bin/bash", ["-c", script], in: folder.path, environment: folder.environment.merging(["CNP": cnp]) { $1 },
    actions: &actions, ownSession: true)
  let exitCode = try endOfProgram(process)
  return PipedRun(output: try folder.read("shell.out"), errors: try folder.read("shell.err"), exitCode: exitCode)
}

/// The built program: beside the tests' own bundle.
let cnp: String = {
  let bundle = resolvedPath("/proc/self/exe") ?? ""
  let beside = String(bundle[..<(bundle.lastIndex(of: "/") ?? bundle.startIndex)]) + "/cnp"
  if access(beside, X_OK) == 0 { return beside }
  let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  return "/\(package)/.build/release/cnp"
}()
