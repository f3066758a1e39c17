import Kernels

/// Angiograms by which they are known again without being there: a coarse print of each.
///
/// A print has no name, but whoever has an angiogram of an eye can tell from it whether that one was among them.
package struct KnownAngiograms: Sendable, Equatable {
  /// In no order that says anything.
  private let prints: Set<Fingerprint.Cells>

  /// More would make the header of a segmenter's file longer than one may be (16 MiB).
  package static let most = 100_000

  /// - Returns: the angiograms of a dataset, and the names of those that have no print: too small or too even.
  package static func learning(from dataset: Dataset) -> (known: KnownAngiograms, withoutPrint: [String]) {
    let cells = computed(dataset.samples.count) { Fingerprint(dataset.samples[$0]).cells }
    let without = zip(dataset.samples, cells).filter { $1 == nil }.map(\.0.name)
    return (KnownAngiograms(Set(cells.compactMap { $0 })), without)
  }

  private init(_ prints: Set<Fingerprint.Cells>) { self.prints = prints }

  package var count: Int { prints.count }

  package func joined(with other: KnownAngiograms) -> KnownAngiograms { KnownAngiograms(prints.union(other.prints)) }

  /// All of several; `nil` where there is none.
  package static func all(of parts: [KnownAngiograms?]) -> KnownAngiograms? {
    let known = parts.compactMap { $0 }
    return known.dropFirst().reduce(known.first) { $0?.joined(with: $1) }
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
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(prints.map(\.text).sorted())
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let texts = try container.decode([String].self)
    let prints = texts.compactMap { Fingerprint.Cells(text: $0) }
    guard !prints.isEmpty, prints.count == texts.count, prints.count <= Self.most else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "these are no prints of angiograms")
    }
    self.init(Set(prints))
  }
}
