import Tensors
import Testing

/// Sizes are odd, channels 1, 2, 3, 8, 12, 17 and 24, so that every edge of tiles and vectors is crossed.
@Suite struct ConvolutionTests {
  struct Case: CustomTestStringConvertible {
    var input: [Int]
    var filters: Int
    var kernel = 3
    var stride = 1
    var dilation = 1
    var bias = true
    var testDescription: String {
      "\(input) to \(filters), kernel \(kernel), stride \(stride), dilation \(dilation)"
    }
  }

  static let cases: [Case] = [
    Case(input: [2, 7, 9, 1], filters: 8),
    Case(input: [1, 9, 13, 2], filters: 17),
    Case(input: [2, 5, 5, 3], filters: 24),
    Case(input: [1, 6, 11, 8], filters: 1),
    Case(input: [1, 8, 8, 17], filters: 12, bias: false),
    Case(input: [1, 1, 1, 4], filters: 4),
    Case(input: [2, 33, 3, 12], filters: 33),
    Case(input: [2, 6, 7, 12], filters: 3, kernel: 1),
    Case(input: [1, 9, 7, 3], filters: 8, kernel: 1, stride: 2),
    Case(input: [1, 9, 8, 3], filters: 8, stride: 2),
    Case(input: [1, 10, 7, 5], filters: 9, kernel: 5, stride: 3),
    Case(input: [1, 10, 12, 3], filters: 6, kernel: 4, stride: 2),
    Case(input: [1, 11, 9, 6], filters: 8, dilation: 2),
    Case(input: [1, 5, 6, 6], filters: 8, dilation: 6),
    Case(input: [1, 13, 12, 3], filters: 5, stride: 2, dilation: 2),
    Case(input: [1, 13, 12, 3], filters: 5, stride: 2, dilation: 3),
    Case(input: [1, 64, 40, 2], filters: 2),
  ]

  @Test(arguments: cases) func convolution(_ example: Case) throws {
    try OperationCheck(["x": example.input]) { graph, nodes in
      graph.convolution(
        nodes[0], filters: example.filters, kernel: example.kernel, stride: example.stride, dilation: example.dilation,
        bias: example.bias, name: "c")
    } reference: { maps in
      maps["x"]!.convolved(
        maps["c.weights"]!, bias: maps["c.bias"]?.values, stride: example.stride, dilation: example.dilation)
    }.verify(sample: 12)
  }

  @Test(arguments: [([1, 3, 5, 4], 8, 2), ([2, 4, 3, 9], 3, 2), ([1, 2, 3, 17], 18, 3)])
  func transposedConvolution(_ input: [Int], _ filters: Int, _ stride: Int) throws {
    try OperationCheck(["x": input]) { graph, nodes in
      graph.transposedConvolution(nodes[0], filters: filters, stride: stride, name: "t")
    } reference: { maps in
      maps["x"]!.transposeConvolved(maps["t.weights"]!, bias: maps["t.bias"]!.values)
    }.verify(sample: 20)
  }

  /// Many channels: sums of thousands of products, several panels and more than one block.
  @Test func wideConvolution() throws {
    try OperationCheck(["x": [1, 20, 20, 130]]) { graph, nodes in
      graph.convolution(nodes[0], filters: 70, name: "c")
    } reference: { maps in
      maps["x"]!.convolved(maps["c.weights"]!, bias: maps["c.bias"]!.values, stride: 1, dilation: 1)
    }.verify(tolerance: 5e-6, sample: 1)  // sums of 1,170 products
  }

  /// The gradient holds the singular vectors still, and so does the reference: those of the unchanged weights.
  @Test func spectralNormalization() throws {
    var held: (v: [Double], u: [Double])?
    var check = OperationCheck(["x": [1, 5, 6, 3]]) { graph, nodes in
      graph.convolution(nodes[0], filters: 9, spectralNormalization: true, name: "c")
    } reference: { maps in
      let weights = maps["c.weights"]!
      let outputs = 9
      let rows = weights.values.count / outputs
      func unit(_ x: [Double]) -> [Double] { x.map { $0 / x.reduce(0) { $0 + $1 * $1 }.squareRoot() } }
      if held == nil {
        let u = maps["c.singular-vector"]!.values
        let v = unit(
          (0..<rows).map { row in (0..<outputs).reduce(0) { $0 + weights.values[row * outputs + $1] * u[$1] } })
        held = (
          v, unit((0..<outputs).map { o in (0..<rows).reduce(0) { $0 + weights.values[$1 * outputs + o] * v[$1] } })
        )
      }
      var sigma = 0.0
      for (index, weight) in weights.values.enumerated() {
        sigma += held!.v[index / outputs] * weight * held!.u[index % outputs]
      }
      return maps["x"]!.convolved(weights.map { $0 / sigma }, bias: maps["c.bias"]!.values, stride: 1, dilation: 1)
    }
    check.parameters["c.singular-vector"] = OperationCheck.random([9], RandomStream(seed: 12))
    try check.verify()

    // Training moves the vector on and keeps its length; inference leaves it.
    let plan = try Plan(check.graph, inputShapes: ["x": [1, 5, 6, 3]], mode: .training)
    let start = check.parameters["c.singular-vector"]
    for _ in 0..<20 { _ = plan.forward(check.inputs, &check.parameters) }
    #expect(check.parameters["c.singular-vector"] != start)
    #expect(abs((check.parameters["c.singular-vector"] * check.parameters["c.singular-vector"]).sum() - 1) < 1e-5)
    let inference = try Plan(check.graph, inputShapes: ["x": [1, 5, 6, 3]], mode: .inference)
    let moved = check.parameters["c.singular-vector"]
    _ = inference.forward(check.inputs, &check.parameters)
    #expect(check.parameters["c.singular-vector"] == moved)
  }
}
