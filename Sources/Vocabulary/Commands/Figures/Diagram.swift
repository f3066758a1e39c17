import Angiography
import Figures
import Language
import Networks
import Tensors

extension Command {
  static let diagram = Command(
    "diagram", "a network drawn: its maps, and the layers between them",
    [
      .argument("network", .object(NetworkValue.typeName), "a network, trained or not"),
      .option(
        "size", .optional(.integer(.within(1...WorkingFrame.sides.upperBound))), default: Value.none,
        "side of the image in pixels; left out, 512 or the smallest the network takes"),
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "A bar is a map, its channels above it, a row one size. Blue arrows are the commonest layer; the legend names each. "
        + "Everything is read off the network itself, whatever its options were.",
      examples: ["show (diagram (unet width: 16))", "show (diagram (pixel-discriminator width: 8) size: 256)"],
      method: "Fig. 2 (the generator) and Fig. 3 (the pixel discriminator) of the 2021 paper."),
    plan: plan, run: run)
}

private struct Plan {
  let network: NetworkValue
  let side: Int?
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let side = call.integer("size")
  if let side, let network: NetworkFacts = call.facts("network"),
    let error = network.misfit(ImageSize(width: side, height: side), channels: nil)
  {
    call.report(error, on: "size")
  }
  guard let network = call.object("network", as: NetworkValue.self), call.value("size") != nil else {
    return Planned(nil)
  }
  return Planned(Plan(network: network, side: side))
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let side = plan.side ?? plan.network.describedSide
  return .object(FigureValue(try Figure.diagram(of: plan.network.model, side: side)))
}

extension Figure {
  /// For one image of `side` × `side` pixels.
  package static func diagram(of model: Model, side: Int) throws -> Figure {
    try Figure.diagram(
      of: diagramMaps(of: try model.layers(height: side, width: side)),
      caption:
        "\(model.architecture.name) for one image of \(side)×\(side): \(model.trainableParameterCount) parameters")
  }
}

/// The maps between layers: a normalisation or an activation belongs to the layer whose map nobody else reads.
private func diagramMaps(of layers: [LayerSummary]) -> [DiagramMap] {
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
