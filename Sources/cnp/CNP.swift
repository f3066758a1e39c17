import ArgumentParser
import Base
import Glibc
import Kernels
import Language
import Terminal
import Vocabulary

/// `cnp`: the prompt, and the subcommands for books.
@main
struct CNP: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cnp",
    abstract: "Segments capillary non-perfusion in fluorescein angiograms, from a prompt or from notebook files.",
    version: engineVersion,
    subcommands: [
      Prompt.self, Run.self, Check.self, WatchCommand.self, DiffCommand.self, ExportCommand.self, ParamsCommand.self,
      NewCommand.self, FormatCommand.self,
      CacheCommand.self, ManualCommand.self, Bench.self,
    ],
    defaultSubcommand: Prompt.self)

  /// Runs a subcommand; whatever it prints, help included, goes through `results`, so that its loss shows in the exit code.
  static func main() {
    openStandardStreams()
    failOnBrokenPipesAndLimits()
    Machine.keepFreedMemory()
    Ranks.$current.withValue(RankStart.ranks()) {
      let watch = RankWatch(Ranks.current)
      var code: Int32 = 0
      do { try run(Self.withSpacedParams(Array(CommandLine.arguments.dropFirst()))) } catch { code = answer(to: error) }
      code = results.exitCode(code) { complain("error: \($0)") }
      RankStart.finish(watch)
      Glibc.exit(code)
    }
  }

  private static func run(_ arguments: [String]) throws {
    guard !arguments.isEmpty else {
      try RankStart.refuse("the prompt")
      // Nothing to parse: the prompt is there sooner by what the parser takes to look at every subcommand.
      return try Prompt.open()
    }
    if let topic = topicOfHelp(arguments) { return try tellHelp(on: topic) }
    var command = try parseAsRoot(arguments)
    if !(command is Run), (command as? Bench)?.isForRanks != true, !Self.asksForHelp(arguments) {
      let what = command is Bench ? arguments.prefix(2).joined(separator: " ") : arguments[0]
      try RankStart.refuse(command is Prompt ? "the prompt" : "cnp \(what)")
    }
    try command.run()
  }

  /// What `cnp help` is asked of the language; `nil` where it is asked of a subcommand, or of the program.
  private static func topicOfHelp(_ arguments: [String]) -> [String]? {
    guard arguments[0] == "help", arguments.count > 1, !arguments[1].hasPrefix("-") else { return nil }
    let subcommands = configuration.subcommands.map { $0._commandName } + ["help"]
    return subcommands.contains(arguments[1]) ? nil : Array(arguments.dropFirst())
  }

  /// Says what `help` says at the prompt.
  private static func tellHelp(on topic: [String]) throws {
    do { say(try helpText(on: topic)) } catch let error as any CodedError {
      complain("error: \(error.message)\(error.hint.map { "; \($0)" } ?? "")")
      throw ExitCode.validationFailure
    }
  }

  private static func asksForHelp(_ arguments: [String]) -> Bool {
    arguments[0] == "help" || arguments.contains { ["--help", "-h", "--version"].contains($0) }
  }

  /// `-Pname=value` as `-P name=value`, for the subcommands that take it: the parser would look for an option `-Pname`.
  private static func withSpacedParams(_ arguments: [String]) -> [String] {
    guard let subcommand = arguments.first, ["run", "check", "export", "watch"].contains(subcommand) else {
      return arguments
    }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    return arguments[..<end].flatMap { argument -> [String] in
      let isJoined = argument.hasPrefix("-P") && argument.dropFirst(2).first.map { $0 != "=" } == true
      return isJoined ? ["-P", String(argument.dropFirst(2))] : [argument]
    } + arguments[end...]
  }

  /// Says what ended a subcommand, which may be that help was asked for.
  ///
  /// - Returns: its exit code.
  private static func answer(to error: any Error) -> Int32 {
    let (code, text) = (exitCode(for: error), fullMessage(for: error))
    if code.isSuccess {
      if !text.isEmpty { say(text) }
    } else if !text.isEmpty {
      writeToStandardError(visible(text) + "\n")
    }
    return code.rawValue
  }
}

/// What every subcommand takes.
struct MachineOptions: ParsableArguments {
  @Option(
    help: """
      How many threads to compute with, each rank of several; left out, its part of the machine's processors. The results are \
      the same for any number.
      """)
  var threads: Int?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads), but must be from 1 to 1024")
    }
  }

  /// Sets the engine up, or ends the program where this machine lacks what the build needs.
  func prepare() throws { try Self.prepare(threads: threads) }

  static func prepare(threads: Int?) throws {
    if let missing = Machine.missingFeatures {
      complain("this build needs a processor with \(missing); build it on this machine with `make build`")
      throw ExitCode(3)
    }
    if let threads = threads ?? RankStart.threads { Workers.use(threads: threads) }
  }
}

/// `cnp`, `cnp prompt`: the REPL, or a program from standard input.
struct Prompt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompt",
    abstract: "Open the prompt, or run what comes through a pipe. This is what cnp does when asked for nothing else.")

  @OptionGroup var machine: MachineOptions
  @Option(help: "Seed of everything random in this session.")
  var seed: UInt64 = 0
  @ArgumentParser.Argument(help: .hidden)
  var files: [String] = []

  func validate() throws {
    guard let word = files.first else { return }
    let names = CNP.configuration.subcommands.map { $0._commandName } + ["help"]
    let rest = files.dropFirst().map { " \($0)" }.joined()
    if !word.contains("."), let near = closest(to: word, in: names) {
      throw ValidationError("there is no subcommand \(word); did you mean: cnp \(near)\(rest)")
    }
    throw ValidationError(
      access(word, F_OK) != 0 && !word.contains(".")
        ? "there is no subcommand \(word), and no file of that name: there are \(names.joined(separator: ", "))"
        : "to replay a file: cnp run \(word)")
  }

  func run() throws { try Self.open(seed: seed, threads: machine.threads) }

  static func open(seed: UInt64 = 0, threads: Int? = nil) throws {
    try MachineOptions.prepare(threads: threads)
    let status = runREPL(
      registry: standardRegistry(), seed: seed, version: engineVersion, threads: Workers.count)
    if status != 0 { throw ExitCode(status) }
  }
}
