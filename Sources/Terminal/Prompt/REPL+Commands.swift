import Glibc
import Language

extension REPL {
  /// Does what a line asks of the prompt.
  func obey(_ word: String, _ line: String) {
    let operand = PromptCommand.operand(of: line)
    guard let command = PromptCommand(word) else {
      let near = closest(to: word, in: PromptCommand.all.map(\.name))
      let known = PromptCommand.all.map { ":\($0.name)" }.joined(separator: ", ")
      return complain(
        "error[unknown-prompt-command]: the prompt has no ':\(word)'\n  = help: "
          + (near.map { "did you mean ':\($0)'?" } ?? "it has \(known)"))
    }
    if command.operand == .nothing, !operand.isEmpty {
      return complain("error[too-many-arguments]: ':\(word)' stands alone; found '\(operand)'")
    }
    command.run(self, operand)
  }

  /// A count from 1, or the default where nothing is given; `nil` after a complaint.
  func number(_ operand: String, of command: String, default value: Int) -> Int? {
    if operand.isEmpty { return value }
    if let number = Int(operand), number > 0 { return number }
    complain("error[not-whole]: ':\(command)' takes a whole number from 1; found '\(operand)'")
    return nil
  }

  func listNames() {
    let pending = background.all.flatMap { job in job.names.map { ($0, "being computed by job \(job.number)") } }
    let names = session.bindings.names
    guard !names.isEmpty || !pending.isEmpty else { return screen.write("no names yet") }
    let width = (names + pending.map(\.0)).map(displayWidth).max() ?? 0
    let bound = names.map { name in
      (name, inline(session.bindings[name] ?? .none).split(separator: "\n").first.map(String.init) ?? "")
    }
    let rows = (bound + pending).map { name, value -> String in
      let gap = String(repeating: " ", count: width - displayWidth(name) + 2)
      return String("\(name)\(gap)\(value)".prefix(max(screen.columns - 1, width + 10)))
    }
    screen.write(rows.joined(separator: "\n"))
  }

  func undo() {
    if takeBackLoading() { return }
    let entries = transcript.undoable
    guard let first = entries.first else {
      guard let last = transcript.undoneTooLate else {
        return complain("error[nothing-to-undo]: there is no input to take back")
      }
      return complain(
        Failure(
          "nothing-to-undo", "the session before input \(last.number) is not kept any more",
          hint: "as memory lasts, the last \(Transcript.undoDepth) inputs can be taken back"))
    }
    for job in background.all {
      guard let read = entries.lazy.compactMap(job.reads).first else { continue }
      return complain(
        Failure(
          "job-running", "job \(job.number) reads \(read) of what would be taken back",
          hint: ":watch \(job.number) or :stop \(job.number) first"))
    }
    // The numbers of the inputs go on, so that the random streams of later ones stay theirs.
    if let before = transcript.undo() { session = before }
    walk?.takeBack(inputs: entries.flatMap(\.numbers))
    screen.complain("taken back: \(first.text.split(separator: "\n").joined(separator: "\n            "))")
  }

  func edit(_ operand: String) {
    guard let last = transcript.entries.last else {
      return complain("error[no-input]: there is no input to edit yet")
    }
    guard let number = number(operand, of: "edit", default: last.number) else { return }
    guard let entry = transcript.entries.last(where: { $0.number == number }) else {
      return complain("error[no-input]: there is no input \(number)\n  = help: :history lists them")
    }
    editAsDraft(entry.text)
  }

  /// Opens a text in the user's editor; what is left there becomes the next input's draft.
  func editAsDraft(_ text: String) {
    guard reader.isInteractive else {
      return complain("error[no-terminal]: an editor needs a terminal; these inputs come from a file or a pipe")
    }
    draft = Draft(text)
    // Ctrl-Z stops the editor and this program with it.
    do {
      if let edited = try bell.withoutCatching(SIGTSTP, { try editElsewhere(text) }) { draft = Draft(edited) }
    } catch { complain(error) }
    // Ctrl-C in the editor was the editor's; who asked the program to leave is still heard.
    _ = answerBell(onInterrupt: { _ in false })
  }
}
