import Base
import Glibc
import Language

/// The prompt: reads inputs from standard input until it ends, and runs them.
///
/// At a terminal with line editing, history and completion; from a pipe without prompts or colours.
///
/// - Parameters:
///   - seed: keys the random streams, with the label `in-<n>` of each input.
///   - version: shown in the greeting.
///   - threads: how many the engine works with, shown in the greeting.
/// - Returns: the exit code: 0; from a pipe 3 after an error and 4 after an interrupt; 3 where results could not be
///   written; 128 + the number of the signal that asked the program to leave, SIGPIPE where nobody reads the results.
public func runREPL(registry: Registry, seed: UInt64, version: String, threads: Int) -> Int32 {
  let screen = Screen()
  guard let bell = Doorbell() else {
    screen.complain("error[no-descriptors]: \(lastSystemError())")
    return 3
  }
  bell.catchSignals([SIGINT] + leavingSignals)
  let isTyped = isatty(STDIN_FILENO) != 0 && (screen.outputIsTerminal || screen.errorsAreTerminal)
  let reader: any LineReader
  if isTyped {
    bell.catchSignals([SIGTSTP])
    let threadWords = threads == 1 ? "1 thread" : "\(threads) threads"
    let greeting =
      "cnp \(version), \(threadWords). Type help for commands, help language for how to write, :help for keys."
    if screen.outputIsTerminal { screen.writeProse(greeting) } else { screen.complain(greeting) }
    if let wish = environmentVariable(TerminalGraphics.variable), TerminalGraphics(rawValue: wish) == nil {
      let known = TerminalGraphics.allCases.map(\.rawValue).joined(separator: ", ")
      screen.complain("warning: \(TerminalGraphics.variable)=\(wish) is none of \(known)")
    }
    reader = Readline(bell: bell, history: .standard, screen: screen) { screen.complain($0) }
  } else {
    reader = PlainLineReader(bell: bell)
  }
  let session = Session(registry: registry, seed: seed)
  // A job that was left behind, or that still runs in the background, may be writing its checkpoint.
  defer { closeFilesForWriting() }
  let repl = REPL(
    session: session, reader: reader, screen: screen, bell: bell, folder: workingFolder(), written: .standard)
  let code = repl.run()
  return screen.results.exitCode(code) { screen.complain("error: \($0)") }
}
