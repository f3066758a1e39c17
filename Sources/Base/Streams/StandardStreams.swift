import Glibc

/// Opens what of the descriptors 0 to 2 was closed when the program started: a file that it opens later would take their
/// place, and be read or written by mistake.
///
/// A closed standard input has ended, and what is complained of on a closed standard error is lost. Results are not: a
/// closed standard output refuses them, as a full disk does.
public func openStandardStreams() {
  for (descriptor, flags) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
  where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
    // The lowest that is free is the one.
    _ = open("/dev/null", flags)
  }
}

/// Has a write to a pipe that nobody reads, or beyond `ulimit -f`, fail with an error instead of ending the program.
///
/// A handler that does nothing is used and not `SIG_IGN`, which programs started from here would inherit.
public func failOnBrokenPipesAndLimits() {
  for number in [SIGPIPE, SIGXFSZ] where !isIgnored(number) { signal(number) { _ in } }
}

/// Whether the program was started with this signal ignored (`nohup`, a background job), which is to stay so.
public func isIgnored(_ signalNumber: Int32) -> Bool {
  var action = sigaction()
  guard sigaction(signalNumber, nil, &action) == 0 else { return false }
  return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}

/// Writes everything; 0, or the system's error number.
public func writeBytes(_ bytes: some Sequence<UInt8>, to descriptor: Int32) -> Int32 {
  ContiguousArray(bytes).withUnsafeBytes { buffer in
    var written = 0
    while written < buffer.count {
      let count = write(descriptor, buffer.baseAddress! + written, buffer.count - written)
      if count >= 0 {
        written += count
      } else if errno == EAGAIN {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, 1_000)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
