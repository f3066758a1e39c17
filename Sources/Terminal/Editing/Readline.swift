// The one file that wraps GNU readline.
import CReadline
import Glibc
import Language
import Synchronization

/// What readline's callbacks, which are plain C functions, need to find. There is one terminal, so there is one of it.
private struct EditorState: Sendable {
  var guide: InputGuide?
  var display = EditorDisplay()
  /// Lines below the input until the next key: candidates, or what is asked for at the cursor.
  var below: [String] = []
  /// What the last attempted completion found, for the list of candidates.
  var candidates: [CompletionList.Item] = []
  /// The inputs so far, oldest first.
  var inputs: [String] = []
  /// The walk through the inputs that the last key of ↑ and ↓ went on with, if it did not move inside of the input.
  var recall: HistoryRecall?
  var wantsEditing = false
  /// A key that ended a search and is still to be handled.
  var heldKey: Int32?
  var completed: LineEvent?
  var descriptor = STDOUT_FILENO
  var bell: Int32?
  var hasColours = false
  var drawsItself = false
  /// The input has changed since it was drawn, by keys behind which others waited.
  var owesDrawing = false
}
private let editor = Mutex(EditorState())

/// Lines typed at a terminal: readline edits them, signals still arrive through the bell.
///
/// Where the terminal can place its cursor, an input of several lines is edited as a whole, in colours; a dumb one gets
/// readline's own line.
package final class Readline: LineReader {
  package let isInteractive = true
  package let editsSeveralLines: Bool
  private let bell: Doorbell
  private let history: HistoryFile?
  private let warn: @Sendable (String) -> Void
  private var historyHasFailed = false

  /// - Parameters:
  ///   - screen: what the terminal is like.
  ///   - warn: told once when the history cannot be read or written.
  package init(bell: Doorbell, history: HistoryFile?, screen: Screen, warn: @escaping @Sendable (String) -> Void) {
    self.bell = bell
    self.history = history
    self.warn = warn
    editsSeveralLines = screen.placesCursor
    readline_set_up("cnp", screen.outputIsTerminal ? 0 : 1, attemptCompletion, displayCandidates)
    editor.withLock { $0.bell = bell.descriptor }
    readline_read_keys_by(readKey)
    if editsSeveralLines {
      editor.withLock {
        $0.drawsItself = true
        $0.descriptor = screen.outputIsTerminal ? screen.output : screen.errors
        $0.hasColours = screen.outputIsTerminal ? screen.coloursOutput : screen.coloursErrors
      }
      readline_edit_several_lines(
        drawInput, pressEnter, insertLine, moveUp, moveDown, goToStart, goToEnd, killToEnd, killToStart, endOrDelete,
        clearScreen, closeBracket, editElsewhere, goToInputStart, goToInputEnd)
      bell.catchSignals([SIGWINCH])
    } else {
      readline_begin()
    }
    guard let history else { return }
    do {
      for input in try history.load() {
        keep(input)
      }
    } catch {
      trouble(error)
    }
  }

  package var guide: InputGuide? {
    get { editor.withLock { $0.guide } }
    set { editor.withLock { $0.guide = newValue } }
  }

  package func read(prompt: String, draft: Draft) -> LineEvent {
    editor.withLock {
      $0.completed = nil
      $0.heldKey = nil
      $0.below = []
      $0.recall = nil
    }
    rl_callback_handler_install(prompt, acceptLine)
    defer {
      rl_callback_handler_remove()
      readline_flush()
    }
    if !draft.text.isEmpty {
      rl_insert_text(draft.text)
      readline_set_point(Int32(min(draft.cursor, draft.text.utf8.count)))
      rl_forced_update_display()
    }
    while true {
      let ready = waitUntilReadable([STDIN_FILENO, bell.descriptor])
      if ready.contains(bell.descriptor) {
        if let event = answer(bell.answer()) { return event }
      } else if ready.contains(STDIN_FILENO) {
        editor.withLock { $0.below = [] }
        repeat { rl_callback_read_char() } while editor.withLock { $0.heldKey != nil && $0.completed == nil }
        if let event = editor.withLock({ $0.completed }) { return event }
        if editor.withLock({ $0.owesDrawing }) { drawInput() }
      }
    }
  }

  /// - Returns: what ends the reading.
  private func answer(_ rings: [Ring]) -> LineEvent? {
    // Who asks the program to leave comes before all else that rang at once.
    for case .signal(let number) in rings where leavingSignals.contains(number) {
      return .terminated(signal: number)
    }
    for ring in rings {
      switch ring {
      case .signal(SIGINT):
        readline_leave_modes()
        leaveInput(behind: "^C")
        readline_drop_line()
        return .interrupted
      case .signal(SIGTSTP): suspend()
      case .signal(SIGWINCH): rl_resize_terminal()
      case .signal: break
      case .work:
        guard guide?.hasNews() == true else { continue }
        let typed = Draft(String(decoding: typedBytes(), as: UTF8.self), cursor: Int(readline_point()))
        takeInputAway()
        return .news(draft: typed)
      }
    }
    return nil
  }

  package func remember(_ input: String) {
    guard input != editor.withLock({ $0.inputs.last }) else { return }
    keep(input)
    guard let history, !historyHasFailed else { return }
    do { try history.append(input) } catch { trouble(error) }
  }

  private func keep(_ input: String) {
    add_history(input)
    editor.withLock { $0.inputs.append(input) }
  }

  private func trouble(_ error: HistoryFile.Trouble) {
    historyHasFailed = true
    warn("warning: \(error.message); this session's inputs are not kept")
  }

  /// Ctrl-Z: gives the terminal back as it was, stops, and takes it again when the shell brings the program back.
  private func suspend() {
    editor.withLock { $0.display.leave() }.writeToEditor()
    rl_deprep_terminal()
    signal(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    bell.catchSignals([SIGTSTP])
    rl_prep_terminal(1)
    rl_forced_update_display()
  }

  /// Clears the place where the input stood, and the input.
  private func takeInputAway() {
    readline_leave_modes()
    if editsSeveralLines {
      let columns = editorColumns()
      editor.withLock { $0.display.erase(columns: columns) }.writeToEditor()
    } else {
      "\n".writeToEditor()
    }
    readline_drop_line()
  }
}

// MARK: Drawing

private func editorColumns() -> Int { terminalSize(of: editor.withLock { $0.descriptor })?.columns ?? 80 }

extension String {
  fileprivate func writeToEditor() {
    // Readline's own bytes come first, as they were written.
    readline_flush()
    writeAll(utf8, to: editor.withLock { $0.descriptor })
  }
}

private func typedBytes() -> [UInt8] {
  guard let buffer = readline_buffer() else { return [] }
  return Array(UnsafeRawBufferPointer(start: buffer, count: Int(readline_end())))
}

/// Readline wants its line drawn. Of keys that have come at once, as a paste that is not marked does, the last one's
/// picture is enough.
private func drawInput() {
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
private func leaveInput(behind mark: String = "") {
  guard editor.withLock({ $0.drawsItself }) else {
    if !mark.isEmpty { (mark + "\n").writeToEditor() }
    return
  }
  readline_set_point(Int32(typedBytes().count))
  draw(cursorIsAtWork: false)
  mark.writeToEditor()
  editor.withLock { $0.display.leave() }.writeToEditor()
}

private func clearScreen(_ count: Int32, _ key: Int32) -> Int32 {
  editor.withLock { $0.display.forget() }
  "\u{1B}[H\u{1B}[2J".writeToEditor()
  rl_forced_update_display()
  return 0
}

// MARK: Keys

/// Reads a key for readline.
///
/// Keys of several characters that end a search are handled by readline from inside of its own reading, and one that is
/// bound to nothing then unwinds a frame that is gone. So the search is ended first, by the key that does only that, and
/// the key comes next.
private func readKey(_ stream: UnsafeMutablePointer<FILE>?) -> Int32 {
  let held = editor.withLock { state -> Int32? in
    defer { state.heldKey = nil }
    return state.heldKey
  }
  if let held { return held }
  if !isKeyComing() { return EOF }
  let (escape, controlX, controlJ): (Int32, Int32, Int32) = (0x1B, 0x18, 0x0A)
  let key = rl_getc(stream)
  guard readline_is_searching() != 0, key == escape || key == controlX else { return key }
  editor.withLock { $0.heldKey = key }
  return controlJ
}

/// Waits for a key. Readline waits by itself for the end of a paste, which may never come: a signal then ends the wait,
/// but for what is on its way.
private func isKeyComing() -> Bool {
  guard let bell = editor.withLock({ $0.bell }) else { return true }
  if waitUntilReadable([STDIN_FILENO, bell]).contains(STDIN_FILENO) { return true }
  return waitUntilReadable([STDIN_FILENO], seconds: 0.5).contains(STDIN_FILENO)
}

/// Readline has a whole line, or `nil` for Ctrl-D.
private func acceptLine(_ line: UnsafeMutablePointer<CChar>?) {
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
private func editElsewhere(_ count: Int32, _ key: Int32) -> Int32 {
  editor.withLock { $0.wantsEditing = true }
  return accept()
}

// MARK: Completion

/// Readline asks for what may replace the bytes `start..<end` of its line: a C array of C strings whose first is what
/// all have in common.
private func attemptCompletion(
  _ text: UnsafePointer<CChar>?, _ start: Int32, _ end: Int32
) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  readline_keep_matches_as_they_are()
  guard let guide = editor.withLock({ $0.guide }), let line = String(validating: typedBytes(), as: UTF8.self) else {
    return nil
  }
  let (list, columns) = (guide.completions(line, Int(end)), editorColumns())
  let items = list.replacing(from: Int(start), in: line)
  editor.withLock {
    $0.candidates = items
    $0.below = list.wanted.map { wrapped($0, columns: columns - 1) } ?? []
  }
  guard let common = longestCommonPrefix(of: items.map(\.text)) else { return nil }
  let texts = items.count == 1 ? [common + items[0].end] : [common] + items.map(\.text)
  // Readline frees the array and its strings.
  guard let memory = calloc(texts.count + 1, MemoryLayout<UnsafeMutablePointer<CChar>?>.stride) else { return nil }
  let matches = memory.bindMemory(to: UnsafeMutablePointer<CChar>?.self, capacity: texts.count + 1)
  for (index, text) in texts.enumerated() { matches[index] = strdup(text) }
  return matches
}

/// Readline wants the candidates listed below its line.
private func displayCandidates(
  _ matches: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int32, _ longest: Int32
) {
  let rows = listing(of: editor.withLock { $0.candidates }, columns: editorColumns())
  if editor.withLock({ $0.drawsItself }) {
    editor.withLock { $0.below += rows }
    return drawInput()
  }
  writeAll(("\n" + rows.map { $0 + "\n" }.joined()).utf8, to: editor.withLock { $0.descriptor })
  rl_on_new_line()
  rl_redisplay()
}
