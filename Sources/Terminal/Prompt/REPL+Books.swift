import Base
import Books
import Glibc
import Language

/// From a session to a book.
extension REPL {
  /// Writes the session, or some of its inputs, as a book.
  func save(_ operand: String) {
    do {
      let request = try SaveRequest(operand)
      let path = try absolutePath(request.name, in: folder)
      try checkMayReplace(path, name: request.name)
      if let job = background.all.first {
        throw Failure(
          "job-running", "'\(job.names.first ?? job.cell)' is still being computed by job \(job.number)",
          hint: ":watch \(job.number) or :stop \(job.number) first")
      }
      let inputs = try chosenInputs(request)
      let book = SessionBook(
        inputs, title: baseName(of: request.name), folder: parentFolder(of: path), registry: session.registry)
      try writeFile(book.text, to: path)
      saved = (path, book.text)
      for warning in book.warnings + mistakes(inBookAt: path) { screen.remark("warning: \(warning)") }
      let count = "\(book.cellCount) cell\(book.cellCount == 1 ? "" : "s")"
      let name = request.name.contains(" ") ? "'\(request.name)'" : request.name
      screen.write("\(count) saved; `cnp run \(name)` replays them")
      if !inputs.looks.isEmpty {
        let looks = InputChoice(inputs.looks, alone: Set(inputs.looks))
        screen.remark(
          "left out, for they only look at values: \(looks); `show` in front, or the number alone, keeps one")
      }
    } catch { complain(error) }
  }

  /// The inputs that are to be saved; the line that saves what is missing with them comes back by ↑.
  private func chosenInputs(_ request: SaveRequest) throws -> ChosenInputs {
    do { return try ChosenInputs(of: transcript, request.choice) } catch let needed as NeededInputs {
      let name = request.name.contains(" ") ? "\"\(request.name)\"" : request.name
      let line = ":save \(name) \(needed.whole)"
      reader.remember(line)
      throw Failure("needs-inputs", needed.message, hint: "to save them too (↑ brings it): \(line)")
    }
  }

  /// What a replay of a book would refuse.
  private func mistakes(inBookAt path: String) -> [String] {
    let registry = session.registry
    let found = onDeepStack { BookRunner(path: path, registry: registry).check().diagnostics.errors }
    return found.map { "a replay will stop at this mistake: \($0.message)" }
  }

  /// What another wrote is not replaced, nor what was written here and changed since.
  private func checkMayReplace(_ path: String, name: String) throws {
    guard pathKind(path) != nil else { return }
    guard let saved, saved.path == path else {
      throw Failure("file-exists", "'\(name)' is there already", hint: "choose another name, or move it away")
    }
    guard try readFile(path) == Array(saved.text.utf8) else {
      throw Failure(
        "file-changed", "'\(name)' has been changed since it was saved here",
        hint: "choose another name, or move it away"
      )
    }
  }
}
