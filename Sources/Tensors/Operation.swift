import Kernels

/// One kind of node in a graph: its shape rule, what it keeps for the backward pass, forward, and gradients.
///
/// A value of the type holds the settings (kernel size, rate, …) and no data; a plan hands it the memory.
protocol Operation: Sendable {
  /// For people: `convolution 3×3`.
  var title: String { get }
  /// The shape of the result for these input shapes, all `[batch, height, width, channels]`.
  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int]
  /// The parameters of a layer of that name.
  func parameters(layer: String) -> [ParameterSpec]
  /// Whether the gradients are computed from the inputs, and from the output: these then outlive the forward pass.
  var gradientReadsInputs: Bool { get }
  var gradientReadsOutput: Bool { get }
  /// Which inputs have a gradient; one that lends its shape only has none.
  func hasGradient(input: Int) -> Bool
  /// Floats the forward pass leaves to the backward pass.
  func savedCount(_ inputs: [[Int]], mode: Mode) -> Int
  /// Floating-point operations of a forward pass, a multiplication and an addition counted as two.
  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int
  func forward(_ site: Site)
  /// Computes the gradients for which `site` has room.
  func backward(_ site: Site)
}

extension Operation {
  func parameters(layer: String) -> [ParameterSpec] { [] }
  var gradientReadsInputs: Bool { false }
  var gradientReadsOutput: Bool { false }
  func hasGradient(input: Int) -> Bool { true }
  func savedCount(_ inputs: [[Int]], mode: Mode) -> Int { 0 }
  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int { output.reduce(1, *) }

  func fault(
    _ layer: String, _ shapes: [[Int]], needs: String, _ reason: GraphError.Reason = .shapeMismatch
  ) -> GraphError {
    GraphError(reason, operation: title, layer: layer, shapes: shapes, needed: needs)
  }
}

/// What a plan is for.
public enum Mode: Sendable {
  /// Batch statistics, and everything kept that gradients need.
  case training
  /// Running statistics, and memory given back as soon as it can be.
  case inference
}

/// The memory an operation works on at its place in a plan.
struct Site {
  let mode: Mode
  let inputShapes: [[Int]]
  let outputShape: [Int]
  var inputs: [Region]
  var output: Region
  var saved: Region
  var parameters: [Region] = []
  var outputGradient: Region
  /// Where each input's gradient goes; nil where nobody wants it.
  var inputGradients: [Gradient?] = []
  /// Where each parameter's gradient is added; nil when nobody wants them.
  var parameterGradients: [Region]?
}

/// Where a gradient goes: over what is there, or added to the part of another consumer.
struct Gradient {
  let region: Region
  let accumulating: Bool
}
