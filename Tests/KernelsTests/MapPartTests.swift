import Kernels
import Testing

/// Convolutions whose input comes in parts give what they give for the input written out.
@Suite struct MapPartTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    var batch = 1
    var height: Int
    var width: Int
    var parts: [(channels: Int, repeats: Int, isNormalized: Bool, activation: Activation?)]
    var outChannels: Int
    var testDescription: String { "\(batch)×\(height)×\(width), \(parts.count) parts to \(outChannels)" }
    var inChannels: Int { parts.map(\.channels).reduce(0, +) }
    var geometry: ConvolutionGeometry {
      ConvolutionGeometry(
        batch: batch, height: height, width: width, inChannels: inChannels, outChannels: outChannels, kernel: 3,
        padding: 1)
    }
  }

  static let shapes = [
    Shape(height: 7, width: 5, parts: [(3, 1, true, .relu)], outChannels: 4),
    Shape(batch: 2, height: 12, width: 10, parts: [(16, 2, true, nil), (8, 1, true, .leakyRelu(0.2))], outChannels: 9),
    Shape(
      height: 6, width: 14, parts: [(5, 2, false, nil), (11, 1, false, .tanh), (1, 1, true, nil)], outChannels: 17),
    Shape(batch: 3, height: 2, width: 2, parts: [(40, 2, true, .sigmoid)], outChannels: 33),
    Shape(height: 6, width: 6, parts: [(170, 2, true, nil), (100, 1, true, .relu)], outChannels: 150),
    Shape(height: 33, width: 4, parts: [(2, 1, false, nil), (2, 1, true, .relu)], outChannels: 24),
  ]

  private func numbers(_ count: Int, _ seed: UInt32) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(state >> 8) * 0x1p-23 - 1
    }
  }

  private func region(_ values: [Float]) -> Region {
    let region = Region(Storage(count: values.count))
    region.copy(values)
    return region
  }

  /// The parts of a shape, and the same numbers written out.
  private func input(_ shape: Shape) -> (parts: [MapPart], whole: Region) {
    var parts: [MapPart] = []
    let whole = Region(Storage(count: shape.batch * shape.height * shape.width * shape.inChannels))
    var first = 0
    for (index, part) in shape.parts.enumerated() {
      let (height, width, channels) = (shape.height / part.repeats, shape.width / part.repeats, part.channels)
      let stored = numbers(shape.batch * height * width * channels, UInt32(index) + 7)
      let table = part.isNormalized ? numbers(2 * channels, UInt32(index) + 70) : nil
      var values = stored
      for place in values.indices {
        let channel = place % channels
        if let table { values[place] = table[channels + channel].addingProduct(table[channel], values[place]) }
      }
      if let activation = part.activation {
        let activated = region(values)
        activation.forward(activated, into: activated)
        values = activated.values
      }
      for image in 0..<shape.batch {
        for y in 0..<shape.height {
          for x in 0..<shape.width {
            for channel in 0..<channels {
              let from = ((image * height + y / part.repeats) * width + x / part.repeats) * channels + channel
              let to = ((image * shape.height + y) * shape.width + x) * shape.inChannels + first + channel
              whole[to] = values[from]
            }
          }
        }
      }
      parts.append(
        MapPart(
          region(stored), channels: channels, normalization: table.map(region), activation: part.activation,
          repeats: part.repeats))
      first += channels
    }
    return (parts, whole)
  }

  private func expectClose(_ found: Region, _ expected: [Float], within tolerance: Float, _ what: Comment) {
    let largest = expected.map(abs).max()!
    let worst = zip(found.values, expected).map { abs($0 - $1) }.max()!
    #expect(worst <= tolerance * largest, what)
  }

  @Test(arguments: shapes) func partsAreTheInputWrittenOut(_ shape: Shape) {
    let g = shape.geometry
    let (parts, whole) = input(shape)
    let weights = region(numbers(9 * g.inChannels * g.outChannels, 3))
    let bias = region(numbers(g.outChannels, 4))
    let places = g.batch * g.height * g.width
    let (found, expected) = (
      Region(Storage(count: places * g.outChannels)), Region(Storage(count: places * g.outChannels))
    )
    g.forward(parts, weights: weights, bias: bias, activation: .relu, into: found)
    g.forward(whole, weights: weights, bias: bias, into: expected)
    expectClose(found, expected.values.map { max($0, 0) }, within: 3e-6, "forward")

    let gradient = region(numbers(places * g.outChannels, 5))
    let (foundWeights, expectedWeights) = (region(weights.values), region(weights.values))
    let foundBias = region(bias.values)
    g.weightGradient(parts, outputGradient: gradient, addedTo: foundWeights, bias: foundBias)
    g.weightGradient(whole, outputGradient: gradient, addedTo: expectedWeights)
    expectClose(foundWeights, expectedWeights.values, within: 3e-6, "weight gradient")
    var sums = bias.values.map(Double.init)
    for (place, value) in gradient.values.enumerated() { sums[place % g.outChannels] += Double(value) }
    expectClose(foundBias, sums.map { Float($0) }, within: 1e-6, "bias gradient")

    let all = Region(Storage(count: places * g.inChannels))
    g.inputGradient(gradient, weights: weights, into: all)
    var first = 0
    for part in shape.parts {
      let (height, width) = (g.height / part.repeats, g.width / part.repeats)
      var expected = numbers(g.batch * height * width * part.channels, 6)
      let found = region(expected)
      for image in 0..<g.batch {
        for y in 0..<g.height {
          for x in 0..<g.width {
            for channel in 0..<part.channels {
              let to = ((image * height + y / part.repeats) * width + x / part.repeats) * part.channels + channel
              expected[to] += all[((image * g.height + y) * g.width + x) * g.inChannels + first + channel]
            }
          }
        }
      }
      g.inputGradient(
        gradient, weights: weights, channels: first..<(first + part.channels), repeats: part.repeats, into: found,
        accumulating: true)
      expectClose(found, expected, within: 5e-6, "input gradient of part at \(first)")
      first += part.channels
    }
  }

  /// What lies beside a part's last channels in memory is never multiplied, not even by zero.
  @Test func neighboursInMemoryAreNotRead() {
    let g = ConvolutionGeometry(batch: 1, height: 8, width: 8, inChannels: 11, outChannels: 5, kernel: 3, padding: 1)
    let storage = Storage(count: 64 * 11 + 64)
    let around = Region(storage)
    around.fill(.nan)
    let input = around.part(0, 64 * 11)
    input.fill(1)
    let weights = region([Float](repeating: 0.5, count: 9 * 11 * 5))
    let output = Region(Storage(count: 64 * 5))
    g.forward([MapPart(input, channels: 11)], weights: weights, bias: nil, into: output)
    #expect(output.values.allSatisfy { $0.isFinite })
    let gradient = Region(Storage(count: 9 * 11 * 5))
    g.weightGradient([MapPart(input, channels: 11)], outputGradient: output, addedTo: gradient)
    #expect(gradient.values.allSatisfy { $0.isFinite })
  }
}
