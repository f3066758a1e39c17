import Base
import Tensors

/// Several trained networks in one file, or none, and what is done with what they say.
///
/// The file is safetensors, the network of place i under `network<i + 1>/`, else as a file of one has it; how training went comes along,
/// where it stopped does not. Weights come back bit for bit, a checksum tells of damage, and the same networks give the same bytes.
public struct SavedNetworks: Sendable {
  public let networks: [SavedNetwork]
  /// What is done with their maps, as JSON text of the caller's.
  public let use: String

  /// - Precondition: each has a generator.
  public init(_ networks: [SavedNetwork], use: String) {
    precondition(networks.allSatisfy { $0.generator != nil }, "networks that give maps")
    (self.networks, self.use) = (networks, use)
  }

  /// Marks such files among all safetensors.
  static let format = "cnp-segmenter"
  private static let useKey = "use"

  private static func key(_ place: Int) -> String { "network\(place + 1)" }
}

extension SavedNetworks {
  /// Whether a file's header says that it is one.
  public static func isFile(at path: String) -> Bool {
    (try? SafetensorsHeader(probing: path))?.metadata["format"] == format
  }

  /// The file's bytes. `engineVersion` is recorded for people to see.
  public func encoded(engineVersion: String) -> [UInt8] {
    var entries: [SafetensorsFile.Entry] = []
    var metadata = [
      "format": Self.format, "format_version": FormatVersion.segmenter.text, "engine_version": engineVersion,
      Self.useKey: use,
    ]
    for (place, network) in networks.enumerated() {
      let key = Self.key(place)
      entries += network.modelEntries.map { .init(name: "\(key)/\($0.name)", tensor: $0.tensor) }
      metadata[key] = jsonText(of: network.description)
    }
    return SafetensorsFile(entries: entries, metadata: metadata, isSealed: true).encoded()
  }

  /// Opens a file that may be anything.
  public init(opening path: String) throws(SavingError) {
    let file = try SafetensorsFile(opening: path)
    do throws(SavingError) { try self.init(file) } catch { throw error.at(path) }
  }

  private init(_ file: SafetensorsFile) throws(SavingError) {
    let (descriptions, use) = try Self.descriptions(in: file.metadata, isSealed: file.isSealed)
    var tensors = file.tensorsByName
    let networks = try Self.parts(of: descriptions, taking: &tensors) { description, own throws(SavingError) in
      try SavedNetwork(description, taking: &own)
    }
    self.init(networks, use: use)
  }

  /// What a file's metadata, which may be anything, describe.
  fileprivate static func descriptions(
    in metadata: [String: String], isSealed: Bool
  ) throws(SavingError) -> (networks: [NetworkDescription], use: String) {
    guard metadata["format"] == format, let use = metadata[useKey] else { throw .notASegmenter(path: nil) }
    try FormatVersion.segmenter.check(metadata["format_version"], isSealed: isSealed)
    var networks: [NetworkDescription] = []
    while let text = metadata[key(networks.count)] {
      let part = key(networks.count)
      let description: NetworkDescription
      do throws(SavingError) { description = try NetworkDescription(text) } catch { throw error.within("\(part):") }
      guard description.generator != nil else { throw .badDescription(path: nil, reason: "\(part) gives no maps") }
      networks.append(description)
    }
    return (networks, use)
  }

  /// Something of each described network, which takes out of `contents` what is under its names; nothing else may be there.
  fileprivate static func parts<Part, Content>(
    of descriptions: [NetworkDescription], taking contents: inout [String: Content],
    _ part: (NetworkDescription, inout [String: Content]) throws(SavingError) -> Part
  ) throws(SavingError) -> [Part] {
    var parts: [Part] = []
    for (place, description) in descriptions.enumerated() {
      let prefix = "\(key(place))/"
      var own = contents.takeThose(under: prefix)
      do throws(SavingError) {
        parts.append(try part(description, &own))
        if let stranger = own.keys.min() { throw .unexpectedTensor(path: nil, name: stranger) }
      } catch { throw error.within(prefix) }
    }
    if let stranger = contents.keys.min() { throw .unexpectedTensor(path: nil, name: stranger) }
    return parts
  }
}

/// What a file of several networks says before its weights are read.
public struct SavedNetworksOutline: Sendable {
  public let networks: [SavedNetworkOutline]
  /// What is done with their maps, as JSON text of the caller's.
  public let use: String

  /// Reads the header of a file that may be anything, and no weights.
  ///
  /// - Throws: what `SavedNetworks.init(opening:)` would, but for impossible numbers among the weights and a wrong checksum.
  public init(probing path: String) throws(SavingError) {
    let header = try SafetensorsHeader(probing: path)
    do throws(SavingError) {
      let (descriptions, use) = try SavedNetworks.descriptions(in: header.metadata, isSealed: header.digest != nil)
      var shapes = header.shapesByName
      networks = try SavedNetworks.parts(of: descriptions, taking: &shapes) { description, own throws(SavingError) in
        try SavedNetworkOutline(description, taking: &own)
      }
      self.use = use
    } catch {
      throw error.at(path)
    }
  }
}
