import Networks

/// The stored form of a fitted segmenter: numbers, a network, or several of these whose maps are averaged.
package struct StoredSegmenter: Codable {
  package let fitted: any FittedSegmenter

  package init(_ fitted: any FittedSegmenter) { self.fitted = fitted }

  private enum CodingKeys: CodingKey { case file, network, augmentsTests, members, level, averaged, preparation }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch fitted {
    case let fit as any FiledSegmenter: try fields.encode(fit.fileText, forKey: .file)
    case let fit as FittedNetwork:
      try fields.encode(fit.network, forKey: .network)
      if fit.augmentsTests { try fields.encode(true, forKey: .augmentsTests) }
    case let fit as FittedAverage:
      try fields.encode(fit.parts.map { StoredSegmenter($0) }, forKey: .averaged)
      try fields.encode(fit.level, forKey: .level)
    case let fit as FittedEnsemble:
      try fields.encode(fit.members.map { StoredSegmenter($0) }, forKey: .members)
      try fields.encodeIfPresent(fit.level, forKey: .level)
      try fields.encode(fit.preparation, forKey: .preparation)
    default:
      throw EncodingError.invalidValue(
        fitted, .init(codingPath: encoder.codingPath, debugDescription: "no stored form of such a segmenter"))
    }
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    if let text = try fields.decodeIfPresent(String.self, forKey: .file) {
      fitted = try fittedSegmenter(decoding: Array(text.utf8), at: "a stored segmenter")
    } else if let network = try fields.decodeIfPresent(TrainedNetwork.self, forKey: .network) {
      fitted = FittedNetwork(
        network, augmentsTests: try fields.decodeIfPresent(Bool.self, forKey: .augmentsTests) ?? false)
    } else if let parts = try fields.decodeIfPresent([StoredSegmenter].self, forKey: .averaged) {
      let level = try fields.decode(Float.self, forKey: .level)
      guard parts.count > 1, level > 0, level < 1 else {
        throw DecodingError.dataCorruptedError(
          forKey: .averaged, in: fields, debugDescription: "an average of one, or a level that is no probability")
      }
      fitted = FittedAverage(parts.map(\.fitted), level: level)
    } else {
      let members = try fields.decode([StoredSegmenter].self, forKey: .members).map(\.fitted)
      let level = try fields.decodeIfPresent(Float.self, forKey: .level)
      let preparation = try fields.decode(MapPreparation.self, forKey: .preparation)
      guard !members.isEmpty, level.map({ $0 > 0 && $0 < 1 }) != false else {
        throw DecodingError.dataCorruptedError(
          forKey: .members, in: fields, debugDescription: "no members, or a level that is no probability")
      }
      fitted = FittedEnsemble(
        members: members, preparation: preparation, level: level)
    }
  }
}
