import CReadline
import Glibc
import Language
import Synchronization

/// Lets readline edit an input of several lines, by these keys.
func editSeveralLines() {
  readline_edit_several_lines(
    drawInput, pressEnter, insertLine, moveUp, moveDown, goToStart, goToEnd, killToEnd, killToStart, endOrDelete,
    clearScreen, closeBracket, openEditor, goToInputStart, goToInputEnd)
}

/// Reads a key for readline.
///
/// Keys of several characters that end a search are handled by readline from inside of its own reading, and one that is
/// bound to nothing then unwinds a frame that is gone. So the search is ended first, by the key that does only that, and
/// the key comes next.
func readKey(_ stream: UnsafeMutablePointer<FILE>?) -> Int32 {
  let (held, wasThere) = editor.withLock { state in
    defer { (state.heldKey, state.isKeyThere) = (nil, false) }
    return (state.heldKey, state.isKeyThere)
  }
  if let held { return held }
  // The terminal has taken it back, as it does at Ctrl-C; without any key readline would run the input, or end.
  if wasThere, waitUntilReadable([STDIN_FILENO], seconds: 0).isEmpty { return controlG }
  if !isKeyComing() { return EOF }
  // Readline takes all keys that are there at once. Those behind a Ctrl-C are for the next input, not for this one.
  if isInterruptWaiting { return controlG }
  let (escape, controlX, controlJ): (Int32, Int32, Int32) = (0x1B, 0x18, 0x0A)
  let key = rl_getc(stream)
  if isInterruptWaiting { return controlG }
  // With a NUL in its line, as a paste may have it, readline looks for the next character for ever.
  if key == 0 { return controlG }
  guard readline_is_searching() != 0, key == escape || key == controlX else { return key }
  editor.withLock { $0.heldKey = key }
  return controlJ
}

/// Ends what is under way, and does nothing else.
private let controlG: Int32 = 0x07

/// Waits for a key. Readline waits by itself for the end of a paste, which may never come: a signal then ends the wait,
/// but for what is on its way.
private func isKeyComing() -> Bool {
  guard let bell = editor.withLock({ $0.bell }) else { return true }
  if waitUntilReadable([STDIN_FILENO, bell]).contains(STDIN_FILENO) { return true }
  return waitUntilReadable([STDIN_FILENO], seconds: 0.5).contains(STDIN_FILENO)
}

/// Readline has a whole line, or `nil` for Ctrl-D.
func acceptLine(_ line: UnsafeMutablePointer<CChar>?) {
  // Without this readline would show the next prompt before the line has been run.
  rl_callback_handler_remove()
  guard let line else {
    leaveInput()
    return editor.withLock { $0.completed = .endOfInput }
  }
  let bytes = Array(UnsafeRawBufferPointer(start: line, count: strlen(line)))
  free(line)
  // A key of readline's own has ended the line.
  if editor.withLock({ $0.display.isDrawn || $0.owesDrawing }) { leaveInput() }
  editor.withLock {
    $0.completed = $0.wantsEditing ? .edit(bytes) : .line(bytes)
    $0.wantsEditing = false
  }
}

private func accept() -> Int32 {
  leaveInput()
  readline_accept()
  return 0
}

/// Enter runs a whole input, wherever the cursor stands in it; in one that is not whole it begins another line.
private func pressEnter(_ count: Int32, _ key: Int32) -> Int32 {
  // What is no text is handed over, so that it is complained about.
  guard let guide = editor.withLock({ $0.guide }), let text = String(validating: typedBytes(), as: UTF8.self) else {
    return accept()
  }
  return guide.isWhole(text) ? accept() : insertLine(count, key)
}

/// Begins a line, indented by the brackets that are open.
private func insertLine(_ count: Int32, _ key: Int32) -> Int32 {
  let before = String(decoding: typedBytes()[..<Int(readline_point())], as: UTF8.self)
  rl_insert_text("\n" + indentation(after: before))
  return 0
}

