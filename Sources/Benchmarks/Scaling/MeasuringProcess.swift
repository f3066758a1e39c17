import Base
import Glibc

/// This program once more, as the server of its own measurements: a process's peak memory is the most it has ever had, so
/// every row needs one of its own.
struct MeasuringProcess {
  let threads: Int

  /// Times a row several times; the first, which takes memory and wakes the threads, does not count.
  ///
  /// - Returns: the repetitions' seconds, and the peak in MiB.
  func measure(_ row: String, repetitions: Int) throws(BenchmarkError) -> (seconds: [Double], peakMebibytes: Double) {
    let request = String(repeating: "time \(row)\n", count: repetitions + 1)
    guard let answer = answer(to: request) else {
      throw .refused(code: "not-measured", message: "the process that measures \(row) could not be started")
    }
    var (seconds, peak): ([Double], Double) = ([], 0)
    for line in answer.split(separator: UInt8(ascii: "\n")) {
      guard let fields = (try? JSON(decoding: line))?.fields else { break }
      if case .text(let message)? = fields["error"] {
        throw .refused(code: "not-measured", message: message)
      }
      guard let taken = fields["seconds"]?.double, let memory = fields["peak-mib"]?.double else { break }
      seconds.append(taken)
      peak = memory
    }
    guard seconds.count == repetitions + 1 else {
      throw .refused(code: "not-measured", message: "the process that measured \(row) came to an early end")
    }
    return (Array(seconds.dropFirst()), peak)
  }

  /// What the server answers, to its end; `nil` where it could not be started.
  private func answer(to request: String) -> [UInt8]? {
    var (given, taken): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&given) == 0, pipe(&taken) == 0 else { return nil }
    // The ends that stay here, and those under their old numbers, are not the server's.
    for end in given + taken { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, given[0], 0)
    posix_spawn_file_actions_adddup2(&actions, taken[1], 1)
    let command: [String] = ["cnp", "bench", "--serve", "--threads", "\(threads)"]
    var words = command.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process = pid_t()
    let code = posix_spawn(&process, "/proc/self/exe", &actions, nil, &words, environ)
    close(given[0])
    close(taken[1])
    defer { close(taken[0]) }
    guard code == 0 else {
      close(given[1])
      return nil
    }
    // A few lines, which a pipe holds whether they are read or not.
    _ = writeBytes(Array(request.utf8), to: given[1])
    close(given[1])
    var (answer, part): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 4096))
    while true {
      let count = read(taken[0], &part, part.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      answer += part[..<count]
    }
    var ending: Int32 = 0
    while waitpid(process, &ending, 0) < 0 && errno == EINTR {}
    return answer
  }
}
