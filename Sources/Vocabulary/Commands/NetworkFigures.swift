import Figures
import Imaging
import Language
import Networks
import Tensors

/// Figures of networks: `curves diagram`.
package enum NetworkFigures {
  static var commands: [Command] { [curves, diagram] }

  static let curves = Command(
    "curves", "losses and DSC by epoch",
    [
      .argument(
        "x", .either([.object(NetworkValue.typeName), .record, .object(ComparisonValue.typeName)]),
        "a trained network, several of them by title, or a comparison")
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "Of one network: the generator's loss terms, the discriminator's loss where there was one, and the DSC on the training "
        + "batches. Of several: the cross-entropy and the DSC of each, over all folds of a comparison in the mean.",
      examples: [
        "show (curves (train-net (phantom 4 size: 64) width: 4 epochs: 2))",
        "c = compare (phantom 6 size: 64) systems: [\"unet\", \"cgan\"] folds: 2 width: 4 epochs: 2",
        "show (curves c)",
      ]),
    check: NetworkChecks.curves
  ) { arguments, _ in
    if let network = arguments.object("x", as: NetworkValue.self) {
      guard !network.history.isEmpty else { throw untrained("this network") }
      return .object(FigureValue(try historyFigure(network.history)))
    }
    if let comparison = arguments.object("x", as: ComparisonValue.self) {
      let learned = try comparison.ranked.filter { !$0.networks.isEmpty }
      return .object(FigureValue(try severalHistories(learned.map { ($0.title, $0.networks.map(\.history)) })))
    }
    guard case .record(let record) = arguments["x"] else {
      preconditionFailure("the signature asks for a network, a record or a comparison")
    }
    let histories = try record.names.map { title -> (String, [[EpochRecord]]) in
      guard case .object(let object)? = record[title], let network = object as? NetworkValue else {
        throw noNetwork(title)
      }
      guard !network.history.isEmpty else { throw untrained("“\(title)”") }
      return (title, [network.history])
    }
    return .object(FigureValue(try severalHistories(histories)))
  }

  static func untrained(_ what: String) -> Failure {
    Failure(
      "untrained", "\(what) has not been trained, so there are no curves to draw",
      hint: "`train-net` and `train-gan` give a trained network")
  }

  static func noNetwork(_ title: String) -> Failure {
    Failure("wrong-kind", "curves takes networks under their titles; “\(title)” is something else")
  }

  private static func historyFigure(_ history: [EpochRecord]) throws -> Figure {
    func series(_ name: String, _ value: (EpochRecord) -> Double?) -> Series? {
      guard history.contains(where: { value($0) != nil }) else { return nil }
      return Series(name, byEpoch: history.map { value($0) ?? .nan })
    }
    let generator = [
      series("L_bce") { $0.generator.crossEntropy }, series("1 − soft DSC") { $0.generator.dice },
      series("L_DC") { $0.generator.verdict },
      series("L_DP") { $0.generator.pixels },
    ].compactMap { $0 }
    let judge = [
      series("D, real") { $0.discriminator?.real },
      series("D, generated") { $0.discriminator?.generated },
    ].compactMap { $0 }
    let dice = [series("training") { $0.trainingDice }, series("validation") { $0.validationDice }].compactMap { $0 }
    var charts = [Chart(generator, yLabel: "loss of G")]
    if !judge.isEmpty { charts.append(Chart(judge, yLabel: "loss of D")) }
    charts.append(Chart(dice, yLabel: "DSC", yRange: 0...1))
    return try Figure.curves(charts, xLabel: "epoch")
  }

  /// One curve a system, the mean of its trainings; an epoch that not all of them reached is the mean of those that did.
  private static func severalHistories(_ systems: [(title: String, histories: [[EpochRecord]])]) throws -> Figure {
    func chart(_ label: String, _ range: ClosedRange<Double>?, _ value: (EpochRecord) -> Double?) -> Chart? {
      let series = systems.compactMap { title, histories -> Series? in
        let epochs = histories.map(\.count).max() ?? 0
        let means = (0..<epochs).map { epoch -> Double in
          let values = histories.compactMap { epoch < $0.count ? value($0[epoch]) : nil }
          return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
        }
        return means.contains { !$0.isNaN } ? Series(title, byEpoch: means) : nil
      }
      return series.isEmpty ? nil : Chart(series, yLabel: label, yRange: range)
    }
    let charts = [
      chart("L_bce", nil) { $0.generator.crossEntropy },
      chart("loss of D", nil) { $0.discriminator?.total },
      chart("training DSC", 0...1) { $0.trainingDice },
      chart("validation DSC", 0...1) { $0.validationDice },
    ].compactMap { $0 }
    return try Figure.curves(charts, xLabel: "epoch")
  }

  static let diagram = Command(
    "diagram", "a network drawn: its maps, and the layers between them",
    [
      .argument("network", .object(NetworkValue.typeName), "a network, trained or not"),
      .option(
        "size", .optional(.integer(.within(1...4096))), default: Value.none,
        "side of the image in pixels; left out, 512 or the smallest the network takes"),
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "A bar is a map, its channels above it, a row one size. Blue arrows are the commonest layer; the legend names each. "
        + "Everything is read off the network itself, whatever its options were.",
      examples: ["show (diagram (unet width: 16))", "show (diagram (pixel-discriminator width: 8) size: 256)"],
      method: "Fig. 2 (the generator) and Fig. 3 (the pixel discriminator) of the 2021 paper."),
    check: NetworkChecks.diagram
  ) { arguments, _ in
    let network: NetworkValue = arguments.require("network")
    let side = arguments.isNone("size") ? network.describedSide : arguments.integer("size")
    return .object(FigureValue(try figure(of: network.model, side: side)))
  }

  /// For one image of `side` × `side` pixels.
  package static func figure(of model: Model, side: Int) throws -> Figure {
    try Figure.diagram(
      of: maps(of: try model.layers(height: side, width: side)),
      caption:
        "\(model.architecture.name) for one image of \(side)×\(side): \(model.trainableParameterCount) parameters")
  }

  /// The maps between layers: a normalisation or an activation belongs to the layer whose map nobody else reads.
  private static func maps(of layers: [LayerSummary]) -> [DiagramMap] {
    var readers: [String: Int] = [:]
    for input in layers.flatMap(\.inputs) { readers[input, default: 0] += 1 }
    var maps: [DiagramMap] = []
    var positions: [String: Int] = [:]
    for layer in layers {
      if layer.isEnding, let before = layer.inputs.first, readers[before] == 1, let place = positions[before],
        !maps[place].inputs.isEmpty
      {
        maps[place].operation += ", \(layer.operation)"
        maps[place].name = layer.outputName
        positions[layer.name] = place
        continue
      }
      positions[layer.name] = maps.count
      maps.append(
        DiagramMap(
          name: layer.inputs.isEmpty ? layer.name : layer.outputName, operation: layer.operation,
          inputs: layer.inputs.compactMap { positions[$0] }, height: layer.outputShape[1],
          width: layer.outputShape[2], channels: layer.outputShape[3]))
    }
    return maps
  }
}
