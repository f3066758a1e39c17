import Files
import Glibc

/// The inputs of earlier sessions, in a file that several sessions append to at once.
///
/// One line an input, with newlines written as `\n` and backslashes as `\\`. Each input is appended by a single write
/// as soon as it is entered, so that nothing is lost however the session ends, and two sessions never mix their lines.
package struct HistoryFile: Sendable {
  package let path: String
  /// As much of the end of the file as a session reads at its start.
  private static let bytesRead = 1 << 20

  package init(path: String) {
    self.path = path
  }

  /// `$XDG_STATE_HOME/cnp/history`, by default `~/.local/state/cnp/history`; `nil` without a home.
  package static var standard: HistoryFile? {
    if let state = environmentVariable("XDG_STATE_HOME"), state.hasPrefix("/") {
      return HistoryFile(path: state + "/cnp/history")
    }
    guard let home = environmentVariable("HOME"), home.hasPrefix("/") else { return nil }
    return HistoryFile(path: home + "/.local/state/cnp/history")
  }

  package struct Trouble: Error {
    package let message: String
  }

  /// The latest inputs, oldest first. A file that is not there yet is an empty history.
  package func load() throws(Trouble) -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return [] }
      throw Trouble(message: "cannot read the history \(path): \(lastSystemError())")
    }
    defer { close(descriptor) }
    let length = lseek(descriptor, 0, SEEK_END)
    let isWhole = length <= Self.bytesRead
    lseek(descriptor, isWhole ? 0 : length - Self.bytesRead, SEEK_SET)
    var bytes: [UInt8] = []
    while bytes.count <= Self.bytesRead {
      guard let more = readSome(from: descriptor, limit: 1 << 16) else {
        throw Trouble(message: "cannot read the history \(path): \(lastSystemError())")
      }
      if more.isEmpty { break }
      bytes += more
    }
    return bytes.split(separator: UInt8(ascii: "\n")).dropFirst(isWhole ? 0 : 1)
      .compactMap { Self.decode($0) }
  }

  /// Adds one input at the end, making the file and its folders where they are missing.
  package func append(_ input: String) throws(Trouble) {
    var descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor < 0 && errno == ENOENT {
      try? makeFolder(parentFolder(of: path), mode: 0o700)
      descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    }
    guard descriptor >= 0 else {
      throw Trouble(message: "cannot write the history \(path): \(lastSystemError())")
    }
    defer { close(descriptor) }
    // A single write to a file opened for appending is not interleaved with another session's; the lock also holds
    // where a long input needs more than one.
    flock(descriptor, LOCK_EX)
    // An input that a full disk has cut off must not run together with this one.
    let length = lseek(descriptor, 0, SEEK_END)
    if length > 0 { lseek(descriptor, length - 1, SEEK_SET) }
    let isTorn = length > 0 && readSome(from: descriptor, limit: 1) != [UInt8(ascii: "\n")]
    guard writeAll((isTorn ? [UInt8(ascii: "\n")] : []) + Self.encode(input), to: descriptor) else {
      throw Trouble(message: "cannot write the history \(path): \(lastSystemError())")
    }
  }

  static func encode(_ input: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in input.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): bytes += Array(#"\\"#.utf8)
      case UInt8(ascii: "\n"): bytes += Array(#"\n"#.utf8)
      default: bytes.append(byte)
      }
    }
    return bytes + [UInt8(ascii: "\n")]
  }

  /// `nil` for a line that is no text.
  static func decode(_ line: some Collection<UInt8>) -> String? {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        bytes.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
