import Base
import Foundation
import Fuzzing
import Language
import Vocabulary

/// Calls of every command of the standard vocabulary, at the edges of what their signatures allow: each gives a value or a
/// coded mistake, and a mistake leaves every name as it was.
struct CommandInputs: Trial {
  let blockSize = 300
  let patience = 90.0
  /// Enough for everything that is meant to work here; the rest must be refused in words.
  let memoryLimit: Int? = 6 << 30
  private let commands = standardRegistry().commands.values.sorted { $0.name < $1.name }

  func input(seed: UInt64, index: Int) -> TrialInput {
    var writer = CommandWriter(random: SeededGenerator(seed: seed, index: index), commands: commands)
    return TrialInput(bytes: Array((CommandWriter.prelude + writer.program()).utf8), ending: "cnp")
  }

  func examine(seed: UInt64, index: Int) throws(Fault) {
    var writer = CommandWriter(random: SeededGenerator(seed: seed, index: index), commands: commands)
    try examine(program: writer.program(), in: try Prepared.session.get())
  }

  func examine(_ input: TrialInput) throws(Fault) {
    var text = String(decoding: input.bytes, as: UTF8.self)
    // What every input begins with need not run twice.
    let isPrepared = text.hasPrefix(CommandWriter.prelude)
    if isPrepared { text.removeFirst(CommandWriter.prelude.count) }
    let session = isPrepared ? try Prepared.session.get() : Session(registry: standardRegistry(), seed: 1)
    try examine(program: text, in: session)
  }

  private func examine(program text: String, in session: Session) throws(Fault) {
    var session = session
    let parsed = parse(Source(text, name: "commands"), registry: session.registry)
    guard parsed.diagnostics.isEmpty else { return }
    for finding in session.check(parsed.program, locate: { _ in .unknown }) { try expectCoded(finding) }
    let host = CommandHost(folder: Prepared.folder, seconds: 3)
    for statement in parsed.program.statements {
      let before = session.bindings
      do throws(Diagnostic) {
        try session.run(Program(source: parsed.program.source, statements: [statement]), cell: "fuzz", host: host)
      } catch {
        try expectCoded(error)
        guard haveSameNames(before, session.bindings) else { throw Fault("failure changes names", error.code) }
        return
      }
    }
    if let value = session.bindings["it"] { try ValueTrial(registry: session.registry).examine(value) }
  }

  private func expectCoded(_ mistake: Diagnostic) throws(Fault) {
    let isSlug = mistake.code.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil
    guard isSlug, !mistake.message.isEmpty, !["internal-error", "unreadable"].contains(mistake.code) else {
      throw Fault("no coded mistake", "\(mistake.code): \(mistake.message)")
    }
  }
}

/// The session that calls start from, made once a process.
private enum Prepared {
  static let folder: String = {
    let path = FileManager.default.temporaryDirectory.path + "/cnp-fuzz-\(getpid())"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }()

  static let session: Result<Session, Fault> = {
    var session = Session(registry: standardRegistry(), seed: 1)
    let parsed = parse(Source(CommandWriter.prelude, name: "prelude"), registry: session.registry)
    if let mistake = parsed.diagnostics.first { return .failure(Fault("the prelude cannot be read", render(mistake))) }
    do throws(Diagnostic) {
      try session.run(parsed.program, cell: "prelude", host: CommandHost(folder: folder, seconds: 600))
    } catch {
      return .failure(Fault("the prelude fails", render(error)))
    }
    return .success(session)
  }()
}
