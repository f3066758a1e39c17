import Base
import FoundationEssentials
import Tensors

/// A trained network as it is kept in a file: the models, how they were trained, and how that went.
///
/// The file is safetensors: weights under `generator/NAME` and `discriminator/NAME`, and a description as JSON text in
/// the metadata. Weights come back bit for bit, a checksum tells of damage, and the same training gives the same bytes: how long it
/// took is not in the file.
public struct SavedNetwork: Sendable {
  public var generator: Model?
  public var discriminator: Model?
  /// How they were trained; `nil` for an untrained network.
  public var options: TrainingOptions?
  public var history: [EpochRecord]
  /// What the channels of its images are, in the caller's words; empty where nobody has said.
  public var channels: [String]
  public var wasInterrupted: Bool
  /// Side in pixels of the square images that it learnt from; `nil` where nobody has said.
  public var imageSide: Int?
  /// Between what the traits of its images lay, in the caller's terms; empty where nobody has said.
  public var imageTraits: [ClosedRange<Double>]
  /// Where an interrupted training stopped, to go on from.
  public var checkpoint: Checkpoint?
  /// Whether the file that it was read from had a checksum: those of the first version had none.
  public internal(set) var isSealed = true

  /// - Precondition: there is a generator or a discriminator.
  public init(
    generator: Model?, discriminator: Model? = nil, options: TrainingOptions? = nil, history: [EpochRecord] = [],
    channels: [String] = [], wasInterrupted: Bool = false, imageSide: Int? = nil,
    imageTraits: [ClosedRange<Double>] = [], checkpoint: Checkpoint? = nil
  ) {
    precondition(generator != nil || discriminator != nil, "a saved network has at least one model")
    self.generator = generator
    self.discriminator = discriminator
    self.options = options
    self.history = history
    self.channels = channels
    self.wasInterrupted = wasInterrupted
    self.imageSide = imageSide
    self.imageTraits = imageTraits
    self.checkpoint = checkpoint
  }

  /// Larger files are refused before memory is taken: 4 GiB, thirty times the largest network.
  public static let largestFile = 4 << 30
}

extension SavedNetwork {
  /// Writes the file in one piece or not at all. `engineVersion` is recorded for people to see.
  public func save(to path: String, engineVersion: String) throws(SavingError) {
    let bytes = encoded(engineVersion: engineVersion)
    do throws(FileError) {
      try writeFile(bytes, to: path)
    } catch {
      throw .file(error)
    }
  }

  /// Opens a file that may be anything.
  public init(opening path: String) throws(SavingError) {
    let file = try SafetensorsFile(opening: path)
    do throws(SavingError) {
      try self.init(file)
    } catch {
      throw error.at(path)
    }
  }

  /// The file's bytes: the same network gives the same bytes.
  public func encoded(engineVersion: String) -> [UInt8] {
    var entries = modelEntries
    var metadata = [
      "format": NetworkDescription.format, "format_version": FormatVersion.network.text,
      "engine_version": engineVersion, "description": jsonText(of: description),
    ]
    if let checkpoint {
      entries += checkpoint.entries.map { .init(name: Self.checkpointPrefix + $0.name, tensor: $0.tensor) }
      metadata[Self.checkpointKey] = checkpoint.description
      metadata[Self.checkpointVersionKey] = FormatVersion.checkpoint.text
    }
    return SafetensorsFile(entries: entries, metadata: metadata, isSealed: true).encoded()
  }

  /// Reads untrusted bytes. The description is checked before anything is built from it, and the tensors must be
  /// exactly those the described networks ask for, with numbers a network can have.
  public init(decoding bytes: [UInt8]) throws(SavingError) {
    let file: SafetensorsFile
    do throws(SafetensorsError) {
      file = try SafetensorsFile(decoding: bytes)
    } catch {
      throw .safetensors(path: nil, error)
    }
    try self.init(file)
  }

  private init(_ file: SafetensorsFile) throws(SavingError) {
    let description = try NetworkDescription(metadata: file.metadata, isSealed: file.isSealed)
    var tensors = file.tensorsByName
    try self.init(description, taking: &tensors)
    checkpoint = try file.metadata[Self.checkpointKey].map { text throws(SavingError) in
      try FormatVersion.checkpoint.check(file.metadata[Self.checkpointVersionKey], isSealed: file.isSealed)
      return try Self.checkpoint(text, taking: &tensors)
    }
    if let stranger = tensors.keys.min() { throw .unexpectedTensor(path: nil, name: stranger) }
    isSealed = file.isSealed
  }
}

extension SavedNetwork {
  /// All but the weights, and where training stopped.
  var description: NetworkDescription {
    NetworkDescription(
      formatVersion: FormatVersion.network.written, generator: generator?.architecture,
      discriminator: discriminator?.architecture, options: options, history: history, channels: channels,
      wasInterrupted: wasInterrupted, imageSide: imageSide, imageTraits: imageTraits.isEmpty ? nil : imageTraits)
  }

