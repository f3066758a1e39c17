import Angiography
import Imaging
import Language
import Methods
import Networks

/// A network, before or after training: the generator, the discriminator trained beside it, and how training went.
public struct NetworkValue: Resumable, Describable {
  package let network: TrainedNetwork

  package init(_ network: TrainedNetwork) { self.network = network }

  public init(untrained model: Model) {
    self.init(model, discriminator: nil, history: [], features: [], wasInterrupted: false)
  }

  package init(
    _ model: Model, discriminator: Model?, history: [EpochRecord], features: [Feature], wasInterrupted: Bool,
    imageSide: Int? = nil, usual: UsualTraits? = nil, checkpoint: Checkpoint? = nil
  ) {
    network = TrainedNetwork(
      model, discriminator: discriminator, history: history, features: features, wasInterrupted: wasInterrupted,
      imageSide: imageSide, usual: usual, checkpoint: checkpoint)
  }

  public var model: Model { network.model }
  /// The discriminator of a GAN.
  public var discriminator: Model? { network.discriminator }
  /// One record an epoch; empty before training.
  public var history: [EpochRecord] { network.history }
  /// What it learnt to see of an image; empty before training.
  public var features: [Feature] { network.features }
  public var wasInterrupted: Bool { network.wasInterrupted }
  /// Side in pixels of the square images that it learnt from; `nil` where they were none, or nobody has said.
  public var imageSide: Int? { network.imageSide }
  /// Where an interrupted training stopped, to go on from.
  public var checkpoint: Checkpoint? { network.checkpoint }
  /// Worked on training; `nil` where a part of that came from a file.
  public var seconds: Double? { network.seconds }

  public static let typeName = "network"
  public static let meaning = "an architecture with its weights, its history, and what it needs to go on training"
  public static let members = [
    MemberDeclaration("parameters", .number, "how many weights training adjusts"),
    MemberDeclaration("discriminator", .object("network"), "the D that was trained beside it"),
    MemberDeclaration("history", .object(TableValue.typeName), "the losses and the DSC, a row an epoch"),
    MemberDeclaration("epochs", .number, "whole epochs trained so far"),
    MemberDeclaration(
      "seconds", .oneOf([.number, .none]), "how long that took; none where a part of it was another run's"),
    MemberDeclaration("features", .list(of: .text), "what it learnt to see of an image; empty before training"),
    MemberDeclaration("interrupted", .truth, "whether training was stopped before its last epoch"),
  ]

  public var summary: String {
    let partner = discriminator.map { " with \($0.architecture.name)" } ?? ""
    let steps = checkpoint?.stepsBegun ?? 0
    let part = steps == 0 ? "" : " and \(steps) step\(steps == 1 ? "" : "s") of the next"
    let state =
      history.isEmpty
      ? "untrained"
      : "\(network.wholeEpochs) epoch\(network.wholeEpochs == 1 ? "" : "s")\(part)"
        + (wasInterrupted ? ", interrupted" : "")
    return "network \(model.architecture.name)\(partner), \(model.trainableParameterCount) parameters, \(state)"
  }

  static let withoutDiscriminator = Failure(
    "no-discriminator", "this network was trained without a discriminator",
    hint: "`train-gan` and `train-system` train one")

  public var facts: (any Facts)? { NetworkFacts(self) }

