import Glibc
import Language
import Terminal
import Vocabulary

/// Lines as a test wrote them down, with the prompts they were asked by.
final class ScriptedReader: LineReader {
  let isInteractive: Bool
  var guide: InputGuide?
  private var events: [LineEvent]
  private(set) var prompts: [String] = []
  private(set) var remembered: [String] = []
  private(set) var drafts: [Draft] = []

  init(_ events: [LineEvent], isInteractive: Bool = true) {
    self.events = events
    self.isInteractive = isInteractive
  }

  func read(prompt: String, draft: Draft) -> LineEvent {
    prompts.append(prompt)
    drafts.append(draft)
    return events.isEmpty ? .endOfInput : events.removeFirst()
  }

  func peek() -> [UInt8]? {
    guard !isInteractive, case .line(let line) = events.first else { return nil }
    return line
  }

  var interruption: LineEvent? {
    switch events.first {
    case .interrupted where !isInteractive: .interrupted
    case .terminated(let signal) where !isInteractive: .terminated(signal: signal)
    default: nil
    }
  }

  func remember(_ input: String) { remembered.append(input) }
}

extension LineEvent {
  static func text(_ line: String) -> LineEvent { .line(Array(line.utf8)) }
}

/// A session at a scripted prompt, over the standard commands and some that press Ctrl-C themselves.
final class ScriptedSession {
  let folder: TemporaryFolder
  let bell: Doorbell

  init() throws {
    folder = try TemporaryFolder()
    guard let bell = Doorbell() else { throw PseudoTerminal.Failure(description: "no descriptors left") }
    self.bell = bell
  }

  struct Outcome {
    let exitCode: Int32
    let output: String
    let errors: String
    let reader: ScriptedReader
    let session: Session
  }

  func run(
    _ events: [LineEvent], isInteractive: Bool = true, also extra: [Command] = [],
    memoryLeft: @escaping () -> Int = { .max }
  ) throws -> Outcome {
    let (outputPath, errorPath) = (folder.path + "/out", folder.path + "/err")
    let output = open(outputPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    let errors = open(errorPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer {
      close(output)
      close(errors)
    }
    let reader = ScriptedReader(events, isInteractive: isInteractive)
    let repl = REPL(
      session: Session(registry: registry(watching: errorPath, extra), seed: 1), reader: reader,
      screen: Screen(output: output, errors: errors), bell: bell, folder: folder.path,
      memoryLeft: memoryLeft)
    let code = repl.run()
    return Outcome(
      exitCode: code, output: try folder.read("out"), errors: try folder.read("err"), reader: reader,
      session: repl.session)
  }

  private func registry(watching errorPath: String, _ extra: [Command]) -> Registry {
    let standard = standardRegistry()
    let bell = bell
    let interrupted = Command("interrupted", "is stopped by Ctrl-C and keeps what it has") { _, context in
      bell.ring(signal: SIGINT)
      while !context.host.isCancelled { usleep(1_000) }
      return .number(7)
    }
    let left = Command("left", "does not notice Ctrl-C until it has been abandoned") { _, context in
      bell.ring(signal: SIGINT)
      bell.ring(signal: SIGINT)
      while !(fileText(errorPath).contains("abandoned:")) { usleep(1_000) }
      context.host.emit(.text("too late"))
      context.host.report(Progress("too late", done: 1, of: 2, isMilestone: true))
      try context.host.write([], to: "late.txt")
      return .number(8)
    }
    let terminated = Command("terminated", "is running when the program is asked to leave") { _, context in
      bell.ring(signal: SIGTERM)
      while !context.host.isCancelled { usleep(1_000) }
      return .none
    }
    let milestones = Command("milestones", "reports its way") { _, context in
      for step in 1...4 {
        context.host.report(Progress("work", done: step, of: 4, readings: [("loss", 0.5)], isMilestone: step % 2 == 0))
      }
      return .none
    }
    return Registry(
      commands: Array(standard.commands.values) + [interrupted, left, terminated, milestones] + extra,
      types: Array(standard.types.values))
  }
}

private func fileText(_ path: String) -> String {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return "" }
  defer { close(descriptor) }
  return String(decoding: readSome(from: descriptor, limit: 1 << 16) ?? [], as: UTF8.self)
}