/// A closing bracket that begins a line stands as far out as the line with its partner.
private func closeBracket(_ count: Int32, _ key: Int32) -> Int32 {
  let point = Int(readline_point())
  let bytes = typedBytes()[..<point]
  let spaces = bytes.reversed().prefix { $0 == UInt8(ascii: " ") }.count
  let beginsLine = bytes.dropLast(spaces).last == UInt8(ascii: "\n")
  let before = String(decoding: bytes, as: UTF8.self)
  if beginsLine, spaces >= indentationStep, spaces == indentation(after: before).utf8.count {
    rl_delete_text(Int32(point - indentationStep), Int32(point))
    readline_set_point(Int32(point - indentationStep))
  }
  return rl_insert(count, key)
}

/// Ctrl-A, Home: the start of the line; a second time, that of the input.
private func goToStart(_ count: Int32, _ key: Int32) -> Int32 {
  let line = lineAround(Int(readline_point()), in: typedBytes())
  readline_set_point(readline_last_was(goToStart) != 0 ? 0 : Int32(line.lowerBound))
  return 0
}

/// Ctrl-E, End: the end of the line; a second time, that of the input.
private func goToEnd(_ count: Int32, _ key: Int32) -> Int32 {
  let bytes = typedBytes()
  let line = lineAround(Int(readline_point()), in: bytes)
  readline_set_point(Int32(readline_last_was(goToEnd) != 0 ? bytes.count : line.upperBound))
  return 0
}

/// Ctrl-K: takes the rest of the line, or the newline at its end, to be put back by Ctrl-Y.
private func killToEnd(_ count: Int32, _ key: Int32) -> Int32 {
  let bytes = typedBytes()
  let point = Int(readline_point())
  let end = lineAround(point, in: bytes).upperBound
  return rl_kill_text(Int32(point), Int32(end > point ? end : min(end + 1, bytes.count)))
}

/// Ctrl-U: takes the line up to the cursor.
private func killToStart(_ count: Int32, _ key: Int32) -> Int32 {
  let point = Int(readline_point())
  let start = lineAround(point, in: typedBytes()).lowerBound
  rl_kill_text(Int32(start), Int32(point))
  readline_set_point(Int32(start))
  return 0
}

/// ↑: the line above; from the first one, an earlier input that begins as this one does up to the cursor.
private func moveUp(_ count: Int32, _ key: Int32) -> Int32 { move(.up) }

/// ↓: the line below; from the last one, a later input.
private func moveDown(_ count: Int32, _ key: Int32) -> Int32 { move(.down) }

private func move(_ direction: LineMove) -> Int32 {
  let (point, bytes) = (Int(readline_point()), typedBytes())
  let continues = readline_last_was(moveUp) != 0 || readline_last_was(moveDown) != 0
  let recall = editor.withLock { continues ? $0.recall : nil }
  if recall == nil, let target = direction.target(in: bytes, from: point) {
    readline_set_point(Int32(target))
    editor.withLock { $0.recall = nil }
    return 0
  }
  var next = recall ?? HistoryRecall(of: Draft(String(decoding: bytes, as: UTF8.self), cursor: point))
  let found = editor.withLock { state in
    defer { state.recall = next }
    return next.step(direction, through: state.inputs)
  }
  guard let found else { return 0 }
  // Readline's own walk through its history frees lists of changes twice.
  rl_replace_line(found.text, 1)
  readline_set_point(Int32(min(found.cursor, found.text.utf8.count)))
  return 0
}

/// Alt-<: the start of the input.
private func goToInputStart(_ count: Int32, _ key: Int32) -> Int32 {
  readline_set_point(0)
  return 0
}

/// Alt->: the end of the input.
private func goToInputEnd(_ count: Int32, _ key: Int32) -> Int32 {
  readline_set_point(Int32(typedBytes().count))
  return 0
}

/// Ctrl-D: takes a character; behind the last one it hands over what is typed, so that its mistake is said. On an empty
/// line readline ends by itself.
private func endOrDelete(_ count: Int32, _ key: Int32) -> Int32 {
  Int(readline_point()) < typedBytes().count ? rl_delete(count, key) : accept()
}

/// Ctrl-X Ctrl-E.
private func openEditor(_ count: Int32, _ key: Int32) -> Int32 {
  editor.withLock { $0.wantsEditing = true }
  return accept()
}
