import Networks
import Tensors
import Testing

/// Every system of Table 1 and every ablation is made of networks that fit each other and learn.
@Suite struct SystemsTests {
  @Test("a system learns to find a dark square", arguments: LearnedSystem.all.map(\.name))
  func learns(_ name: String) throws {
    let system = try #require(LearnedSystem.named(name))
    let scale = SystemScale(width: 4, side: 32, batchNormMomentum: 0.9)
    let networks = try system.networks(scale, stream: RandomStream(seed: 3))
    let marks = enlarged(Toy.labels(count: 2))
    // Of the nested ones the territory is the marks themselves.
    let labels =
      networks.generator.architecture.labelChannels == 1
      ? marks : Tensor(marks.shape.dropLast() + [2], values: marks.values.flatMap { [$0, $0] })
    let source = RepeatedBatch(images: enlarged(Toy.images("batch 0", count: 2)), labels: labels)
    let result = try train(
      networks.generator, against: networks.discriminator, on: source, options: Toy.options(epochs: 40, rate: 5e-3))
    let first = try #require(result.history.first?.generator.crossEntropy)
    let last = try #require(result.history.last)
    #expect(last.generator.crossEntropy < 0.6 * first)
    #expect((networks.generator.graph.outputNames.contains(NetworkOutput.territory)) == name.hasPrefix("nested"))
    #expect(
      (last.generator.verdict != nil)
        == ["cgan", "cgan-aspp", "pixel-gan", "map-gan", "nested-pixel-gan"].contains(name))
    #expect(
      (last.generator.pixels != nil)
        == ["pixel-gan", "pixel-only-gan", "pointwise-gan", "nested-pixel-gan"].contains(name))
    #expect((last.discriminator == nil) == ["fcn8", "unet", "nested-unet"].contains(name))
  }

  @Test("systems that share a generator start from the same weights") func sharedStart() throws {
    let scale = SystemScale(width: 4, side: 64)
    let starts = try ["unet", "cgan", "pixel-gan", "map-gan", "pixel-only-gan", "pointwise-gan"].map { name in
      try Toy.weights(#require(LearnedSystem.named(name)).networks(scale, stream: RandomStream(seed: 9)).generator)
    }
    #expect(starts.allSatisfy { $0 == starts[0] })
  }

  @Test("names are unique, and files know every network") func names() throws {
    #expect(Set(LearnedSystem.all.map(\.name)).count == LearnedSystem.all.count)
    for system in LearnedSystem.all {
      let networks = try system.networks(SystemScale(width: 4, side: 64), stream: RandomStream(seed: 9))
      let saved = SavedNetwork(generator: networks.generator, discriminator: networks.discriminator)
      let opened = try SavedNetwork(decoding: saved.encoded(engineVersion: "test"))
      #expect(opened.generator?.architecture == networks.generator.architecture)
      #expect(opened.discriminator?.architecture == networks.discriminator?.architecture)
    }
  }

  /// Every pixel as 2×2, so that five poolings leave one.
  private func enlarged(_ x: Tensor) -> Tensor {
    var y = Tensor([x.shape[0], 32, 32, 1])
    for image in 0..<x.shape[0] {
      for row in 0..<32 {
        for column in 0..<32 {
          y[flat: (image * 32 + row) * 32 + column] = x[flat: (image * 16 + row / 2) * 16 + column / 2]
        }
      }
    }
    return y
  }
}
