import Figures
import Networks
import Tensors
import Testing
import Vocabulary

/// What is drawn of networks: each of the systems, and how they learnt.
struct NetworkFigureTests {
  /// Every convolution's map is a bar with its channels above, and what comes out bears its name.
  @Test(arguments: LearnedSystem.all) func everySystemHasADiagram(system: LearnedSystem) throws {
    let scale = SystemScale(width: 4, imageChannels: 1, side: 64, batchNormMomentum: 0.9)
    let networks = try system.networks(scale, stream: RandomStream(seed: 1))
    for model in [networks.generator, networks.discriminator].compactMap({ $0 }) {
      let figure = try Figure.diagram(of: model, side: 64)
      let labels = figure.labels.map(\.text)
      let convolutions = try model.layers(height: 64, width: 64).filter { $0.operation.contains("convolution") }
      for channels in Set(convolutions.map { $0.outputShape[3] }) {
        let count = convolutions.count { $0.outputShape[3] == channels }
        #expect(labels.count { $0 == "\(channels)" } >= count, "\(model.architecture.name), \(channels) channels")
      }
      let outputs = try model.layers(height: 64, width: 64).compactMap(\.outputName)
      #expect(outputs.count > 0 && outputs.allSatisfy(labels.contains))
      let bars = figure.marks.filter { $0.name == "map" }
      #expect(Set(bars).count == bars.count, "no two maps stand on each other")
    }
  }

  @Test func theDiscriminatorIsANetworkToo() throws {
    let program = """
      net = train-gan (phantom 2 size: 64 seed: 1) width: 4 epochs: 1 seed: 1
      print net.discriminator.parameters == parameters (pixel-discriminator width: 4 depth: 6)
      show (diagram net.discriminator size: 64)
      """
    #expect(try run(program).contains("\ntrue\n"))
    #expect(
      try mistake(in: "net = train-net (phantom 2 size: 64) width: 4 epochs: 1\nprint net.discriminator")
        == "no-discriminator")
  }

  @Test func curvesOfSeveralNetworks() throws {
    let program = """
      eyes = phantom 2 size: 64 seed: 1
      a = train-net eyes width: 4 epochs: 2 seed: 1
      b = train-gan eyes width: 4 epochs: 3 seed: 1
      show (curves ["U-Net": a, "GAN": b])
      """
    #expect(try run(program).contains("figure"))
    #expect(try mistake(in: "show (curves [\"a\": 1])") == "wrong-kind")
    #expect(try mistake(in: "show (curves [\"a\": (unet width: 4)])") == "untrained")
  }
}
