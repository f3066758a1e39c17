import Networks
import Tensors

/// One step of the pixel-discriminating GAN with the defaults of the method; the next run is the training's next step. Ranks
/// share the batch.
struct GANStepWorkload: Workload {
  private let size: Int
  private let width: Int
  private var step: AdversarialStep
  private let images: Tensor
  private let labels: Tensor
  private var report: StepReport?

  init(size: Int, width: Int, batch: Int) throws(BenchmarkError) {
    (self.size, self.width) = (size, width)
    let (generator, discriminator) = try Self.networks(size: size, width: width)
    step = AdversarialStep(generator: generator, discriminator: discriminator, options: TrainingOptions())
    let stream = benchmarkStream
    images = uniformTensor([batch, size, size, 1], stream.substream("images"))
    labels = uniformTensor([batch, size, size, 1], stream.substream("labels")).map { $0 > 0.8 ? 1 : 0 }
  }

  private static func networks(
    size: Int, width: Int
  ) throws(BenchmarkError) -> (generator: Model, discriminator: Model) {
    // As many poolings as the image has room for, seven from 128 pixels on.
    let depth = min(DiscriminatorConfiguration().depth, Int.bitWidth - 1 - max(size, 2).leadingZeroBitCount)
    do throws(NetworkError) {
      let generator = try Model(UNetConfiguration(width: width), stream: benchmarkStream.substream("generator"))
      let discriminator = try Model(
        DiscriminatorConfiguration(width: width, depth: depth), stream: benchmarkStream.substream("discriminator"))
      for network in [generator, discriminator] { try network.architecture.checkSize(height: size, width: size) }
      return (generator, discriminator)
    } catch {
      throw .refused(code: error.code, message: error.message)
    }
  }

  var operationCount: Int? { nil }

  mutating func run() throws(BenchmarkError) {
    let part = BatchPart(of: images.shape[0])
    do throws(StepError) {
      report = try step.learn(
        images: images.rows(part.images), labels: labels.rows(part.images), part: part, rateShare: 1)
    } catch {
      throw .refused(code: "step-failed", message: "the training step failed: \(error)")
    }
  }

  /// The weights before the first step, drawn again: a copy kept through the steps would count as their memory.
  var given: [SafetensorsFile.Entry] {
    get throws(BenchmarkError) {
      let (generator, discriminator) = try Self.networks(size: size, width: width)
      return entries(of: generator, as: "generator") + entries(of: discriminator, as: "discriminator")
        + [.init(name: "image", tensor: images), .init(name: "truth", tensor: labels)]
    }
  }

  /// The weights now, and the last step's losses: L_DC and L_DP of the real map, of the generated one, then L_bce, L_DC
  /// and L_DP of G's step.
  var result: [SafetensorsFile.Entry] {
    var result = step.discriminator.map { entries(of: $0, as: "discriminator") } ?? []
    result += entries(of: step.generator, as: "generator")
    if let g = report?.generator, let d = report?.discriminator {
      let losses = [
        d.verdictOnReal, d.pixelsOfReal, d.verdictOnGenerated, d.pixelsOfGenerated, g.crossEntropy, g.verdict, g.pixels,
      ]
      result.append(.init(name: "losses", tensor: Tensor([losses.count], values: losses.map { Float($0 ?? .nan) })))
    }
    return result
  }
}

/// The probabilities of an untrained U-Net, as `predict` computes them.
struct PredictionWorkload: Workload {
  private let network: Model
  private let predictor: Predictor
  private let images: Tensor
  private var probability: Tensor

  init(size: Int, width: Int, batch: Int) throws(BenchmarkError) {
    do throws(NetworkError) {
      network = try Model(UNetConfiguration(width: width), stream: benchmarkStream.substream("generator"))
      try network.architecture.checkSize(height: size, width: size)
    } catch {
      throw .refused(code: error.code, message: error.message)
    }
    predictor = Predictor(network)
    images = uniformTensor([batch, size, size, 1], benchmarkStream.substream("images"))
    probability = Tensor([0])
  }

  var operationCount: Int? { nil }

  mutating func run() throws(BenchmarkError) {
    do throws(NetworkError) {
      probability = try predictor.predict(images: images)
    } catch {
      throw .refused(code: error.code, message: error.message)
    }
  }

  var given: [SafetensorsFile.Entry] {
    entries(of: network, as: "generator") + [.init(name: "image", tensor: images)]
  }
  var result: [SafetensorsFile.Entry] { [.init(name: "probability", tensor: probability)] }
}

private func entries(of model: Model, as role: String) -> [SafetensorsFile.Entry] {
  model.parameters.names.map { .init(name: "\(role)/\($0)", tensor: model.parameters[$0]) }
}
