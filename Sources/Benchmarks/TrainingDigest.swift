import Base
import Networks
import Tensors

/// A digest of every weight and loss after a few steps of training, to compare builds and machines by: whatever the vector
/// width and the number of threads, it must be the same.
public func trainingDigest(steps: Int = 3) throws(BenchmarkError) -> String {
  var workload = try GANStepWorkload(size: 128, width: 8, batch: 2)
  for _ in 0..<steps { try workload.run() }
  var digest = FNV1a()
  for entry in workload.result {
    for value in entry.tensor.values {
      for shift in stride(from: UInt32(0), to: 32, by: 8) { digest.add(UInt64(value.bitPattern >> shift & 0xff)) }
    }
  }
  return digest.text
}
