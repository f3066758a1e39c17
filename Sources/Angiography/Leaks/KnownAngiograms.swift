import Kernels

/// Angiograms by which they are known again without being there: a coarse print of each, and nothing of whose they are.
package struct KnownAngiograms: Sendable, Equatable {
  /// In no order that says anything.
  private let prints: Set<Fingerprint.Cells>

  /// Those that are too small or too even have no print.
  package init(of dataset: Dataset) {
    prints = Set(computed(dataset.samples.count) { Fingerprint(dataset.samples[$0]).cells }.compactMap { $0 })
  }

  /// `.copy` for one of them, or a copy of one; `.alike` for one that may be of the same eye; `nil` for any other.
  package func leak(of sample: Sample) -> Leak? {
    let own = Fingerprint(sample)
    let nearest = prints.compactMap { own.distance(fromOneWith: $0) }.min() ?? 1
    if nearest <= Leak.mostOfCopies { return .copy }
    return nearest <= Leak.mostOfOneEye ? .alike : nil
  }
}

extension KnownAngiograms: Codable {
  /// More would fill memory before anybody had so many angiograms.
  private static let most = 1_000_000

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(prints.map(\.text).sorted())
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let texts = try container.decode([String].self)
    let prints = texts.prefix(Self.most).compactMap { Fingerprint.Cells(text: $0) }
    guard prints.count == texts.count else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "these are no prints of angiograms")
    }
    self.prints = Set(prints)
  }
}
