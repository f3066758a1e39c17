import Glibc
import Synchronization

/// Lets a program end between two files and not within one.
private let gate = Mutex((writing: 0, isClosed: false))

/// Waits until no file is half-written, and lets no further one begin: for a program that is about to end while others of
/// its threads still work.
///
/// - Parameter seconds: waits no longer than this.
public func closeFilesForWriting(within seconds: Double = 20) {
  var left = Int(seconds * 1_000)
  while gate.withLock({ state in
    state.isClosed = true
    return state.writing > 0
  }), left > 0 {
    usleep(1_000)
    left -= 1
  }
}

/// Writes a file, unless the program is about to end.
func passingGate(_ path: String, _ body: () throws(FileError) -> Void) throws(FileError) {
  let isOpen = gate.withLock { state in
    if !state.isClosed { state.writing += 1 }
    return !state.isClosed
  }
  guard isOpen else { throw FileError(path: path, reason: .failed("the program is about to end")) }
  defer { gate.withLock { $0.writing -= 1 } }
  try body()
}
