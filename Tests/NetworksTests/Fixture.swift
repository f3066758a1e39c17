import Base
import Networks
import Tensors
import Testing

/// Values that PyTorch computed in 64-bit floats, as `make_fixtures.py` wrote them.
struct Fixture {
  private let file: SafetensorsFile

  /// Reads `Fixtures/NAME.safetensors`, which stands beside this source file.
  init(_ name: String, sourceFile: String = #filePath) throws {
    let folder = sourceFile.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    file = try SafetensorsFile(decoding: readFile("\(folder)/Fixtures/\(name).safetensors"))
  }

  var names: [String] { file.entries.map(\.name) }

  subscript(name: String) -> Tensor {
    get throws { try #require(file[name], "the fixture has no \(name)") }
  }
}

/// Rounding of one 32-bit operation: half the distance from 1 to the next float.
let unitRoundoff: Float = 0x1p-24

/// The numbers of a name, the same bits as `hashed` in `make_fixtures.py`.
func hashed(_ name: String, _ shape: [Int], from low: Float = -1, to high: Float = 1) -> Tensor {
  let salt = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
  let values = (0..<shape.reduce(1, *)).map { index -> Float in
    var bits = UInt32(index) &* 2_654_435_761 &+ salt
    bits ^= bits >> 15
    bits = bits &* 2_246_822_519
    bits ^= bits >> 13
    bits = bits &* 3_266_489_917
    bits ^= bits >> 16
    return low + (high - low) * (Float(bits >> 8) / Float(1 << 24))
  }
  return Tensor(shape, values: values)
}

/// A label map of zeros and ones, as `labels` in `make_fixtures.py`.
func hashedLabels(_ name: String, _ shape: [Int]) -> Tensor { hashed(name, shape).map { $0 > 0.2 ? 1 : 0 } }

/// The largest difference between two tensors of one shape.
func distance(_ left: Tensor, _ right: Tensor) -> Float { (left - right).absolute().maximum() }

/// Expects `found` to be `reference` but for `roundings` roundings of numbers as large as the reference's largest, or as
/// `scale` where that is given.
func expectClose(
  _ found: Tensor, _ reference: Tensor, roundings: Float, scale: Float? = nil, _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.shape == reference.shape else {
    Issue.record("\(name): shape \(found.shape), not \(reference.shape)", sourceLocation: sourceLocation)
    return
  }
  let scale = scale ?? reference.absolute().maximum()
  let difference = distance(found, reference)
  #expect(
    difference <= roundings * unitRoundoff * scale,
    "\(name): off by \(difference / (unitRoundoff * scale)) roundings of \(scale)", sourceLocation: sourceLocation)
}

/// The parameters of a graph as `Weights` in `make_fixtures.py` makes them.
func hashedParameters(of graph: Graph, prefix: String) -> Parameters {
  var parameters = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 0))
  for spec in graph.parameterSpecs where spec.isTrainable || spec.name.hasSuffix(".singular-vector") {
    let name = "\(prefix)/\(spec.name)"
    switch spec.name.split(separator: ".").last {
    case "weights":
      let taps = spec.shape[0] * spec.shape[1]
      let bound = Float((6 / Double(taps * (spec.shape[2] + spec.shape[3]))).squareRoot())
      parameters[spec.name] = hashed(name, spec.shape, from: -bound, to: bound)
    case "singular-vector": parameters[spec.name] = hashed(name, spec.shape)
    case "bias": parameters[spec.name] = hashed(name, spec.shape, from: -0.1, to: 0.1)
    case "scale": parameters[spec.name] = hashed(name, spec.shape, from: 0.5, to: 1.5)
    case "offset": parameters[spec.name] = hashed(name, spec.shape, from: -0.2, to: 0.2)
    default: Issue.record("an unknown kind of parameter: \(spec.name)")
    }
  }
  return parameters
}
