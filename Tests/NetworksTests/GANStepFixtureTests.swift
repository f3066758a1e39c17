import Networks
import Tensors
import Testing

/// One step of the whole method against PyTorch: D's step, then G's, with Adam.
@Suite struct GANStepFixtureTests {
  /// Gradients differ by at most this many roundings of the network's largest gradient: those of `NetworkFixtureTests`.
  static let gradientRoundings: Float = 2000

  @Test("losses, weights and running statistics after one step agree with PyTorch") func step() throws {
    let fixture = try Fixture("gan-step")
    let source = RepeatedBatch(
      images: hashed("gan/image", [2, 16, 16, 1], from: 0, to: 1), labels: hashedLabels("gan/truth", [2, 16, 16, 1]))
    var generator = try Model(UNetConfiguration(width: 4, depth: 2), stream: RandomStream(seed: 0))
    generator.parameters = hashedParameters(of: generator.graph, prefix: "gan/generator")
    var discriminator = try Model(
      DiscriminatorConfiguration(width: 4, depth: 3), stream: RandomStream(seed: 0))
    discriminator.parameters = hashedParameters(of: discriminator.graph, prefix: "gan/discriminator")

    let result = try trainGAN(
      generator: generator, discriminator: discriminator, on: source,
      options: TrainingOptions(epochs: 1, statistics: .running))
    let record = try #require(result.history.first)
    let g = record.generator
    let d = try #require(record.discriminator)
    let generatorLosses = [g.crossEntropy, try #require(g.verdict), try #require(g.pixels), g.total]
    let discriminatorLosses = try [d.verdictOnReal, d.pixelsOfReal, d.verdictOnGenerated, d.pixelsOfGenerated].map {
      try #require($0)
    }
    expectClose(
      Tensor([4], values: generatorLosses.map { Float($0) }), try fixture["generator losses"], roundings: 400, "L")
    expectClose(
      Tensor([4], values: discriminatorLosses.map { Float($0) }), try fixture["discriminator losses"], roundings: 400,
      "L_D")
    try compare(result.generator, with: "generator", in: fixture)
    try compare(try #require(result.discriminator), with: "discriminator", in: fixture)
  }

  /// Adam's first step is rate · g / (|g| + ε′) with ε′ = ε / √(1 − β₂), so an error δ of the gradient moves a weight by
  /// up to rate · δ · ε′ / (|g| − δ + ε′)², and never by more than twice the rate.
  private func compare(_ model: Model, with role: String, in fixture: Fixture) throws {
    let options = TrainingOptions()
    let epsilon = options.epsilon / (1 - options.beta2).squareRoot()
    let trainable = model.parameters.specs.filter(\.isTrainable).map(\.name)
    let largest = try trainable.map { try fixture["gradient of \(role)/\($0)"].absolute().maximum() }.max() ?? 0
    let gradientError = Self.gradientRoundings * unitRoundoff * largest
    for spec in model.parameters.specs {
      let found = model.parameters[spec.name]
      let reference = try fixture["\(role)/\(spec.name)"]
      guard spec.isTrainable else {
        expectClose(found, reference, roundings: 400, "\(role)/\(spec.name)")
        continue
      }
      let gradient = try fixture["gradient of \(role)/\(spec.name)"].values
      for (index, (value, expected)) in zip(found.values, reference.values).enumerated() {
        let slope = max(abs(gradient[index]) - gradientError, 0) + epsilon
        let bound = options.rate * min(2, gradientError * epsilon / (slope * slope)) + 4 * unitRoundoff * abs(expected)
        #expect(
          abs(value - expected) <= bound,
          "\(role)/\(spec.name)[\(index)]: \(value), not \(expected) ± \(bound); gradient \(gradient[index])")
      }
    }
  }
}

/// One batch, always the same.
struct RepeatedBatch: BatchSource {
  let images: Tensor
  let labels: Tensor
  var batchesPerEpoch = 1

  func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor) { (images, labels) }
}
