import CReadline
import Glibc
import Language
import Synchronization

func editorColumns() -> Int { terminalSize(of: editor.withLock { $0.descriptor })?.columns ?? 80 }

extension String {
  func writeToEditor() {
    // Readline's own bytes come first, as they were written.
    readline_flush()
    writeAll(utf8, to: editor.withLock { $0.descriptor })
  }
}

/// Readline wants its line drawn. Of keys that have come at once, as a paste that is not marked does, the last one's
/// picture is enough.
func drawInput() {
  if waitUntilReadable([STDIN_FILENO], seconds: 0).isEmpty {
    draw(cursorIsAtWork: true)
  } else {
    editor.withLock { $0.owesDrawing = true }
  }
}

/// - Parameter cursorIsAtWork: whether the bracket at the cursor is set apart, and candidates stand below.
private func draw(cursorIsAtWork: Bool) {
  let bytes = typedBytes()
  let cursor = Int(readline_point())
  let (guide, lines, hasColours, descriptor) = editor.withLock { state in
    state.owesDrawing = false
    return (state.guide, state.below, state.hasColours, state.descriptor)
  }
  let size = terminalSize(of: descriptor) ?? (80, 24)
  var paints: [InputLayout.Paint] = []
  if hasColours, let guide, let text = String(validating: bytes, as: UTF8.self) {
    paints = InputColours.paints(of: text, cursor: cursorIsAtWork ? cursor : nil, isCommand: guide.isCommand)
  }
  func row(_ text: String, _ code: String) -> InputLayout.Row {
    let cut = fitted(text, columns: max(size.columns - 1, 1))
    return InputLayout.Row(
      text: hasColours ? "\u{1B}[\(code)m\(cut)\u{1B}[0m" : cut, width: displayWidth(cut))
  }
  let prompt = readline_prompt().map { String(cString: $0) } ?? ""
  let below = cursorIsAtWork ? lines.prefix(max(size.rows - 2, 0)).map { row($0, InputColours.below) } : []
  let layout = InputLayout(
    prompt: row(prompt, InputColours.prompt), continuation: row("...> ", InputColours.continuation), bytes: bytes,
    cursor: cursor, paints: paints, columns: size.columns, rows: max(size.rows - below.count, 1))
  editor.withLock { $0.display.draw(layout, below: below, columns: size.columns) }.writeToEditor()
}

/// Leaves the input on the screen as it is, and goes to the line below it.
func leaveInput(behind mark: String = "") {
  guard editor.withLock({ $0.drawsItself }) else {
    if !mark.isEmpty { (mark + "\n").writeToEditor() }
    return
  }
  readline_set_point(Int32(typedBytes().count))
  draw(cursorIsAtWork: false)
  mark.writeToEditor()
  editor.withLock { $0.display.leave() }.writeToEditor()
}

/// Ctrl-L.
func clearScreen(_ count: Int32, _ key: Int32) -> Int32 {
  editor.withLock { $0.display.forget() }
  "\u{1B}[H\u{1B}[2J".writeToEditor()
  rl_forced_update_display()
  return 0
}
