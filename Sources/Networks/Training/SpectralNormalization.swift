import Tensors

/// The power-iteration vector u of every kernel of a spectrally normalised network, by the kernel's name; empty for
/// other networks. Kept with the weights, since one iteration a step is enough only if the next goes on from there.
typealias SpectralVectors = [String: Tensor]

extension Graph {
  /// Random unit vectors `[output channels]` for every convolution's kernel.
  func spectralVectors(stream: RandomStream) -> SpectralVectors {
    var vectors: SpectralVectors = [:]
    for spec in spectralKernels {
      var draws = stream.substream(spec.name)
      let direction = unit((0..<spec.shape[3]).map { _ in Double(draws.normal()) })
      vectors[spec.name] = Tensor([spec.shape[3]], values: direction.map { Float($0) })
    }
    return vectors
  }

  /// The convolutions' kernels, `[height, width, input channels, output channels]`.
  var spectralKernels: [ParameterSpec] { parameterSpecs.filter { $0.isTrainable && $0.shape.count == 4 } }
}

/// The spectrally normalised kernels of a network with its weights as they are now; none for other networks.
package struct SpectralKernels {
  private var kernels: [String: SpectralKernel] = [:]

  init() {}

  /// One power iteration for every kernel.
  package init(of parameters: Parameters, from vectors: [String: Tensor]) {
    kernels = [:]
    for (name, vector) in vectors { kernels[name] = SpectralKernel(of: parameters[name], from: vector) }
  }

  var isEmpty: Bool { kernels.isEmpty }
  package var vectors: [String: Tensor] { kernels.mapValues(\.vector) }

  /// The weights as the graph is to see them.
  package func divided(_ parameters: Parameters) -> Parameters {
    var result = parameters
    for (name, kernel) in kernels { result[name] = kernel.divided }
    return result
  }

  /// Turns gradients with respect to the divided kernels into those with respect to the kernels.
  package func pullBack(_ gradients: inout Parameters) {
    for (name, kernel) in kernels { gradients[name] = kernel.pulledBack(gradients[name]) }
  }
}

/// A kernel W, seen as a matrix of height · width · input channels rows and output channels columns, divided by
/// σ = vᵀ·W·u, an estimate of its largest singular value.
///
/// Source: Miyato et al., Spectral normalization for generative adversarial networks, ICLR 2018.
struct SpectralKernel {
  /// u, `[output channels]`.
  let vector: Tensor
  /// W / σ.
  let divided: Tensor
  private let rows: [Double]
  private let columns: [Double]
  private let singularValue: Double

  /// One power iteration from u: v = W·u / |W·u|, then u = Wᵀ·v / |Wᵀ·v|, so that σ = |Wᵀ·v|.
  init(of kernel: Tensor, from start: Tensor) {
    let matrix = kernel.values.map { Double($0) }
    let width = start.count
    let direction = start.values.map { Double($0) }
    var rows = [Double](repeating: 0, count: matrix.count / width)
    for index in matrix.indices { rows[index / width] += matrix[index] * direction[index % width] }
    rows = unit(rows)
    var columns = [Double](repeating: 0, count: width)
    for index in matrix.indices { columns[index % width] += matrix[index] * rows[index / width] }
    // A kernel of zeros stays one.
    singularValue = max(length(columns), 1e-12)
    columns = unit(columns)
    self.rows = rows
    self.columns = columns
    vector = Tensor([width], values: columns.map { Float($0) })
    divided = kernel * Float(1 / singularValue)
  }

  /// The gradient with respect to W of one with respect to W / σ, u and v taken as constants:
  /// (gradient − ⟨gradient, W / σ⟩ · v·uᵀ) / σ.
  func pulledBack(_ gradient: Tensor) -> Tensor {
    var values = gradient.values
    let along = zip(values, divided.values).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    let width = columns.count
    for index in values.indices {
      let tilt = along * rows[index / width] * columns[index % width]
      values[index] = Float((Double(values[index]) - tilt) / singularValue)
    }
    return Tensor(gradient.shape, values: values)
  }
}

private func length(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

private func unit(_ vector: [Double]) -> [Double] {
  let length = length(vector)
  return length > 0 ? vector.map { $0 / length } : vector
}