  /// The weights, under their names in a file of one network.
  var modelEntries: [SafetensorsFile.Entry] {
    (generator?.entries(as: .generator) ?? []) + (discriminator?.entries(as: .discriminator) ?? [])
  }

  /// The network of a description, whose weights are taken out of `tensors`.
  init(_ description: NetworkDescription, taking tensors: inout [String: Tensor]) throws(SavingError) {
    let generator = try description.generator.map { architecture throws(SavingError) in
      try Model(architecture, as: .generator, taking: &tensors)
    }
    let discriminator = try description.discriminator.map { architecture throws(SavingError) in
      try Model(architecture, as: .discriminator, taking: &tensors)
    }
    self.init(
      generator: generator, discriminator: discriminator, options: description.options,
      history: description.history, channels: description.channels, wasInterrupted: description.wasInterrupted,
      imageSide: description.imageSide, imageTraits: description.imageTraits ?? [])
  }
}

extension SavedNetwork {
  /// Before the names of a checkpoint's tensors, and where its description stands in the metadata.
  static let checkpointPrefix = "checkpoint/"
  static let checkpointKey = "checkpoint"
  static let checkpointVersionKey = "checkpoint_version"

  private static func checkpoint(
    _ description: String, taking tensors: inout [String: Tensor]
  ) throws(SavingError) -> Checkpoint {
    var own = tensors.takeThose(under: checkpointPrefix)
    let checkpoint = try Checkpoint(description: description, taking: &own)
    if let stranger = own.keys.min() { throw .unexpectedTensor(path: nil, name: checkpointPrefix + stranger) }
    return checkpoint
  }
}

extension Dictionary where Key == String {
  /// Takes those out whose names begin with a prefix, and gives them without it.
  mutating func takeThose(under prefix: String) -> [String: Value] {
    var taken: [String: Value] = [:]
    for name in keys where name.hasPrefix(prefix) {
      taken[String(name.dropFirst(prefix.count))] = removeValue(forKey: name)
    }
    return taken
  }
}

extension SafetensorsFile {
  var tensorsByName: [String: Tensor] { Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.tensor) }) }

  /// Opens a file that may be anything.
  init(opening path: String) throws(SavingError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: SavedNetwork.largestFile)
    } catch {
      throw .file(error)
    }
    try self.init(decoding: bytes, at: path)
  }

  /// From the bytes of a file that may be anything.
  init(decoding bytes: [UInt8], at path: String) throws(SavingError) {
    do throws(SafetensorsError) { try self.init(decoding: bytes) } catch { throw .safetensors(path: path, error) }
  }
}

/// What a model is in the file.
enum Role: String, CaseIterable {
  case generator, discriminator
}

extension Model {
  /// The model's tensors under their names in the file.
  func entries(as role: Role) -> [SafetensorsFile.Entry] {
    parameters.names.map { SafetensorsFile.Entry(name: "\(role.rawValue)/\($0)", tensor: parameters[$0]) }
  }

  /// The model whose tensors a file holds; takes them out of `tensors`.
  init(_ architecture: Architecture, as role: Role, taking tensors: inout [String: Tensor]) throws(SavingError) {
    let graph = try architecture.describedGraph(as: role)
    func take(_ name: String, shape: [Int]) throws(SavingError) -> Tensor {
      let tensor = tensors.removeValue(forKey: name)
      try checkShape(tensor?.shape, of: name, expected: shape)
      guard let tensor else { throw .missingTensor(path: nil, name: name) }
      guard tensor.isFinite, !name.hasSuffix(Model.varianceSuffix) || tensor.minimum() >= 0 else {
        throw .impossibleValues(path: nil, name: name)
      }
      return tensor
    }
    // All shapes are right before memory is taken for the description's networks.
    var taken: [Tensor] = []
    for spec in graph.parameterSpecs { taken.append(try take("\(role.rawValue)/\(spec.name)", shape: spec.shape)) }
    var parameters = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 0))
    for (spec, tensor) in zip(graph.parameterSpecs, taken) { parameters[spec.name] = tensor }
    self.init(architecture, graph: graph, parameters: parameters)
  }
}

extension Architecture {
  /// The graph of a network that a file describes, unless there can be no such network in that role.
  func describedGraph(as role: Role) throws(SavingError) -> Graph {
    guard (role == .generator) == isGenerator else {
      throw .badDescription(path: nil, reason: "\(name) as the \(role.rawValue)")
    }
    do throws(NetworkError) {
      try configuration.validate()
    } catch {
      throw .badDescription(path: nil, reason: error.message)
    }
    return configuration.graph()
  }
}

/// - Parameter shape: of the file's tensor; `nil` where it has none.
func checkShape(_ shape: [Int]?, of name: String, expected: [Int]) throws(SavingError) {
  guard let shape else { throw .missingTensor(path: nil, name: name) }
  guard shape == expected else { throw .shapeDiffers(path: nil, name: name, expected: expected, found: shape) }
}
