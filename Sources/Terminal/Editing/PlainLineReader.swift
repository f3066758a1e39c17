import Glibc

/// Lines from a pipe or a file: no prompt, no editing, no history.
package final class PlainLineReader: LineReader {
  package let isInteractive = false
  package var guide: InputGuide?
  private let descriptor: Int32
  private let bell: Doorbell
  /// Read but not handed out; `start` is where the unread part begins.
  private var buffer: [UInt8] = []
  private var start = 0
  private var hasEnded = false
  /// A line that `peek` has seen.
  private var seen: LineEvent?

  package init(descriptor: Int32 = 0, bell: Doorbell) {
    self.descriptor = descriptor
    self.bell = bell
  }

  package func read(prompt: String, draft: Draft) -> LineEvent {
    if let event = seen {
      seen = nil
      return event
    }
    return next()
  }

  /// Waits for the next line where lines come from a program, which writes them all without reading answers; a person
  /// is not made to type the next line to see what the last one gave.
  package func peek() -> [UInt8]? {
    guard isatty(descriptor) == 0 else { return nil }
    if seen == nil { seen = next() }
    if case .line(let bytes) = seen { return bytes }
    return nil
  }

  package var interruption: LineEvent? {
    switch seen {
    case .interrupted, .terminated: seen
    default: nil
    }
  }

  private func next() -> LineEvent {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return .line(Array(buffer[start..<end]))
      }
      searched = buffer.count
      if hasEnded {
        defer { start = buffer.count }
        return start < buffer.count ? .line(Array(buffer[start...])) : .endOfInput
      }
      let ready = waitUntilReadable([descriptor, bell.descriptor])
      if ready.contains(bell.descriptor) {
        for case .signal(let number) in bell.answer() {
          if number == SIGINT { return .interrupted }
          if leavingSignals.contains(number) { return .terminated(signal: number) }
        }
      } else if ready.contains(descriptor) {
        buffer.removeFirst(start)
        searched -= start
        start = 0
        let more = readSome(from: descriptor, limit: 1 << 16) ?? []
        hasEnded = more.isEmpty
        buffer += more
      }
    }
  }
}
