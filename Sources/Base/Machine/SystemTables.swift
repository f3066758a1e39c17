import Glibc

/// The system's small tables below `/proc` and `/sys`, which claim to have no bytes until they are read.
enum SystemTables {
  /// The first bytes of one; `nil` where it is not there.
  static func text(of path: String, atMost limit: Int = 8192) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }

  /// The number behind a name that begins a line.
  static func number(in path: String, named name: String) -> Int? {
    guard let line = text(of: path)?.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return nil }
    return line.dropFirst(name.count).split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
  }
}
