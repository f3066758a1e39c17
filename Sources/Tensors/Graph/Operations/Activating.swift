import Kernels

/// A pointwise function: part of how a map is written or read.
struct Activating: Operation {
  let function: Activation

  var title: String { function.name }
  var isEnding: Bool { true }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] { inputs[0] }
}
