// The one file that wraps GNU readline.
import CReadline
import Glibc
import Synchronization

/// What readline's callbacks, which are plain C functions, need to find. There is one terminal, so there is one of it.
private struct EditorState: Sendable {
  var completer: (@Sendable (String, Int) -> CompletionList)?
  /// What the last attempted completion found, for the list of candidates.
  var candidates: [CompletionList.Item] = []
  var completed: LineEvent?
}
private let editor = Mutex(EditorState())

/// Lines typed at a terminal: readline edits them, signals still arrive through the bell.
package final class Readline: LineReader {
  package let isInteractive = true
  private let bell: Doorbell
  private let history: HistoryFile?
  private let warn: @Sendable (String) -> Void
  private var lastRemembered: String?
  private var historyHasFailed = false

  /// - Parameter warn: told once when the history cannot be read or written.
  package init(bell: Doorbell, history: HistoryFile?, warn: @escaping @Sendable (String) -> Void) {
    self.bell = bell
    self.history = history
    self.warn = warn
    readline_set_up("cnp", isatty(STDOUT_FILENO) == 0 ? 1 : 0, attemptCompletion, displayCandidates)
    guard let history else { return }
    do {
      for input in try history.load() {
        add_history(input)
        lastRemembered = input
      }
    } catch {
      trouble(error)
    }
  }

  package func complete(with completer: @escaping @Sendable (_ line: String, _ offset: Int) -> CompletionList) {
    editor.withLock { $0.completer = completer }
  }

  package func read(prompt: String) -> LineEvent {
    editor.withLock { $0.completed = nil }
    rl_callback_handler_install(prompt, acceptLine)
    defer { rl_callback_handler_remove() }
    while true {
      let ready = waitUntilReadable([STDIN_FILENO, bell.descriptor])
      if ready.contains(bell.descriptor) {
        for case .signal(let number) in bell.answer() {
          switch number {
          case SIGINT:
            readline_discard_line()
            return .interrupted
          case SIGTERM, SIGHUP: return .terminated(signal: number)
          case SIGTSTP: suspend()
          default: break
          }
        }
      } else if ready.contains(STDIN_FILENO) {
        rl_callback_read_char()
        if let event = editor.withLock({ $0.completed }) { return event }
      }
    }
  }

  package func remember(_ input: String) {
    guard input != lastRemembered else { return }
    lastRemembered = input
    add_history(input)
    guard let history, !historyHasFailed else { return }
    do { try history.append(input) } catch { trouble(error) }
  }

  private func trouble(_ error: HistoryFile.Trouble) {
    historyHasFailed = true
    warn("warning: \(error.message); this session's inputs are not kept")
  }

  /// Ctrl-Z: gives the terminal back as it was, stops, and takes it again when the shell brings the program back.
  private func suspend() {
    rl_deprep_terminal()
    signal(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    bell.catchSignals([SIGTSTP])
    rl_prep_terminal(1)
    rl_forced_update_display()
  }
}

/// Readline has a whole line, or `nil` for Ctrl-D.
private func acceptLine(_ line: UnsafeMutablePointer<CChar>?) {
  // Without this readline would show the next prompt before the line has been run.
  rl_callback_handler_remove()
  guard let line else {
    return editor.withLock { $0.completed = .endOfInput }
  }
  let bytes = Array(UnsafeRawBufferPointer(start: line, count: strlen(line)))
  free(line)
  editor.withLock { $0.completed = .line(bytes) }
}

/// Readline asks for what may replace the bytes `start..<end` of its line: a C array of C strings whose first is what
/// all have in common.
private func attemptCompletion(
  _ text: UnsafePointer<CChar>?, _ start: Int32, _ end: Int32
) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  readline_keep_matches_as_they_are()
  guard let completer = editor.withLock({ $0.completer }), let buffer = readline_buffer(),
    let line = String(validating: UnsafeRawBufferPointer(start: buffer, count: strlen(buffer)), as: UTF8.self)
  else { return nil }
  let items = completer(line, Int(end)).replacing(from: Int(start), in: line)
  editor.withLock { $0.candidates = items }
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
  let onStandardOutput = isatty(STDOUT_FILENO) != 0
  let descriptor = onStandardOutput ? STDOUT_FILENO : STDERR_FILENO
  let columns = terminalSize(of: descriptor)?.columns ?? 80
  let rows = listing(of: editor.withLock { $0.candidates }, columns: columns)
  writeAll(("\n" + rows.map { $0 + "\n" }.joined()).utf8, to: descriptor)
  rl_on_new_line()
  rl_redisplay()
}
