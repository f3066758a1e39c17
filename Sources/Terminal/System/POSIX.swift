// The one file that wraps libc's pointers for this module: descriptors, signals, threads with a chosen stack.
import Base
import Glibc
import Synchronization

/// Writes all bytes; false when the other side is gone or the disk is full.
@discardableResult
package func writeAll(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Bool {
  Base.writeBytes(bytes, to: descriptor) == 0
}

/// Up to `limit` bytes; empty at the end of the file, `nil` on an error.
package func readSome(from descriptor: Int32, limit: Int) -> [UInt8]? {
  var failed = false
  let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
    var got = read(descriptor, buffer.baseAddress, limit)
    while got < 0 && errno == EINTR { got = read(descriptor, buffer.baseAddress, limit) }
    failed = got < 0
    count = max(got, 0)
  }
  return failed ? nil : bytes
}

/// Waits until one of the descriptors can be read (or has ended), at most so many seconds; which ones.
package func waitUntilReadable(_ descriptors: [Int32], seconds: Double? = nil) -> Set<Int32> {
  var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  let milliseconds = seconds.map { Int32(min($0 * 1_000, 1e6).rounded(.up)) } ?? -1
  guard poll(&requests, nfds_t(requests.count), milliseconds) > 0 else { return [] }
  return Set(requests.filter { $0.revents != 0 }.map(\.fd))
}

/// The width of the terminal behind a descriptor, in columns, and its height in rows.
package func terminalSize(of descriptor: Int32) -> (columns: Int, rows: Int)? {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return (Int(size.ws_col), Int(size.ws_row))
}

/// A character's size in pixels; `nil` where the terminal does not tell.
package func terminalCell(of descriptor: Int32) -> (width: Int, height: Int)? {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
  let cell = (width: Int(size.ws_xpixel / size.ws_col), height: Int(size.ws_ypixel / size.ws_row))
  return cell.width > 0 && cell.height > 0 ? cell : nil
}

package func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

/// Whether a terminal shows what is typed while nobody reads it; nothing happens where there is none.
package func setEcho(_ isOn: Bool, of descriptor: Int32) {
  var mode = termios()
  guard tcgetattr(descriptor, &mode) == 0 else { return }
  if isOn { mode.c_lflag |= tcflag_t(ECHO) } else { mode.c_lflag &= ~tcflag_t(ECHO) }
  tcsetattr(descriptor, TCSANOW, &mode)
}

/// The reason behind the last failed call.
package func lastSystemError() -> String {
  String(cString: strerror(errno))
}

/// Seconds that only run forward, whatever happens to the clock on the wall.
package func secondsOnSteadyClock() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Runs a closure on a thread of its own with a stack deep enough for deeply nested programs.
///
/// - Returns: false when the system gives no such thread.
package func startThread(stackBytes: Int, _ body: @escaping @Sendable () -> Void) -> Bool {
  final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var attributes = pthread_attr_t()
  guard pthread_attr_init(&attributes) == 0 else { return false }
  defer { pthread_attr_destroy(&attributes) }
  guard pthread_attr_setstacksize(&attributes, stackBytes) == 0,
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED)) == 0
  else { return false }
  var thread = pthread_t()
  let work = Unmanaged.passRetained(Work(body))
  let status = pthread_create(
    &thread, &attributes,
    { argument in
      if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
      return nil
    }, work.toOpaque())
  if status != 0 { work.release() }
  return status == 0
}

/// A place for one value that one thread fills and another waits for.
package final class Slot<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let semaphore: Semaphore = Semaphore()

  package init() {}

  package func fill(_ value: Value) {
    self.value.withLock { $0 = value }
    semaphore.signal()
  }

  /// Waits until it is filled; to be called once.
  package func wait() -> Value {
    while true {
      semaphore.wait()
      if let value = value.withLock({ $0 }) { return value }
    }
  }
}

/// A counting semaphore at a fixed address.
private final class Semaphore: @unchecked Sendable {
  // Unchecked: the system's semaphore is made to be shared.
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() { sem_post(semaphore) }
  func wait() { while sem_wait(semaphore) != 0 && errno == EINTR {} }
}

/// A new file with a name of its own, which only this user may read; `nil` where the folder takes none.
package func temporaryFile(in folder: String, ending: String, holding text: String) -> String? {
  var name = Array("\(folder)/cnp-XXXXXX\(ending)".utf8CString)
  let descriptor = mkstemps(&name, Int32(ending.utf8.count))
  guard descriptor >= 0 else { return nil }
  let path = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  let isWritten = writeAll(text.utf8, to: descriptor)
  close(descriptor)
  if !isWritten { unlink(path) }
  return isWritten ? path : nil
}

/// Runs a program on this one's terminal until it ends. Signals reach it as they would without this program: those caught
/// here end it, those ignored stay ignored.
///
/// - Returns: its exit code, or 128 + the signal that ended it; `nil` where it did not start.
package func runAndWait(_ program: String, arguments: [String]) -> Int32? {
  var words = ([program] + arguments).map { strdup($0) } + [nil]
  defer { words.forEach { free($0) } }
  var process = pid_t()
  let code = posix_spawn(&process, program, nil, nil, &words, environ)
  guard code == 0 else {
    errno = code
    return nil
  }
  var raw: Int32 = 0
  while waitpid(process, &raw, 0) < 0 {
    if errno != EINTR { return nil }
  }
  return raw & 0x7f == 0 ? (raw >> 8) & 0xff : 128 + raw & 0x7f
}