  /// The discriminator as a network of its own.
  private var partner: NetworkValue {
    get throws {
      guard let discriminator else {
        throw Self.withoutDiscriminator
      }
      return NetworkValue(
        discriminator, discriminator: nil, history: history, features: features, wasInterrupted: wasInterrupted,
        imageSide: imageSide)
    }
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "parameters": .number(Double(model.trainableParameterCount))
    case "discriminator": .object(try partner)
    case "history": .object(historyTable)
    case "features": .list(features.map { .text($0.description) })
    case "epochs": .number(Double(network.wholeEpochs))
    case "seconds": seconds.map { .number($0) } ?? .none
    default: .truth(wasInterrupted)
    }
  }

  /// The layers of the network, for the size that its images have been or, where that isn't known, for 512 pixels.
  public func description() throws -> Value {
    let side = describedSide
    let layers = try model.layers(height: side, width: side)
    let operations = layers.reduce(0) { $0 + $1.operationCount }
    let rows = layers.map { layer -> [TableValue.Cell] in
      [
        .text(layer.name), .text(layer.operation),
        .text(layer.outputShape.dropFirst().map(String.init).joined(separator: "×")),
        .number(Double(layer.parameterCount), decimals: 0),
        .number(Double(layer.operationCount) / 1e6, decimals: 1),
      ]
    }
    return .object(
      TableValue(
        title: "\(summary); \(formatted(Double(operations) / 1e9, decimals: 1)) GFLOP for one image of \(side)×\(side)",
        columns: ["layer", "operation", "output", "parameters", "MFLOP"], rows: rows))
  }

  /// In pixels.
  var describedSide: Int { imageSide ?? max(512, model.architecture.configuration.sizeRule.minimum) }

  private var historyTable: TableValue {
    let isAdversarial = history.contains { $0.discriminator != nil }
    let isValidated = history.contains { $0.validationDice != nil }
    let hasDice = history.contains { $0.generator.dice != nil }
    let hasUnlabelled = history.contains { $0.generator.selfTaught != nil }
    var columns = ["epoch", "L", "L_bce"] + (hasDice ? ["1 − soft DSC"] : [])
    if hasUnlabelled { columns += ["L_semi", "trusted"] }
    if isAdversarial { columns += ["L_DC", "L_DP", "L_D", "D real", "D generated", "D is"] }
    columns.append("DSC")
    if isValidated { columns.append("validation DSC") }
    let rows = history.map { record -> [TableValue.Cell] in
      var row: [TableValue.Cell] = [
        .number(Double(record.epoch), decimals: 0), .number(record.generator.total, decimals: 4),
        .number(record.generator.crossEntropy, decimals: 4),
      ]
      if hasDice { row.append(cell(record.generator.dice)) }
      if hasUnlabelled { row += [cell(record.generator.selfTaught), cell(record.generator.trusted)] }
      if isAdversarial {
        let judge = record.discriminator
        row += [
          cell(record.generator.verdict), cell(record.generator.pixels), cell(judge?.total),
          cell(judge?.real),
          cell(judge?.generated), .text(record.discriminatorHealth?.rawValue ?? "–"),
        ]
      }
      row.append(.number(record.trainingDice, decimals: 4))
      if isValidated { row.append(cell(record.validationDice)) }
      return row
    }
    return TableValue(title: "training history", columns: columns, rows: rows)
  }

  private func cell(_ value: Double?) -> TableValue.Cell { value.map { .number($0, decimals: 4) } ?? .empty }
}

extension NetworkValue {
  /// What `save` writes: a discriminator alone stands in its own place.
  var saved: SavedNetwork { network.saved }

  /// - Throws: `no-network` when the file holds neither a generator nor a discriminator.
  init(_ saved: SavedNetwork) throws {
    guard let network = try TrainedNetwork(saved) else { throw Failure("no-network", "the file holds no network") }
    self.init(network)
  }
}

extension NetworkValue: Presentable {
  static var isShownInside: Bool { false }

  /// Its layers.
  var presentations: [Presentation] {
    get throws {
      guard case .object(let table as TableValue) = try description() else { return [.text(display)] }
      return [.table(table)]
    }
  }
}

extension NetworkValue: Openable {
  /// Of files that hold a network.
  static let openedEndings = ["safetensors"]
  static let fileForm = FileForm("networks", .oneOf(openedEndings), "networks are written as .safetensors")

  /// Segmenters of networks have the same ending.
  static func isFile(at place: String) -> Bool { !SegmenterOfNetworks.isFile(at: place) }

  func write(to target: FileTarget) throws { try target.write(saved.encoded(engineVersion: engineVersion)) }

  static func known(ofFileAt place: String, _ call: inout CheckedCall) -> Known? {
    let outline = call.remembered("network \(place)") { _ in
      Result { () throws(SavingError) in try SavedNetworkOutline(probing: place) }
    }
    switch outline {
    case .success(let outline):
      do throws(FeatureError) { return .network(try NetworkFacts(outline)) } catch {
        call.report(error, on: "path")
      }
    case .failure(let error): call.report(error, on: "path")
    }
    return .network(NetworkFacts())
  }

  static func open(_ place: String, writtenAs path: String, _ context: Context) throws -> Value {
    let saved = try SavedNetwork(opening: place)
    if !saved.isSealed {
      context.host.note(
        "\(path) is of an earlier cnp and has no checksum, so damage would go unseen; `save` gives it one")
    }
    return .object(try NetworkValue(saved))
  }
}
