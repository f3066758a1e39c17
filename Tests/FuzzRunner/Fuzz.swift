import ArgumentParser
import Fuzzing

/// `make fuzz`: random inputs for the language, its commands, books and files, in processes of their own.
@main
struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz", abstract: "Looks for inputs that break cnp.",
    subcommands: [Run.self, Try.self, Show.self, Work.self])
}

/// What every subcommand takes.
struct Subject: ParsableArguments {
  @Option(help: "What to try: \(SubjectName.allCases.map(\.rawValue).joined(separator: ", ")).")
  var kind = SubjectName.language

  @Option(help: "The repository, whose examples and test files are the start of inputs.")
  var root = "."
}

extension Fuzz {
  /// Many inputs.
  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Try many inputs in worker processes; exit 1 when one breaks a promise.",
      discussion: """
        An input is made from the seed and its number alone, so a run goes on with --from, and any input can be tried again \
        by `fuzz try`. Inputs that break something are written to the folder for findings, made smaller where that works.
        """)

    @OptionGroup var subject: Subject
    @Option(help: "How many inputs.") var inputs = 1_000_000
    @Option(help: "Which inputs.") var seed: UInt64 = 1
    @Option(help: "The number of the first input.") var from = 0
    @Option(help: "Processes at the same time.") var jobs = 1
    @Option(help: "Stop after so many seconds.") var seconds: Double?
    @Option(help: "Where to write inputs that break something.") var findings = ".build/fuzz"

    func run() throws {
      var campaign = Campaign(
        kind: subject.kind, root: subject.root, seed: seed, range: from..<from + inputs, jobs: jobs, folder: findings,
        seconds: seconds)
      if try campaign.run() > 0 { throw ExitCode(1) }
    }
  }

  /// One input, from a file or by its number.
  struct Try: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Try one input again; exit 1 when it breaks a promise.")

    @OptionGroup var subject: Subject
    @Option(help: "Which inputs.") var seed: UInt64 = 1
    @Option(help: "The number of the input.") var input: Int?
    @ArgumentParser.Argument(help: "A file with the input.") var file: String?

    func validate() throws {
      if (input == nil) == (file == nil) { throw ValidationError("give a file, or --seed and --input") }
    }

    func run() throws {
      let trial = try subject.kind.makeTrial(root: subject.root)
      if let limit = trial.memoryLimit { limitMemory(to: limit) }
      let fault = onSmallStack { () -> Fault? in
        do throws(Fault) {
          if let file { try trial.examine(file: file) } else { try trial.examine(seed: seed, index: input ?? 0) }
          return nil
        } catch { return error }
      }
      guard let fault else { return print("nothing is wrong") }
      print(fault)
      throw ExitCode(1)
    }
  }

  /// One input, to look at.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write one input to standard output.")

    @OptionGroup var subject: Subject
    @Option(help: "Which inputs.") var seed: UInt64 = 1
    @Option(help: "The number of the input.") var input: Int

    func run() throws {
      writeOut(try subject.kind.makeTrial(root: subject.root).input(seed: seed, index: input).bytes)
    }
  }

  /// What `run` starts.
  struct Work: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Try some inputs in this process.", shouldDisplay: false)

    @OptionGroup var subject: Subject
    @Option var seed: UInt64
    @Option var from: Int
    @Option var to: Int
    @Option var state: String
    @Option var findings: String

    func run() throws {
      let trial = try subject.kind.makeTrial(root: subject.root)
      if let limit = trial.memoryLimit { limitMemory(to: limit) }
      let worker = try Worker(trial: trial, seed: seed, range: from..<to, state: state, findings: findings)
      try onSmallStack { Result { try worker.run() } }.get()
    }
  }
}
