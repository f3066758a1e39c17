import Glibc
import Synchronization

/// Runs `body(0) … body(tasks - 1)`, each once and in this order of their beginnings, `threads` of them at a time; returns
/// when all are done.
///
/// Each runs on one thread with every kernel that it calls, and the workers stay free for others: for work of seconds and more, a
/// training say, whose kernels are too small to keep all threads busy. The bits are those of any number of threads.
package func sideBySide(_ tasks: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  let next = Atomic<Int>(0)
  withoutActuallyEscaping(body) { body in
    let lane = Lane {
      while case let task = next.add(1, ordering: .relaxed).oldValue, task < tasks { body(task) }
    }
    let others = (1..<max(1, min(threads, tasks))).compactMap { _ in lane.startThread() }
    lane.run()
    for thread in others { pthread_join(thread, nil) }
  }
}

/// What each of the threads does.
private final class Lane: @unchecked Sendable {
  // Unchecked: what it runs is a sendable body and an atomic counter, and its threads are joined before it goes.
  private let work: () -> Void

  init(_ work: @escaping () -> Void) { self.work = work }

  func run() { Solitude.during(work) }

  /// `nil` where the system has no thread left: slower, not wrong.
  func startThread() -> pthread_t? {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let failure = pthread_create(
      &thread, nil,
      { context in
        Unmanaged<Lane>.fromOpaque(context!).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard failure == 0 else {
      context.release()
      return nil
    }
    return thread
  }
}

/// Whether a thread works alone, so that its kernels have no workers.
enum Solitude {
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  static var isHere: Bool { pthread_getspecific(key) != nil }

  static func during(_ work: () -> Void) {
    let before = pthread_getspecific(key)
    pthread_setspecific(key, UnsafeRawPointer(bitPattern: 1))
    work()
    pthread_setspecific(key, before)
  }
}
