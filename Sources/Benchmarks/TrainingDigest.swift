import Networks
import Tensors

/// A digest of every weight and loss after a few steps of training, to compare builds and machines by: whatever the vector
/// width and the number of threads, it must be the same.
public func trainingDigest(steps: Int = 3) throws(BenchmarkError) -> String {
  var workload = try GANStepWorkload(size: 128, width: 8, batch: 2)
  for _ in 0..<steps { try workload.run() }
  // FNV-1a, 64 bits, over the bytes of all numbers.
  var digest: UInt64 = 0xcbf2_9ce4_8422_2325
  for entry in workload.result {
    for value in entry.tensor.values {
      for shift in stride(from: 0, to: 32, by: 8) {
        digest = (digest ^ UInt64(value.bitPattern >> UInt32(shift) & 0xff)) &* 0x100_0000_01b3
      }
    }
  }
  let digits = String(digest, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
