import Kernels

/// One kind of node in a graph, with its settings (kernel size, rate, …) and no data.
protocol Operation: Sendable {
  /// For people: `convolution 3×3`.
  var title: String { get }
  /// The shape of the result for these input shapes, all `[batch, height, width, channels]`.
  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int]
  /// The parameters of a layer of that name.
  func parameters(layer: String) -> [ParameterSpec]
  /// Floating-point operations of a forward pass, a multiplication and an addition counted as two.
  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int
  /// Whether the values of an input matter, rather than its shape alone. Those that don't have no gradient.
  func reads(input: Int) -> Bool
  /// Whether people count it as the end of the layer before it: a function of each value by itself.
  var isEnding: Bool { get }
}

extension Operation {
  func parameters(layer: String) -> [ParameterSpec] { [] }
  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int { output.reduce(1, *) }
  func reads(input: Int) -> Bool { true }
  var isEnding: Bool { false }

  func fault(
    _ layer: String, _ shapes: [[Int]], needs: String, _ reason: GraphError.Reason = .shapeMismatch
  ) -> GraphError {
    GraphError(reason, operation: title, layer: layer, shapes: shapes, needed: needs)
  }
}

/// An operation that works on stored maps: the steps of a plan. The other operations only change how stored maps are read
/// (`Lowering`).
protocol Computation: Operation {
  /// Whether it can read an input as this view; a map as it is stored it can always read.
  func canRead(_ view: ViewSummary) -> Bool
  /// Whether the gradients are computed from the inputs: these then outlive the forward pass.
  var gradientReadsInputs: Bool { get }
  /// Floats the forward pass leaves to the backward pass.
  func savedCount(_ inputs: [[Int]], mode: Mode) -> Int
  /// Whether running it again costs less than keeping a large map for long. It then leaves no notes.
  var isCheap: Bool { get }
  func forward(_ site: Site)
  /// Computes the gradients for which `site` has room.
  func backward(_ site: Site)
}

extension Computation {
  func canRead(_ view: ViewSummary) -> Bool { false }
  var gradientReadsInputs: Bool { false }
  func savedCount(_ inputs: [[Int]], mode: Mode) -> Int { 0 }
  var isCheap: Bool { false }
}

/// A computation that can apply an activation to what it writes, at no cost.
protocol ActivatingComputation: Computation {
  var outputActivation: Activation? { get set }
}

/// What an operation needs to know of a view to say whether it can read it.
struct ViewSummary {
  let parts: Int
  let channels: Int
  /// The most that a part is upsampled.
  let repeats: Int
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
  /// The images that the maps hold.
  let part: BatchPart
  let sums: GradientSums
  let inputShapes: [[Int]]
  let outputShape: [Int]
  /// The parts of each input; none of one that lends its shape only.
  let inputs: [[MapPart]]
  let output: Region
  let saved: Region
  let parameters: [Region]
  /// Where what is made of the parameters alone is kept from pass to pass.
  var filterPlace: FilterPlace?
  /// The gradient by the number that the operation wrote, before any activation it applied itself.
  let outputGradient: Region
  /// Where the gradient by each part's values goes; nil where nobody wants it.
  var inputGradients: [[Gradient?]] = []
  /// Where each parameter's gradient is added, once the backward pass is over at the latest; nil when nobody wants them.
  var parameterGradients: [Region]?

  /// An input that is a map as it is stored.
  func map(_ input: Int) -> Region {
    precondition(inputs[input].count == 1, "a stored map is one part")
    return inputs[input][0].map
  }

  /// Where the gradient of such an input goes.
  func gradient(_ input: Int) -> Gradient? { inputGradients[input][0] }
}

/// Where a gradient goes: over what is there, or added to the part of another consumer.
struct Gradient {
  let region: Region
  let accumulating: Bool
}
