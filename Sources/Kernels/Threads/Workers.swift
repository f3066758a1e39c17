import CMachine
import Glibc
import Synchronization

/// The threads that share the work of every kernel.
///
/// Kernels cut their work into blocks by the shape alone, and each block is computed alike by whoever takes it, so the
/// number of threads changes the time and never a bit.
public enum Workers {
  /// Threads in use, the calling one included; at first the processors online. 1 in work that runs side by side with other work.
  public static var count: Int { Solitude.isHere ? 1 : ofProcess }

  /// Threads that work shares which does not run side by side with other work.
  package static var ofProcess: Int { Pool.shared.limit.load(ordering: .relaxed) }

  /// Uses `threads` threads from now on. Tests ask `Machine.computing`, which lets no other come between.
  package static func use(threads: Int) {
    Pool.shared.limit.store(max(1, min(threads, Pool.mostThreads)), ordering: .relaxed)
  }
}

/// Runs `body(0) … body(tasks - 1)`, each once, on all workers, with denormals flushed; returns when all are done.
/// What a body itself asks for in this way its thread does alone, unless it is the only task.
package func parallel(_ tasks: Int, _ body: (Int) -> Void) {
  if tasks > 1 && Workers.count > 1 {
    flushingDenormals { Pool.shared.run(tasks, body) }
  } else {
    flushingDenormals { for task in 0..<tasks { body(task) } }
  }
}

/// Persistent threads which take tasks from a ticket, `[generation | tasks | next]` in one atomic word: a thread that
/// comes late finds a ticket with no task left or of a newer job, and claims nothing of an old one.
private final class Pool: @unchecked Sendable {
  // Unchecked: `job` is written only while no task of it can be claimed, and read only after a successful claim.
  static let shared = Pool()
  static let mostThreads = 256
  private static let indexBits: UInt64 = 22
  private static let mask: UInt64 = (1 << indexBits) - 1

  let limit = Atomic<Int>(max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), mostThreads)))
  private let ticket = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private var job: ((Int) -> Void)?
  private var generation: UInt64 = 0
  private var started = 1
  private let entry = Lock()
  private let rest = Lock()

  func run(_ tasks: Int, _ body: (Int) -> Void) {
    precondition(UInt64(tasks) <= Pool.mask, "a job has fewer than 4 million tasks")
    entry.lock()
    start(Workers.count)
    withoutActuallyEscaping(body) { body in
      job = body
      generation += 1
      finished.store(0, ordering: .relaxed)
      let first = (generation << (2 * Pool.indexBits)) | (UInt64(tasks) << Pool.indexBits)
      ticket.store(first, ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 { rest.wakeAll() }
      Solitude.during { while takeTask() {} }
      var spins = 0
      while finished.load(ordering: .acquiring) < tasks {
        spins += 1
        if spins > 4000 { sched_yield() } else { machine_relax() }
      }
      job = nil
    }
    entry.unlock()
  }

  /// Claims and runs one task; false when none is left.
  @inline(__always)
  private func takeTask() -> Bool {
    var seen = ticket.load(ordering: .acquiring)
    while (seen & Pool.mask) < ((seen >> Pool.indexBits) & Pool.mask) {
      let claim = ticket.compareExchange(expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing)
      if claim.exchanged {
        job!(Int(seen & Pool.mask))
        finished.add(1, ordering: .releasing)
        return true
      }
      seen = claim.original
    }
    return false
  }

  private var hasTask: Bool {
    let seen = ticket.load(ordering: .sequentiallyConsistent)
    return (seen & Pool.mask) < ((seen >> Pool.indexBits) & Pool.mask)
  }

  /// Starts threads until there are `threads` with the calling one. Called with `entry` locked.
  private func start(_ threads: Int) {
    while started < threads {
      let number = started
      let context = Unmanaged.passRetained(Seat(pool: self, number: number)).toOpaque()
      var thread = pthread_t()
      let failure = pthread_create(
        &thread, nil,
        { context in
          let seat = Unmanaged<Seat>.fromOpaque(context!).takeRetainedValue()
          Solitude.during { flushingDenormals { seat.pool.work(number: seat.number) } }
          return nil
        }, context)
      if failure != 0 {  // fewer threads than asked for: slower, not wrong
        Unmanaged<Seat>.fromOpaque(context).release()
        return
      }
      pthread_detach(thread)
      started += 1
    }
  }

  /// The life of a worker: take tasks, spin a little (the next kernel follows at once in a training step), then sleep.
  private func work(number: Int) {
    while true {
      var idle = 0
      while idle < 3000 {
        if number < limit.load(ordering: .relaxed) && takeTask() { idle = 0 } else { idle += 1 }
        machine_relax()
      }
      rest.lock()
      sleepers.add(1, ordering: .sequentiallyConsistent)
      while !(hasTask && number < limit.load(ordering: .relaxed)) { rest.wait() }
      sleepers.subtract(1, ordering: .sequentiallyConsistent)
      rest.unlock()
    }
  }

  private final class Seat {
    let pool: Pool
    let number: Int
    init(pool: Pool, number: Int) {
      self.pool = pool
      self.number = number
    }
  }
}

/// A mutex with its condition variable, at a fixed address.
private final class Lock {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }
  func unlock() { pthread_mutex_unlock(mutex) }
  func wait() { pthread_cond_wait(condition, mutex) }
  func wakeAll() {
    lock()
    pthread_cond_broadcast(condition)
    unlock()
  }
}
