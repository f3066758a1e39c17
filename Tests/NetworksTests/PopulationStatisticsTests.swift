import Networks
import Tensors
import Testing

/// One batch for ever: population statistics over it are that batch's own.
private struct SingleBatch: BatchSource {
  let images: Tensor
  let batchesPerEpoch = 1
  func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor) {
    (images, Tensor([images.shape[0], images.shape[1], images.shape[2], 1]))
  }
}

struct PopulationStatisticsTests {
  private let images = Toy.images("population", count: 4)

  private func largestDifference(_ left: Tensor, _ right: Tensor) -> Float {
    (left - right).absolute().maximum()
  }

  /// Over a single batch, predicting with population statistics is the training-mode pass.
  @Test func aSingleBatchPredictsAsInTraining() throws {
    var model = try Toy.generator()
    let settled = try #require(try model.withPopulationStatistics(of: SingleBatch(images: images)))
    let plan = try Plan(model.graph, inputShapes: ["image": images.shape], mode: .training)
    let inTraining = try #require(plan.forward(["image": images], &model.parameters).values.first)
    let untouched = try Toy.generator().predict(images: images)
    #expect(largestDifference(try settled.predict(images: images), inTraining) < 1e-4)
    #expect(largestDifference(untouched, inTraining) > 0.05, "the test would prove nothing")
  }

  @Test func weightsStay() throws {
    let model = try Toy.generator()
    let settled = try #require(try model.withPopulationStatistics(of: SingleBatch(images: images)))
    for spec in model.graph.parameterSpecs where spec.isTrainable {
      #expect(settled.parameters[spec.name] == model.parameters[spec.name])
    }
  }

  /// Batches that differ: the variance counts what lies between their means.
  @Test func differencesBetweenBatchesCount() throws {
    let model = try Toy.generator()
    let first = try #require(try model.withPopulationStatistics(of: SingleBatch(images: images)))
    let second = try #require(try model.withPopulationStatistics(of: SingleBatch(images: images * 0.2)))
    let both = try #require(try model.withPopulationStatistics(of: TwoBatches(first: images, second: images * 0.2)))
    let layer = try #require(model.graph.parameterSpecs.first { $0.name.hasSuffix(".running-mean") }?.name)
    let variance = layer.replacing(".running-mean", with: ".running-variance")
    for channel in 0..<both.parameters[layer].count {
      let means = [first, second].map { Double($0.parameters[layer].values[channel]) }
      let variances = [first, second].map { Double($0.parameters[variance].values[channel]) }
      let mean = (means[0] + means[1]) / 2
      let gap = (means[0] - means[1]) / 2
      let expected = (variances[0] + variances[1]) / 2 + gap * gap
      #expect(abs(Double(both.parameters[layer].values[channel]) - mean) < 1e-5)
      #expect(abs(Double(both.parameters[variance].values[channel]) - expected) < 1e-4 * max(1, expected))
    }
  }
}

private struct TwoBatches: BatchSource {
  let first: Tensor
  let second: Tensor
  let batchesPerEpoch = 2
  func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor) {
    (index == 0 ? first : second, Tensor(first.shape))
  }
}
