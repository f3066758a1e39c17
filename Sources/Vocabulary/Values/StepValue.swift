import Angiography
import Figures
import Imaging
import Language
import Networks
import Tensors

/// One step of adversarial learning, taken apart: what G drew, what D said of it, what each loss was.
public struct StepValue: ObjectValue, Describable {
  let trace: StepTrace
  let features: [Feature]

  public static let typeName = "step"
  public static let meaning = "one update of D and of G, with every map, loss and gradient in it"
  public static let members = [
    MemberDeclaration("images", .object(TensorValue.typeName), "X, batch × height × width × channels"),
    MemberDeclaration("labels", .object(TensorValue.typeName), "Y_G, the masks: 0 and 1"),
    MemberDeclaration("generated", .object(TensorValue.typeName), "G(X): probabilities"),
    MemberDeclaration("target", .object(TensorValue.typeName), "Y_DP of the generated map (Eq. 7)"),
    MemberDeclaration("de-real", .object(TensorValue.typeName), "De of the masks: 1 is “real”"),
    MemberDeclaration("dd-real", .object(TensorValue.typeName), "Dd of the masks, a value a pixel"),
    MemberDeclaration("de-generated", .object(TensorValue.typeName), "De of G's map, before D learnt"),
    MemberDeclaration("dd-generated", .object(TensorValue.typeName), "Dd of G's map, before D learnt"),
    MemberDeclaration("de-judged", .object(TensorValue.typeName), "De of G's map after D learnt: what G learns from"),
    MemberDeclaration("dd-judged", .object(TensorValue.typeName), "Dd of G's map after D learnt: what G learns from"),
    MemberDeclaration("losses", .record, "every term of Eq. 1 and Eq. 2"),
    MemberDeclaration("gradients", .object(TableValue.typeName), "the norm of each parameter's gradient"),
    MemberDeclaration("network", .object(NetworkValue.typeName), "the networks after the step"),
    MemberDeclaration("figure", .object(FigureValue.typeName), "the maps, a row an image"),
  ]

  public var summary: String {
    "step on \(trace.images.shape[0]) image\(trace.images.shape[0] == 1 ? "" : "s"): L "
      + "\(formatted(trace.report.generator.total, decimals: 4)), L_D "
      + "\(formatted(trace.report.discriminator?.total ?? 0, decimals: 4))"
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "images": tensor(trace.images)
    case "labels": tensor(trace.labels)
    case "generated": tensor(trace.generated)
    case "target": tensor(trace.pixelTarget)
    case "de-real": try answer(NetworkOutput.verdict, trace.onReal)
    case "dd-real": try answer(NetworkOutput.pixels, trace.onReal)
    case "de-generated": try answer(NetworkOutput.verdict, trace.onGenerated)
    case "dd-generated": try answer(NetworkOutput.pixels, trace.onGenerated)
    case "de-judged": try answer(NetworkOutput.verdict, trace.afterUpdate)
    case "dd-judged": try answer(NetworkOutput.pixels, trace.afterUpdate)
    case "losses": .record(losses)
    case "gradients": .object(gradients)
    case "network":
      .object(
        NetworkValue(
          trace.generator, discriminator: trace.discriminator, history: [], features: features, wasInterrupted: false))
    default: .object(FigureValue(try figure))
    }
  }

  /// The losses as a table.
  public func description() throws -> Value {
    .object(
      TableValue(
        title: summary, columns: ["term", "value"],
        rows: losses.names.map { name in
          guard case .number(let value, _)? = losses[name] else { return [.text(name), .empty] }
          return [.text(name), .number(value, decimals: 6)]
        }))
  }

  private func tensor(_ tensor: Tensor) -> Value { .object(TensorValue(tensor)) }

  private func answer(_ name: String, _ answers: [String: Tensor]) throws -> Value {
    guard let tensor = answers[name] else {
      throw Failure("no-answer", "\(trace.discriminator.architecture.name) has no output \(name)")
    }
    return self.tensor(tensor)
  }

  private var losses: Record {
    var record = Record()
    func note(_ name: String, _ value: Double?) { if let value { record[name] = .number(value) } }
    let (generator, discriminator) = (trace.report.generator, trace.report.discriminator)
    note("L_bce", generator.crossEntropy)
    note("1 − soft DSC", generator.dice)
    note("L_DC", generator.verdict)
    note("L_DP", generator.pixels)
    note("L", generator.total)
    note("L_DC real", discriminator?.verdictOnReal)
    note("L_DP real", discriminator?.pixelsOfReal)
    note("L_DC generated", discriminator?.verdictOnGenerated)
    note("L_DP generated", discriminator?.pixelsOfGenerated)
    note("L_D", discriminator?.total)
    return record
  }

  private var gradients: TableValue {
    let rows = [("G", trace.generatorGradients), ("D", trace.discriminatorGradients)].flatMap { network, norms in
      norms.map { [TableValue.Cell.text(network), .text($0.parameter), .number($0.norm, decimals: 6)] }
    }
    return TableValue(
      title: "norms of the gradients, of L for G and of L_D for D", columns: ["network", "parameter", "norm"],
      rows: rows)
  }

  /// X, Y_G, G(X), Y_DP and what D said of the pixels.
  var figure: Figure {
    get throws {
      let pixels = NetworkOutput.pixels
      let answers = [("Dd(Y)", trace.onReal[pixels]), ("Dd(G(X))", trace.onGenerated[pixels])]
        .compactMap { title, map in map.map { (title, $0) } }
      let rows = (0..<trace.images.shape[0]).map { index -> PanelRow in
        var cells = [
          PanelCell(.image(trace.images.plane(image: index))), PanelCell(.image(trace.labels.plane(image: index))),
          PanelCell(.probability(trace.generated.plane(image: index))),
          PanelCell(.image(trace.pixelTarget.plane(image: index))),
        ]
        cells += answers.map { PanelCell(.probability($0.1.plane(image: index))) }
        return PanelRow(title: "", cells: cells)
      }
      return try Figure.panel(rows: rows, columnTitles: ["X", "Y", "G(X)", "Y_DP"] + answers.map(\.0))
    }
  }
}

extension StepValue: ShownByFigure {}
