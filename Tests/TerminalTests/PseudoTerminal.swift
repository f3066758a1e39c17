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
  private var hasBeenWaitedFor = false

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Long enough for a loaded machine; a test that passes never waits for it.
  static let patience = 60.0

  /// Starts a program in a folder, with the environment that the folder gives and what is put above it.
  init(
    in folder: TemporaryFolder, _ environment: [String: String] = [:], columns: UInt16 = 100, rows: UInt16 = 30,
    program: String = cnp
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
    process = try spawn(
      program, in: folder.path, environment: folder.environment.merging(environment) { $1 }, actions: &actions,
      ownSession: true)
  }

  /// Starts `cnp`, or a program that becomes it, and waits for its first prompt.
  static func atPrompt(
    in folder: TemporaryFolder, _ environment: [String: String] = [:], columns: UInt16 = 100, rows: UInt16 = 30,
    program: String = cnp
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(in: folder, environment, columns: columns, rows: rows, program: program)
    try terminal.expect("cnp> ")
    return terminal
  }

  deinit {
    if !hasBeenWaitedFor {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(master)
  }

  func type(_ keys: String) { type(Array(keys.utf8)) }

  func type(_ bytes: [UInt8]) { writeAll(bytes, to: master) }

  /// Takes what is written as seen, until nothing has been for so long: a program whose terminal is full waits.
  func takeOutput(seconds: Double) {
    while readMore(until: secondsOnSteadyClock() + seconds) == .read {}
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
  func expect(_ text: String, seconds: Double = patience) throws -> String {
    let deadline = secondsOnSteadyClock() + seconds
    while true {
      if let range = range(of: text, in: seen) {
        let before = String(seen[..<range.upperBound])
        seen = String(seen[range.upperBound...])
        return before
      }
      try readOn(until: deadline, "'\(text)' did not appear")
    }
  }

  /// Waits until the screen is as it should be.
  func expectScreen(_ what: String, _ isRight: (VirtualScreen) -> Bool) throws {
    let deadline = secondsOnSteadyClock() + Self.patience
    while !isRight(screen) { try readOn(until: deadline, "\(what) was not seen") }
  }

  /// Waits until the last rows of the screen are these.
  func expectLastRows(_ rows: String...) throws {
    try expectScreen(rows.joined(separator: " / ")) { $0.lines.suffix(rows.count) == rows[...] }
  }

  /// Waits for the program's end, and takes all that it wrote: its last words come before the end of the file that its
  /// end leaves on the terminal.
  ///
  /// - Returns: its exit code, or 128 + the number of the signal that ended it.
  func exitCode() throws -> Int32 {
    let deadline = secondsOnSteadyClock() + Self.patience
    var reading = Reading.read
    while reading == .read { reading = readMore(until: deadline) }
    guard reading == .ended else { throw failure("the program did not end") }
    hasBeenWaitedFor = true
    return try endOfProgram(process)
  }

  private enum Reading { case read, ended, late }

  /// Reads more, or fails in these words.
  private func readOn(until deadline: Double, _ complaint: @autoclosure () -> String) throws {
    switch readMore(until: deadline) {
    case .read: break
    case .ended: throw failure("\(complaint()) before the program ended")
    case .late: throw failure(complaint())
    }
  }

  private func failure(_ complaint: String) -> Failure {
    Failure(description: "\(complaint); there was: \(seen.debugDescription), and on the screen:\n\(screen.text)")
  }

  private func readMore(until deadline: Double) -> Reading {
    let left = max(0, deadline - secondsOnSteadyClock())
    guard !waitUntilReadable([master], seconds: left).isEmpty else { return .late }
    // Nobody has the terminal open any more: on Linux an error, elsewhere nothing to read.
    guard let bytes = readSome(from: master, limit: 1 << 16), !bytes.isEmpty else { return .ended }
    undecoded += bytes
    screen.write(bytes)
    let (text, rest) = withoutControlSequences(undecoded) { final in
      if final == UInt8(ascii: "m") { hasShownColours = true }
    }
    seen += text
    undecoded = rest
    return .read
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
