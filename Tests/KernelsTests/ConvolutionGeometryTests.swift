import Kernels
import Testing

/// Shapes large enough to be cut: blocks of columns, panels shared out between threads, weights that are summed in one group.
/// Every number is compared with plain loops in double precision.
@Suite(.serialized) struct ConvolutionGeometryTests {
  static let geometries = [
    ConvolutionGeometry(batch: 3, height: 30, width: 27, inChannels: 24, outChannels: 24, kernel: 3, padding: 1),
    ConvolutionGeometry(batch: 1, height: 6, width: 5, inChannels: 520, outChannels: 7, kernel: 3, padding: 0),
    ConvolutionGeometry(batch: 1, height: 5, width: 6, inChannels: 7, outChannels: 300, kernel: 3, padding: 2),
    ConvolutionGeometry(batch: 1, height: 3, width: 101, inChannels: 130, outChannels: 18, kernel: 3, padding: 1),
    ConvolutionGeometry(batch: 2, height: 7, width: 9, inChannels: 160, outChannels: 96, kernel: 3, padding: 1),
    ConvolutionGeometry(
      batch: 2, height: 40, width: 50, inChannels: 5, outChannels: 40, kernel: 3, stride: 2, padding: 1),
    ConvolutionGeometry(
      batch: 1, height: 17, width: 30, inChannels: 6, outChannels: 20, kernel: 2, stride: 2, padding: 0,
      weightsAreTransposed: true),
    ConvolutionGeometry(batch: 1, height: 1, width: 61, inChannels: 90, outChannels: 50, kernel: 1, padding: 0),
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

  /// Calls `body` with the indices into input, output and weights of every product.
  private func forEachProduct(_ g: ConvolutionGeometry, _ body: (Int, Int, Int) -> Void) {
    for image in 0..<g.batch {
      for y in 0..<g.outHeight {
        for x in 0..<g.outWidth {
          for tap in 0..<(g.kernel * g.kernel) {
            let row = y * g.stride - g.padding + tap / g.kernel * g.dilation
            let column = x * g.stride - g.padding + tap % g.kernel * g.dilation
            guard row >= 0, column >= 0, row < g.height, column < g.width else { continue }
            let input = ((image * g.height + row) * g.width + column) * g.inChannels
            let output = ((image * g.outHeight + y) * g.outWidth + x) * g.outChannels
            for i in 0..<g.inChannels {
              for o in 0..<g.outChannels {
                let weight =
                  g.weightsAreTransposed
                  ? (tap * g.outChannels + o) * g.inChannels + i : (tap * g.inChannels + i) * g.outChannels + o
                body(input + i, output + o, weight)
              }
            }
          }
        }
      }
    }
  }

  private func expectClose(_ region: Region, _ expected: [Double], _ what: Comment) {
    let largest = expected.map(abs).max()!
    let worst = zip(region.values, expected).map { abs(Double($0) - $1) }.max()!
    #expect(worst <= 3e-6 * largest, what)
  }

  @Test(arguments: geometries) func againstPlainLoops(_ g: ConvolutionGeometry) {
    let input = numbers(g.batch * g.height * g.width * g.inChannels, 1)
    let output = numbers(g.batch * g.outHeight * g.outWidth * g.outChannels, 2)
    let weights = numbers(g.kernel * g.kernel * g.inChannels * g.outChannels, 3)
    var forward = output.map(Double.init)
    var inputGradient = input.map(Double.init)
    var weightGradient = weights.map(Double.init)
    input.withUnsafeBufferPointer { input in
      output.withUnsafeBufferPointer { output in
        weights.withUnsafeBufferPointer { weights in
          forEachProduct(g) { i, o, w in
            forward[o] += Double(input[i]) * Double(weights[w])
            inputGradient[i] += Double(output[o]) * Double(weights[w])
            weightGradient[w] += Double(output[o]) * Double(input[i])
          }
        }
      }
    }
    let threads = Workers.count
    defer { Workers.use(threads: threads) }
    var bits: [[UInt32]] = []
    let width = Machine.vectorWidth
    defer { Machine.use(vectorWidth: width) }
    for (count, floats) in [(1, 8), (2, 8), (5, 8), (1, 16), (2, 16)] {
      Workers.use(threads: count)
      Machine.use(vectorWidth: floats)
      let results = [region(output), region(input), region(weights)]
      g.forward(region(input), weights: region(weights), bias: nil, into: results[0], accumulating: true)
      g.inputGradient(region(output), weights: region(weights), into: results[1], accumulating: true)
      g.weightGradient(region(input), outputGradient: region(output), addedTo: results[2])
      expectClose(results[0], forward, "forward")
      expectClose(results[1], inputGradient, "input gradient")
      expectClose(results[2], weightGradient, "weight gradient")
      bits.append(results.flatMap { $0.values.map(\.bitPattern) })
    }
    #expect(bits.allSatisfy { $0 == bits[0] }, "neither the number of threads nor the width of vectors changes a bit")
  }

  /// Numbers too small for a normal float are zero to every kernel, on every thread.
  @Test func denormalsAreFlushed() {
    let g = ConvolutionGeometry(batch: 1, height: 64, width: 64, inChannels: 8, outChannels: 8, kernel: 1, padding: 0)
    let tiny = region([Float](repeating: 1e-30, count: 64 * 64 * 8))
    let weights = region([Float](repeating: 1e-10, count: 64))
    let out = region([Float](repeating: 1, count: 64 * 64 * 8))
    g.forward(tiny, weights: weights, bias: nil, into: out)
    #expect(out.values.allSatisfy { $0 == 0 })
  }
}
