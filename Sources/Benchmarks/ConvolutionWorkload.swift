import Kernels
import Networks
import Tensors

/// One convolution or one of its gradients, through the same door as a network's layers.
struct ConvolutionWorkload: Workload {
  private let geometry: ConvolutionGeometry
  private let direction: ConvolutionDirection
  private let input: Region
  private let weights: Region
  private let outputGradient: Region
  private let output: Region

  /// A map of `size` × `size` pixels, or of `height` × `size`.
  init(
    inputs: Int, outputs: Int, size: Int, height: Int? = nil, kernel: Int, direction: ConvolutionDirection
  ) {
    geometry = ConvolutionGeometry(
      batch: 1, height: height ?? size, width: size, inChannels: inputs, outChannels: outputs, kernel: kernel,
      padding: kernel / 2)
    self.direction = direction
    let pixels = (height ?? size) * size
    func drawn(_ name: String, _ count: Int) -> Region {
      let region = Region(Storage(count: count))
      var stream = benchmarkStream.substream(name)
      region.copy((0..<count).map { _ in stream.uniform(in: -1...1) })
      return region
    }
    input = drawn("input", pixels * inputs)
    weights = drawn("weights", kernel * kernel * inputs * outputs)
    outputGradient = drawn("output gradient", pixels * outputs)
    switch direction {
    case .forward: output = Region(Storage(count: pixels * outputs))
    case .inputGradient: output = Region(Storage(count: pixels * inputs))
    case .weightGradient: output = Region(Storage(count: kernel * kernel * inputs * outputs))
    }
  }

  var operationCount: Int? {
    2 * geometry.height * geometry.width * geometry.kernel * geometry.kernel * geometry.inChannels
      * geometry.outChannels
  }

  func run() {
    switch direction {
    case .forward: geometry.forward(input, weights: weights, bias: nil, into: output)
    case .inputGradient: geometry.inputGradient(outputGradient, weights: weights, into: output)
    case .weightGradient:
      // Gradients are added, and a step starts from zero.
      output.fill(0)
      geometry.weightGradient(input, outputGradient: outputGradient, addedTo: output)
    }
  }

  var given: [SafetensorsFile.Entry] {
    [
      .init(name: "input", tensor: Tensor(map(geometry.inChannels), values: input.values)),
      .init(name: "weights", tensor: Tensor(kernels, values: weights.values)),
      .init(name: "output-gradient", tensor: Tensor(map(geometry.outChannels), values: outputGradient.values)),
    ]
  }

  var result: [SafetensorsFile.Entry] {
    let shape =
      switch direction {
      case .forward: map(geometry.outChannels)
      case .inputGradient: map(geometry.inChannels)
      case .weightGradient: kernels
      }
    return [.init(name: "result", tensor: Tensor(shape, values: output.values))]
  }

  private func map(_ channels: Int) -> [Int] { [1, geometry.height, geometry.width, channels] }
  private var kernels: [Int] { [geometry.kernel, geometry.kernel, geometry.inChannels, geometry.outChannels] }
}
