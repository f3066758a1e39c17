import Base
import Glibc
import Language

/// Lets the user edit a text in a program of their choice: `$VISUAL`, else `$EDITOR`, else `vi`.
///
/// - Returns: the text as it was left; `nil` when nothing was changed.
/// - Throws: `no-editor` when the program cannot be started or fails, `editor-file` when the text cannot be handed over.
func editElsewhere(_ text: String) throws -> String? {
  let command = ["VISUAL", "EDITOR"].compactMap(environmentVariable).first { !$0.isEmpty } ?? "vi"
  let folder = environmentVariable("TMPDIR") ?? "/tmp"
  guard let path = temporaryFile(in: folder, ending: ".cnp", holding: text) else {
    throw Failure("editor-file", "no temporary file could be made in \(folder): \(lastSystemError())")
  }
  defer { unlink(path) }
  // The variable may hold arguments, as `code --wait`; the shell takes it apart as it does for every other program.
  let status = runAndWait("/bin/sh", arguments: ["-c", "\(command) \"$1\"", "sh", path])
  guard status == 0 else {
    throw Failure(
      "no-editor", "'\(command)' ended with \(status.map(String.init) ?? "an error: \(lastSystemError())")",
      hint: "set EDITOR to the editor you want")
  }
  guard let edited = String(validating: try readFile(path, limit: 64 << 20), as: UTF8.self) else {
    throw Failure("invalid-utf8", "what the editor left is not UTF-8 text")
  }
  let ended = edited.last == "\n" && text.last != "\n" ? String(edited.dropLast()) : edited
  return ended == text ? nil : ended
}
