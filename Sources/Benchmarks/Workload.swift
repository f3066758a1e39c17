import Kernels
import Networks
import Tensors

/// A row made ready: its data drawn from a fixed seed, its memory taken.
protocol Workload {
  /// Floating-point operations of one run by the direct count (a multiplication and an addition are two), where the row
  /// is one operation; nil where it is a whole network.
  var operationCount: Int? { get }
  mutating func run() throws(BenchmarkError)
  /// What the run reads, for a peer to read the same.
  var given: [SafetensorsFile.Entry] { get throws(BenchmarkError) }
  /// What the last run made of it.
  var result: [SafetensorsFile.Entry] { get }
}

extension BenchmarkRow {
  /// Builds the row's data. Throws where a network refuses the sizes.
  func workload() throws(BenchmarkError) -> any Workload {
    switch self {
    case .ganStep(let size, let width, let batch): try GANStepWorkload(size: size, width: width, batch: batch)
    case .predict(let size, let width, let batch): try PredictionWorkload(size: size, width: width, batch: batch)
    case .convolution(let inputs, let outputs, let size, let direction):
      ConvolutionWorkload(inputs: inputs, outputs: outputs, size: size, kernel: 3, direction: direction)
    // A matrix product is a 1×1 convolution of a map with one row of pixels.
    case .gemm(let size):
      ConvolutionWorkload(inputs: size, outputs: size, size: size, height: 1, kernel: 1, direction: .forward)
    case .picture(let operation, let size): PictureWorkload(operation, size: size)
    case .method(let name, let size): try MethodWorkload(name, size: size)
    case .peak: PeakWorkload()
    }
  }
}

/// The stream all workloads draw from.
let benchmarkStream = RandomStream(seed: 2021, path: ["benchmarks"])

/// Uniform in [0, 1).
func uniformTensor(_ shape: [Int], _ stream: RandomStream) -> Tensor {
  var stream = stream
  return Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in stream.uniform() })
}

struct PeakWorkload: Workload {
  private let rounds = 20_000_000
  private var last: Float = 0
  private(set) var operationCount: Int?

  mutating func run() { (operationCount, last) = PeakSpeed.run(rounds: rounds) }
  var given: [SafetensorsFile.Entry] { [] }
  var result: [SafetensorsFile.Entry] { [.init(name: "result", tensor: Tensor([1], filledWith: last))] }
}
