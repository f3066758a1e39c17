import FoundationEssentials

/// The metadata of a saved network, as JSON text.
struct NetworkDescription: Codable {
  let formatVersion: Int
  let generator: Architecture?
  let discriminator: Architecture?
  let options: TrainingOptions?
  let history: [EpochRecord]
  let channels: [String]
  let wasInterrupted: Bool
  /// Files written before it was kept lack it.
  let imageSide: Int?
  /// As does one of images that nobody has looked at.
  let imageTraits: [ClosedRange<Double>]?

  /// Marks our files among all safetensors.
  static let format = "cnp-network"
}

/// A description as JSON text, the same for the same description.
package func jsonText(of description: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  do {
    return String(decoding: try encoder.encode(description), as: UTF8.self)
  } catch {
    // The one thing JSON can't hold is a number that is not finite, and the trainer stops at those.
    preconditionFailure("a description holds a number that is not finite: \(error)")
  }
}

extension NetworkDescription {
  /// Reads untrusted metadata.
  ///
  /// - Parameter isSealed: whether the file has a checksum, which ours have had from the second version on.
  init(metadata: [String: String], isSealed: Bool) throws(SavingError) {
    guard metadata["format"] != Checkpoint.format else { throw .isACheckpoint(path: nil) }
    guard metadata["format"] != SavedNetworks.format else { throw .isASegmenter(path: nil) }
    guard metadata["format"] == Self.format, let text = metadata["description"] else {
      throw .notANetwork(path: nil)
    }
    try FormatVersion.network.check(metadata["format_version"], isSealed: isSealed)
    try self.init(text)
  }

  /// Reads untrusted JSON text.
  init(_ text: String) throws(SavingError) {
    do {
      self = try JSONDecoder().decode(NetworkDescription.self, from: Data(text.utf8))
    } catch {
      throw .badDescription(path: nil, reason: "it does not read as a network's description")
    }
    guard generator != nil || discriminator != nil else {
      throw .badDescription(path: nil, reason: "it names no network")
    }
    guard imageTraits?.allSatisfy({ $0.lowerBound.isFinite && $0.upperBound.isFinite }) != false else {
      throw .badDescription(path: nil, reason: "what its images were like is not finite")
    }
    guard imageSide.map({ (1...1 << 16).contains($0) }) ?? true else {
      throw .badDescription(path: nil, reason: "its images have no size that images have")
    }
  }
}
