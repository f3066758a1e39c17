import Files
import Glibc
import Terminal

/// Starts a program in a folder, with just this environment.
func spawn(
  _ program: String, in folder: String, environment: [String: String],
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
  let command: [String] = ["env", "-C", folder, program]
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

/// What a program fed from a pipe left behind.
struct PipedRun {
  let output: String
  let errors: String
  let exitCode: Int32
}

/// Feeds a program from a file, as a pipe would, and waits for its end.
func runPiped(_ program: String, input: [UInt8], environment: [String: String], in folder: TemporaryFolder) throws
  -> PipedRun
{
  let (inputPath, outputPath, errorPath) = (folder.path + "/in", folder.path + "/out", folder.path + "/err")
  try folder.write(input, to: "in")
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, inputPath, O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  let process = try spawn(program, in: folder.path, environment: environment, actions: &actions, ownSession: false)
  var raw: Int32 = 0
  waitpid(process, &raw, 0)
  return PipedRun(
    output: try folder.read("out"), errors: try folder.read("err"),
    exitCode: raw & 0x7f == 0 ? (raw >> 8) & 0xff : 128 + raw & 0x7f)
}

/// The built program: beside the tests' own bundle.
let cnp: String = {
  let bundle = resolvedPath("/proc/self/exe") ?? ""
  let beside = String(bundle[..<(bundle.lastIndex(of: "/") ?? bundle.startIndex)]) + "/cnp"
  if access(beside, X_OK) == 0 { return beside }
  let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  return "/\(package)/.build/release/cnp"
}()
