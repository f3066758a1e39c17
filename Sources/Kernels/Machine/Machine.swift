import CMachine
import Synchronization

/// The processor this build was made for.
public enum Machine {
  /// Floats in the vectors that matrix products are computed with: those of a register of this build, 16 with AVX-512,
  /// else 8. The width changes the time and never a bit.
  public static var vectorWidth: Int { width.load(ordering: .relaxed) }

  /// Computes with vectors of `floats` (8 or 16) from now on, on any build.
  private static func use(vectorWidth floats: Int) {
    precondition(floats == 8 || floats == 16, "vectors hold 8 or 16 floats")
    width.store(floats, ordering: .relaxed)
  }

  /// Runs `body` with so many threads and such vectors, one caller at a time: for tests, which run side by side. Not to be called
  /// within its own body.
  package static func computing<Result>(
    threads: Int, vectorWidth floats: Int, _ body: () throws -> Result
  ) rethrows -> Result {
    try turn.withLock { _ in
      let (usualThreads, usualWidth) = (Workers.ofProcess, vectorWidth)
      Workers.use(threads: threads)
      use(vectorWidth: floats)
      defer {
        Workers.use(threads: usualThreads)
        use(vectorWidth: usualWidth)
      }
      return try body()
    }
  }

  private static let turn = Mutex(())
  private static let width = Atomic<Int>(Int(machine_vector_floats))

  /// The features this build uses and this processor lacks, as `"AVX2, FMA"`; nil when the processor has them all.
  /// Ask before anything else computes.
  public static var missingFeatures: String? {
    let missing = String(cString: machine_missing_features())
    return missing.isEmpty ? nil : missing
  }
}

extension Machine {
  /// Keeps what the process frees, up to a quarter of a gibibyte, for what it needs next. By itself the C library gives
  /// memory of the size of pictures back at once, and an operation on one then spends half its time on getting it again,
  /// page by page. Ask once, before anything computes.
  public static func keepFreedMemory() { machine_keep_freed_memory(1 << 28) }
}

/// Runs `body` with denormal numbers read and written as zero, which the processor otherwise computes a hundred times
/// slower; the caller's mode returns afterwards.
@inline(__always)
package func flushingDenormals(_ body: () -> Void) {
  let mode = machine_float_mode()
  machine_set_float_mode(machine_flushing_denormals(mode))
  body()
  machine_set_float_mode(mode)
}
