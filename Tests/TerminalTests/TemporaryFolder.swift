import Base
import Glibc
import Terminal

/// A folder that is gone when the test is.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array(
      "\(resolvedPath(environmentVariable("TMPDIR") ?? "/tmp") ?? "/tmp")/cnp-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw PseudoTerminal.Failure(description: lastSystemError()) }
    path = String(cString: made)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    chmod(path, 0o700)
    for name in (try? namesInFolder(path)) ?? [] {
      let inner = path + "/" + name
      var status = stat()
      if lstat(inner, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { remove(inner) } else { unlink(inner) }
    }
    rmdir(path)
  }

  func makeFolder(_ name: String) { mkdir(path + "/" + name, 0o700) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw PseudoTerminal.Failure(description: lastSystemError()) }
    defer { close(descriptor) }
    writeAll(bytes, to: descriptor)
  }

  func bytes(of name: String) throws -> [UInt8] {
    let descriptor = open(path + "/" + name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw PseudoTerminal.Failure(description: "\(name): \(lastSystemError())") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while let more = readSome(from: descriptor, limit: 1 << 16), !more.isEmpty { bytes += more }
    return bytes
  }

  func read(_ name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

  /// What a program gets to see: a home of its own, no colours of the tester's taste.
  var environment: [String: String] {
    [
      "HOME": path, "XDG_STATE_HOME": path + "/state", "TERM": "xterm-256color", "PATH": "/usr/bin:/bin",
      "LANG": "C.UTF-8", "INPUTRC": "/dev/null",
    ]
  }
}
