import Base

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
  package static var standard: HistoryFile? { StateHome.path(of: "history").map { HistoryFile(path: $0) } }

  package struct Trouble: Error {
    package let message: String
  }

  /// The latest inputs, oldest first. A file that is not there yet is an empty history.
  package func load() throws(Trouble) -> [String] {
    do {
      let file = try OpenFile(path)
      let start = max(0, file.size - Self.bytesRead)
      return try file.bytes(at: start, count: Self.bytesRead).split(separator: UInt8(ascii: "\n"))
        .dropFirst(start == 0 ? 0 : 1).compactMap { Self.decode($0) }
    } catch {
      if error.reason == .missing { return [] }
      throw Trouble(message: "cannot read the history: \(error.message)")
    }
  }

  /// Adds one input at the end, making the file and its folders where they are missing.
  package func append(_ input: String) throws(Trouble) {
    do {
      try add(Self.encode(input))
    } catch { throw Trouble(message: "cannot write the history: \(error.message)") }
  }

  private func add(_ bytes: [UInt8]) throws(FileError) {
    let lineEnd = UInt8(ascii: "\n")
    do throws(FileError) { try appendToFile(path, bytes, after: lineEnd) } catch {
      guard error.reason == .missing else { throw error }
      try makeFolder(parentFolder(of: path), mode: 0o700)
      try appendToFile(path, bytes, after: lineEnd)
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
