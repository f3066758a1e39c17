import Glibc
import Terminal

/// A program running on a terminal of its own, driven as a person would: by keys, and by waiting for what appears.
final class PseudoTerminal {
  private let master: Int32
  let process: pid_t
  /// What has appeared and was not yet expected, with control sequences taken out.
  private(set) var seen = ""
  private var undecoded: [UInt8] = []
  /// What stands on it.
  private(set) var screen: VirtualScreen
  /// Whether a sequence that sets a colour has come since the start.
  private(set) var hasShownColours = false
  private var status: Int32?

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Long enough for a loaded machine; a test that passes never waits for it.
  static let patience = 60.0

  init(
    _ program: String, in folder: String, environment: [String: String], columns: UInt16 = 100,
    rows: UInt16 = 30
  ) throws {
    screen = VirtualScreen(columns: Int(columns), rows: Int(rows))
    // No descriptor of it may reach a program that another test starts meanwhile: the terminal would outlive its own.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (number, unlocked): (Int32, Int32) = (0, 0)
    let (getNumber, setLock) = (UInt(0x8004_5430), UInt(0x4004_5431))  // TIOCGPTN and TIOCSPTLCK, not seen from Swift
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard master >= 0, ioctl(master, setLock, &unlocked) == 0, ioctl(master, getNumber, &number) == 0,
      ioctl(master, UInt(TIOCSWINSZ), &size) == 0
    else { throw Failure(description: "no pseudo-terminal: \(lastSystemError())") }
    let name = "/dev/pts/\(number)"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Opened first in a session of its own, the terminal becomes the one that Ctrl-C reaches the program through.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    process = try spawn(program, in: folder, environment: environment, actions: &actions, ownSession: true)
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(master)
  }

  func type(_ keys: String) { type(Array(keys.utf8)) }

  func type(_ bytes: [UInt8]) { writeAll(bytes, to: master) }

  /// Takes what is written as seen, until nothing has been for so long: a program whose terminal is full waits.
  func takeOutput(seconds: Double) throws {
    while !waitUntilReadable([master], seconds: seconds).isEmpty {
      guard try readMore(until: secondsOnSteadyClock() + Self.patience) else { return }
    }
    seen = ""
  }

  /// Pastes a text as a terminal does once the program has asked for pastes to be marked.
  func paste(_ text: String) throws {
    try expectScreen("a prompt that takes pastes") { $0.marksPastes }
    type("\u{1B}[200~\(text)\u{1B}[201~")
  }

  /// Types a line and Enter.
  func enter(_ line: String) { type(line + "\r") }

  func resize(columns: UInt16, rows: UInt16) {
    screen.resize(columns: Int(columns), rows: Int(rows))
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Waits until a text appears; what came up to its end counts as seen and is returned.
  @discardableResult
  func expect(_ text: String) throws -> String {
    let deadline = secondsOnSteadyClock() + Self.patience
    while true {
      if let range = range(of: text, in: seen) {
        let before = String(seen[..<range.upperBound])
        seen = String(seen[range.upperBound...])
        return before
      }
      guard try readMore(until: deadline) else {
        throw Failure(description: "'\(text)' did not appear; there was: \(seen.debugDescription)")
      }
    }
  }

  /// Waits until the screen is as it should be.
  func expectScreen(_ what: String, _ isRight: (VirtualScreen) -> Bool) throws {
    let deadline = secondsOnSteadyClock() + Self.patience
    while !isRight(screen) {
      guard try readMore(until: deadline) else {
        throw Failure(description: "\(what) was not seen; the screen was:\n\(screen.text)")
      }
    }
  }

  /// Waits for the program's end.
  ///
  /// - Returns: its exit code, or 128 + the number of the signal that ended it.
  func exitCode() throws -> Int32 {
    let deadline = secondsOnSteadyClock() + Self.patience
    var raw: Int32 = 0
    while secondsOnSteadyClock() < deadline {
      if waitpid(process, &raw, WNOHANG) == process {
        status = raw
        while try readMore(until: secondsOnSteadyClock()) {}
        return raw & 0x7f == 0 ? (raw >> 8) & 0xff : 128 + raw & 0x7f
      }
      // What it still writes must be taken, or it would wait for room.
      if try !readMore(until: secondsOnSteadyClock() + 0.01) { usleep(5_000) }
    }
    throw Failure(description: "the program did not end; there was: \(seen.debugDescription)")
  }

  /// False when the program has closed the terminal, or time is up.
  private func readMore(until deadline: Double) throws -> Bool {
    let left = deadline - secondsOnSteadyClock()
    guard left > 0, !waitUntilReadable([master], seconds: left).isEmpty else { return false }
    guard let bytes = readSome(from: master, limit: 1 << 16), !bytes.isEmpty else { return false }
    undecoded += bytes
    screen.write(bytes)
    let (text, rest) = withoutControlSequences(undecoded) { final in
      if final == UInt8(ascii: "m") { hasShownColours = true }
    }
    seen += text
    undecoded = rest
    return true
  }
}

/// The text of a terminal's output without `ESC [ … letter`, bells and carriage returns; and the bytes of a sequence or
/// letter that is not yet complete.
private func withoutControlSequences(
  _ bytes: [UInt8], onSequence: (_ final: UInt8) -> Void
) -> (text: String, rest: [UInt8]) {
  var kept: [UInt8] = []
  var index = 0
  while index < bytes.count {
    switch bytes[index] {
    case 0x1B:
      guard index + 1 < bytes.count else { return (String(decoding: kept, as: UTF8.self), Array(bytes[index...])) }
      guard bytes[index + 1] == UInt8(ascii: "[") else {
        index += 2
        continue
      }
      guard let end = bytes[(index + 2)...].firstIndex(where: { (0x40...0x7E).contains($0) }) else {
        return (String(decoding: kept, as: UTF8.self), Array(bytes[index...]))
      }
      onSequence(bytes[end])
      index = end + 1
    case 0x07, 0x0D: index += 1
    case let first:
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      guard index + length <= bytes.count else {
        return (String(decoding: kept, as: UTF8.self), Array(bytes[index...]))
      }
      kept += bytes[index..<index + length]
      index += length
    }
  }
  return (String(decoding: kept, as: UTF8.self), [])
}

private func range(of text: String, in whole: String) -> Range<String.Index>? {
  let (pattern, bytes) = (Array(text.utf8), Array(whole.utf8))
  guard !pattern.isEmpty, bytes.count >= pattern.count else { return nil }
  for start in 0...(bytes.count - pattern.count) where bytes[start..<start + pattern.count].elementsEqual(pattern) {
    let lower = whole.utf8.index(whole.startIndex, offsetBy: start)
    return lower..<whole.utf8.index(lower, offsetBy: pattern.count)
  }
  return nil
}
