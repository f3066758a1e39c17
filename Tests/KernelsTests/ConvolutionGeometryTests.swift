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
    // Filters that all threads share, and those that go by groups of target channels.
    ConvolutionGeometry(batch: 1, height: 13, width: 23, inChannels: 272, outChannels: 160, kernel: 3, padding: 1),
    ConvolutionGeometry(batch: 1, height: 5, width: 6, inChannels: 512, outChannels: 1024, kernel: 3, padding: 1),
    ConvolutionGeometry(
      batch: 2, height: 40, width: 50, inChannels: 5, outChannels: 40, kernel: 3, stride: 2, padding: 1),
    ConvolutionGeometry(
      batch: 1, height: 17, width: 30, inChannels: 6, outChannels: 20, kernel: 2, stride: 2, padding: 0,
      weightsAreTransposed: true),
    ConvolutionGeometry(batch: 1, height: 1, width: 61, inChannels: 90, outChannels: 50, kernel: 1, padding: 0),
    // Long sums into many channels: pieces of the depth, several blocks of places, a ragged last panel.
    ConvolutionGeometry(batch: 2, height: 1, width: 400, inChannels: 530, outChannels: 141, kernel: 1, padding: 0),
    ConvolutionGeometry(batch: 1, height: 13, width: 17, inChannels: 30, outChannels: 177, kernel: 5, padding: 2),
    ConvolutionGeometry(
      batch: 1, height: 9, width: 30, inChannels: 70, outChannels: 128, kernel: 3, stride: 1, dilation: 2, padding: 2),
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

  /// Within 3·10⁻⁶ of the largest number; within 5·10⁻⁶ where the sums are over 300 channels or more and there are tens of
  /// thousands of them, the worst of which was found to be 4·10⁻⁶ off.
  private func expectClose(_ region: Region, _ expected: [Double], channels: Int, _ what: Comment) {
    let largest = expected.map(abs).max()!
    let worst = zip(region.values, expected).map { abs(Double($0) - $1) }.max()!
    #expect(worst <= (channels < 300 || expected.count < 10_000 ? 3e-6 : 5e-6) * largest, what)
  }

  @Test(arguments: geometries) func againstPlainLoops(_ g: ConvolutionGeometry) {
    let input = numbers(g.batch * g.height * g.width * g.inChannels, 1)
    let output = numbers(g.batch * g.outHeight * g.outWidth * g.outChannels, 2)
    let weights = numbers(g.kernel * g.kernel * g.inChannels * g.outChannels, 3)
    let bias = numbers(g.outChannels, 4)
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
    let written = forward.indices.map { forward[$0] - Double(output[$0]) + Double(bias[$0 % g.outChannels]) }
    var bits: [[UInt32]] = []
    for (count, floats) in [(1, 8), (2, 8), (5, 8), (1, 16), (2, 16)] {
      let results = [region(output), region(input), region(weights), region(output)]
      Machine.computing(threads: count, vectorWidth: floats) {
        g.forward(region(input), weights: region(weights), bias: nil, into: results[0], accumulating: true)
        g.inputGradient(region(output), weights: region(weights), into: results[1], accumulating: true)
        g.weightGradient(region(input), outputGradient: region(output), addedTo: results[2])
        g.forward(region(input), weights: region(weights), bias: region(bias), into: results[3])
      }
      expectClose(results[3], written, channels: g.inChannels, "forward, with a bias and into what was there")
      expectClose(results[0], forward, channels: g.inChannels, "forward")
      expectClose(results[1], inputGradient, channels: g.outChannels, "input gradient")
      expectClose(results[2], weightGradient, channels: 1, "weight gradient")
      bits.append(results.flatMap { $0.values.map(\.bitPattern) })
    }
    #expect(bits.allSatisfy { $0 == bits[0] }, "neither the number of threads nor the width of vectors changes a bit")
  }

  /// As many tiles as make two blocks of the stages that all threads share, and target channels that make two groups;
  /// numbers here and there against plain sums, with a bias.
  @Test func largeFiltersOverSeveralBlocks() {
    let g = ConvolutionGeometry(
      batch: 2, height: 39, width: 45, inChannels: 640, outChannels: 488, kernel: 3, padding: 1)
    let input = numbers(g.batch * g.height * g.width * g.inChannels, 4)
    let weights = numbers(9 * g.inChannels * g.outChannels, 5)
    let bias = numbers(g.outChannels, 6)
    let slope = numbers(g.batch * g.height * g.width * g.outChannels, 7)
    func sum(_ terms: (Int, Int) -> Double?) -> Double {
      (0..<9).compactMap { terms($0 / 3, $0 % 3) }.reduce(0, +)
    }
    var bits: [[UInt32]] = []
    for (count, floats) in [(1, 8), (2, 16)] {
      let (forward, back) = (region([Float](repeating: 0, count: slope.count)), region(input))
      let (weightGradient, biasGradient) = (
        region([Float](repeating: 0, count: weights.count)), region([Float](repeating: 0, count: bias.count))
      )
      Machine.computing(threads: count, vectorWidth: floats) {
        g.forward(region(input), weights: region(weights), bias: region(bias), into: forward)
        g.inputGradient(region(slope), weights: region(weights), into: back)
        g.weightGradient(
          [MapPart(region(input), channels: g.inChannels)], outputGradient: region(slope), addedTo: weightGradient,
          bias: biasGradient)
      }
      var place = 17
      for _ in 0..<60 {
        place = (place &* 1_103_515_245 &+ 12345) & 0x7fff_ffff
        let pixel = place % (g.batch * g.height * g.width)
        let (image, y, x) = (pixel / (g.height * g.width), pixel / g.width % g.height, pixel % g.width)
        let (i, o) = (place / 7 % g.inChannels, place / 11 % g.outChannels)
        func at(_ row: Int, _ column: Int) -> Int? {
          row >= 0 && row < g.height && column >= 0 && column < g.width
            ? (image * g.height + row) * g.width + column : nil
        }
        let expected = sum { k, l in
          at(y + k - 1, x + l - 1).map { source in
            (0..<g.inChannels).reduce(0) {
              $0 + Double(input[source * g.inChannels + $1])
                * Double(weights[((3 * k + l) * g.inChannels + $1) * g.outChannels + o])
            }
          }
        }
        #expect(abs(Double(forward[pixel * g.outChannels + o]) - expected - Double(bias[o])) < 2e-4)
        let expectedBack = sum { k, l in
          at(y + 1 - k, x + 1 - l).map { source in
            (0..<g.outChannels).reduce(0) {
              $0 + Double(slope[source * g.outChannels + $1])
                * Double(weights[((3 * k + l) * g.inChannels + i) * g.outChannels + $1])
            }
          }
        }
        #expect(abs(Double(back[pixel * g.inChannels + i]) - expectedBack) < 2e-4)
        let (k, l) = (place / 13 % 3, place / 39 % 3)
        var expectedWeight = 0.0
        for image in 0..<g.batch {
          for y in max(0, 1 - k)..<min(g.height, g.height + 1 - k) {
            for x in max(0, 1 - l)..<min(g.width, g.width + 1 - l) {
              let from = (image * g.height + y + k - 1) * g.width + x + l - 1
              expectedWeight +=
                Double(input[from * g.inChannels + i])
                * Double(slope[((image * g.height + y) * g.width + x) * g.outChannels + o])
            }
          }
        }
        #expect(
          abs(Double(weightGradient[((3 * k + l) * g.inChannels + i) * g.outChannels + o]) - expectedWeight) < 4e-4)
        let expectedBias = stride(from: o, to: slope.count, by: g.outChannels).reduce(0) { $0 + Double(slope[$1]) }
        #expect(abs(Double(biasGradient[o]) - expectedBias) < 1e-3)
      }
      bits.append([forward, back, weightGradient, biasGradient].flatMap { $0.values.map(\.bitPattern) })
    }
    #expect(bits[0] == bits[1], "neither the number of threads nor the width of vectors changes a bit")
  }

  /// Vectors end beyond the last channel, where other threads write: not a bit of what lies there changes.
  @Test(arguments: [(128, 1), (100, 3), (56, 15), (12, 20), (3, 4), (130, 9)], [4, 9, 70])
  func nothingIsWrittenBeyondTheEnd(channels: (Int, Int), side: Int) {
    let g = ConvolutionGeometry(
      batch: 1, height: side, width: side, inChannels: channels.0, outChannels: channels.1, kernel: 3, padding: 1)
    let (input, output) = (numbers(side * side * channels.0, 11), numbers(side * side * channels.1, 12))
    let weights = numbers(9 * channels.0 * channels.1, 13)
    // Adding nothing to it, or writing it back from elsewhere, would make it a zero without a sign.
    func written(_ count: Int, _ body: (Region) -> Void) -> Bool {
      let whole = region([Float](repeating: -0.0, count: count + 32))
      body(whole.part(0, count))
      return whole.part(count, 32).values.contains { $0.bitPattern != Float(-0.0).bitPattern }
    }
    for floats in [8, 16] {
      Machine.computing(threads: 1, vectorWidth: floats) {
        #expect(
          !written(weights.count) { g.weightGradient(region(input), outputGradient: region(output), addedTo: $0) })
        #expect(
          !written(channels.1) {
            g.weightGradient(
              [MapPart(region(input), channels: channels.0)], outputGradient: region(output),
              addedTo: region(weights), bias: $0)
          })
        #expect(!written(output.count) { g.forward(region(input), weights: region(weights), bias: nil, into: $0) })
        #expect(!written(input.count) { g.inputGradient(region(output), weights: region(weights), into: $0) })
      }
    }
  }

  /// What other kernels left in the scratch memory is nobody's number, NaN least of all.
  @Test func scratchIsNotRead() {
    let spoiler = ConvolutionGeometry(
      batch: 1, height: 8, width: 8, inChannels: 8, outChannels: 8, kernel: 3, padding: 1)
    let head = ConvolutionGeometry(batch: 1, height: 4, width: 4, inChannels: 3, outChannels: 1, kernel: 1, padding: 0)
    let nothing = region([Float](repeating: .nan, count: 64 * 8))
    let out = region([Float](repeating: 0, count: 16))
    Machine.computing(threads: 1, vectorWidth: Machine.vectorWidth) {
      spoiler.weightGradient(nothing, outputGradient: nothing, addedTo: region([Float](repeating: 0, count: 9 * 64)))
      head.forward(region(numbers(48, 8)), weights: region([1, 2, 3]), bias: nil, into: out)
    }
    #expect(out.values.allSatisfy { $0.isFinite })
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
