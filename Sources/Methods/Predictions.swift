import Angiography
import Imaging

/// One map of probabilities an angiogram, at the angiogram's own size.
package struct Predictions: Sendable, Codable {
  /// What made them, for column titles.
  package let method: String
  package let samples: [Sample]
  /// Probability of non-perfusion in [0, 1]; as many as samples, each of its sample's size.
  package let maps: [Plane]

  /// Where a probability becomes a mark (§6).
  package static let threshold = 0.5

  package init(method: String, samples: [Sample], maps: [Plane]) {
    precondition(samples.count == maps.count, "one map a sample")
    self.method = method
    self.samples = samples
    self.maps = maps
  }

  /// The pixels called non-perfused.
  package func masks(atLeast threshold: Double = Self.threshold) -> [Mask] {
    maps.map { Mask($0, atLeast: Float(threshold)) }
  }
}

extension Predictions {
  private enum CodingKeys: CodingKey { case method, samples, maps }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let samples = try fields.decode([Sample].self, forKey: .samples)
    let maps = try fields.decode([Plane].self, forKey: .maps)
    let fits = zip(samples, maps).allSatisfy { $0.image.width == $1.width && $0.image.height == $1.height }
    guard samples.count == maps.count, fits else {
      throw DecodingError.dataCorruptedError(forKey: .maps, in: fields, debugDescription: "not a map a sample")
    }
    self.init(method: try fields.decode(String.self, forKey: .method), samples: samples, maps: maps)
  }
}
