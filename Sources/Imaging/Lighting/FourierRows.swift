import CFFTW
import Synchronization

/// Discrete Fourier transforms of rows of complex numbers, by FFTW in double precision.
///
/// FFTW would pick its code by the processor, and results would agree to about 1e-15 only: its plain code is the same to the
/// bit on all of them, and fast enough beside what else is done to an image.
final class FourierRows {
  let length: Int
  let rows: Int
  private let memory: UnsafeMutablePointer<fftw_complex>
  private let forward, backward: fftw_plan

  /// FFTW's planner has state of its own, and only the execution of plans may run on several threads.
  private static let planning = Mutex(())

  init(length: Int, rows: Int) {
    self.length = length
    self.rows = rows
    guard let memory = fftw_alloc_complex(length * rows) else { preconditionFailure("no memory for \(rows) rows") }
    self.memory = memory
    var size = Int32(length)
    func planned(_ sign: Int32) -> UInt {
      Self.planning.withLock { _ in
        UInt(
          bitPattern: fftw_plan_many_dft(
            1, &size, Int32(rows), memory, nil, 1, Int32(length), memory, nil, 1, Int32(length), sign,
            FFTW_ESTIMATE | fftw_without_vectors))
      }
    }
    guard let forward = fftw_plan(bitPattern: planned(FFTW_FORWARD)),
      let backward = fftw_plan(bitPattern: planned(FFTW_BACKWARD))
    else { preconditionFailure("FFTW plans rows of any length") }
    (self.forward, self.backward) = (forward, backward)
  }

  deinit {
    Self.planning.withLock { _ in
      fftw_destroy_plan(forward)
      fftw_destroy_plan(backward)
    }
    fftw_free(memory)
  }

  /// Filters pairs of real lines, which a real response keeps apart as the two parts of complex numbers. Number `index` of
  /// line `line` is at `line` · `lineStep` + `index` · `step`; beyond its `count` numbers a line goes on with zeros.
  ///
  /// - Parameter response: what each frequency is multiplied by, ÷ `length`.
  func filter(
    _ first: inout [Double], _ second: inout [Double], lines: Int, count: Int, lineStep: Int, step: Int,
    response: [Double]
  ) {
    precondition(response.count == length && count <= length, "a response has a number a frequency")
    precondition(first.count >= (lines - 1) * lineStep + (count - 1) * step + 1 && first.count == second.count)
    first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in
        for start in stride(from: 0, to: lines, by: rows) {
          let used = min(rows, lines - start)
          memory.update(repeating: (0, 0), count: length * rows)
          for index in 0..<count {
            for row in 0..<used {
              let place = (start &+ row) &* lineStep &+ index &* step
              memory[row &* length &+ index] = (first[place], second[place])
            }
          }
          fftw_execute(forward)
          for row in 0..<used {
            let spectrum = memory + row * length
            for index in 0..<length {
              spectrum[index] = (spectrum[index].0 * response[index], spectrum[index].1 * response[index])
            }
          }
          fftw_execute(backward)
          for index in 0..<count {
            for row in 0..<used {
              let place = (start &+ row) &* lineStep &+ index &* step
              (first[place], second[place]) = memory[row &* length &+ index]
            }
          }
        }
      }
    }
  }
}
