import Base
import CReadline
import Glibc
import Synchronization

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
    refuseInitFileThatIsNone()
    readline_set_up("cnp", screen.outputIsTerminal ? 0 : 1, attemptCompletion, displayCandidates)
    editor.withLock { $0.bell = bell.descriptor }
    readline_read_keys_by(readKey)
    if editsSeveralLines {
      editor.withLock {
        $0.drawsItself = true
        $0.descriptor = screen.outputIsTerminal ? screen.output : screen.errors
        $0.hasColours = screen.outputIsTerminal ? screen.coloursOutput : screen.coloursErrors
      }
      editSeveralLines()
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

  /// Readline opens its init file by itself, and would wait for ever at a named pipe.
  private func refuseInitFileThatIsNone() {
    let home = environmentVariable("HOME") ?? ""
    let places = [environmentVariable("INPUTRC") ?? "~/.inputrc", "/etc/inputrc"].map {
      $0.hasPrefix("~/") ? home + $0.dropFirst() : $0
    }
    guard let place = places.first(where: { pathKind($0) == .other && $0 != "/dev/null" }) else { return }
    warn("warning: \(place) is not a file; readline goes without its settings")
    setenv("INPUTRC", "/dev/null", 1)
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
        editor.withLock { ($0.below, $0.isKeyThere) = ([], true) }
        repeat { rl_callback_read_char() } while editor.withLock { $0.heldKey != nil && $0.completed == nil }
        if let event = editor.withLock({ $0.completed }) { return event }
        if editor.withLock({ $0.owesDrawing }) { drawInput() }
      }
    }
  }

  /// - Returns: what ends the reading.
  private func answer(_ rings: [Ring]) -> LineEvent? {
    // Who asks the program to leave comes before all else that rang at once, and keys before ended jobs.
    for case .signal(let number) in rings where leavingSignals.contains(number) {
      readline_leave_modes()
      leaveInput()
      return .terminated(signal: number)
    }
    for ring in rings.filter({ $0 != .work }) + rings.filter({ $0 == .work }).prefix(1) {
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
    bell.stopUntilContinued()
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
