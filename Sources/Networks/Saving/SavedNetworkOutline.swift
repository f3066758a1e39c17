import Base
import Tensors

/// What a saved network's file says before its weights are read.
public struct SavedNetworkOutline: Sendable, Hashable {
  public let generator: Architecture?
  public let discriminator: Architecture?
  public let epochs: Int
  /// What the channels of its images are, in the caller's words; empty where nobody has said.
  public let channels: [String]
  public let wasInterrupted: Bool
  /// Side in pixels of the square images that it learnt from; `nil` where nobody has said.
  public let imageSide: Int?

  /// Reads the header of a file that may be anything, and no weights: format, description, the tensors' names and shapes
  /// and that all their bytes are there.
  ///
  /// - Throws: what `SavedNetwork.init(opening:)` would, but for impossible numbers among the weights and a wrong checksum.
  public init(probing path: String) throws(SavingError) {
    let header = try SafetensorsHeader(probing: path)
    do throws(SavingError) {
      try self.init(header)
    } catch {
      throw error.at(path)
    }
  }

  private init(_ header: SafetensorsHeader) throws(SavingError) {
    let description = try NetworkDescription(metadata: header.metadata, isSealed: header.digest != nil)
    var shapes = header.shapesByName
    try self.init(description, taking: &shapes)
    // What a checkpoint inside needs is seen when it is read.
    if header.metadata[SavedNetwork.checkpointKey] != nil {
      shapes = shapes.filter { !$0.key.hasPrefix(SavedNetwork.checkpointPrefix) }
    }
    if let stranger = shapes.keys.min() { throw .unexpectedTensor(path: nil, name: stranger) }
  }

  /// The outline of a network's description, whose tensors are taken out of `shapes`.
  init(_ description: NetworkDescription, taking shapes: inout [String: [Int]]) throws(SavingError) {
    for (role, architecture) in [(Role.generator, description.generator), (.discriminator, description.discriminator)] {
      guard let architecture else { continue }
      for spec in try architecture.describedGraph(as: role).parameterSpecs {
        let name = "\(role.rawValue)/\(spec.name)"
        try checkShape(shapes.removeValue(forKey: name), of: name, expected: spec.shape)
      }
    }
    generator = description.generator
    discriminator = description.discriminator
    epochs = description.history.count
    channels = description.channels
    wasInterrupted = description.wasInterrupted
    imageSide = description.imageSide
  }
}

extension SafetensorsHeader {
  var shapesByName: [String: [Int]] { Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.shape) }) }

  /// Reads no more of a file than its header.
  init(probing path: String) throws(SavingError) {
    func start(_ count: Int) throws(SavingError) -> (bytes: [UInt8], size: Int) {
      do throws(FileError) { return try readFileStart(path, count: count) } catch { throw .file(error) }
    }
    var (bytes, size) = try start(1 << 14)
    guard size <= SavedNetwork.largestFile else {
      throw .file(FileError(path: path, reason: .tooLarge(limit: SavedNetwork.largestFile)))
    }
    let dataStart: Int
    do throws(SafetensorsError) { dataStart = try Self.dataStart(in: bytes) } catch {
      throw .safetensors(path: path, error)
    }
    if dataStart > bytes.count, bytes.count < size { (bytes, size) = try start(dataStart) }
    do throws(SafetensorsError) { try self.init(decoding: bytes, fileSize: size) } catch {
      throw .safetensors(path: path, error)
    }
  }
}
