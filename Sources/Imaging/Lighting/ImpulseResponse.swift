import CFFTW
import Kernels
import Synchronization

extension SeparableFilter {
  /// The filter of one axis whose gain at k cycles in `gains.count` pixels is `gains[min(k, gains.count − k)]`: the gains'
  /// discrete Fourier transform, cut where it stays below `negligible` times its middle, or at half its length.
  ///
  /// By FFTW in double precision. FFTW would pick its code by the processor, and results would agree to about 1e-15 only:
  /// its plain code is the same to the bit on all of them.
  init(gains: [Double], negligible: Double) {
    let response = fourierTransform(gains)
    let middle = response[0]
    let half = response[..<((gains.count + 1) / 2)]
    let reach = half.lastIndex { abs($0) > negligible * middle } ?? 0
    self.init(half.prefix(max(2, reach + 1)).map { Float($0 / Double(gains.count)) })
  }
}

/// The real parts of the discrete Fourier transform; all of it where `values` are the same in both directions.
private func fourierTransform(_ values: [Double]) -> [Double] {
  guard let memory = fftw_alloc_complex(values.count) else {
    preconditionFailure("no memory for \(values.count) numbers")
  }
  defer { fftw_free(memory) }
  // The planner has state of its own, and only the execution of plans may run on several threads.
  let plan = planning.withLock { _ in
    UInt(
      bitPattern: fftw_plan_dft_1d(
        Int32(values.count), memory, memory, FFTW_FORWARD, FFTW_ESTIMATE | fftw_without_vectors))
  }
  guard let plan = fftw_plan(bitPattern: plan) else { preconditionFailure("FFTW plans transforms of any length") }
  defer { planning.withLock { [plan = UInt(bitPattern: plan)] _ in fftw_destroy_plan(fftw_plan(bitPattern: plan)) } }
  for (index, value) in values.enumerated() { memory[index] = (value, 0) }
  fftw_execute(plan)
  return values.indices.map { memory[$0].0 }
}

private let planning = Mutex(())
