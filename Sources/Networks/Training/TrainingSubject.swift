import Base

/// What a training learns from, and what it began with: digests under names that a message can use, in the caller's words.
/// A training goes on only from a checkpoint of the same.
public struct TrainingSubject: Sendable, Hashable, Codable {
  struct Part: Sendable, Hashable, Codable {
    let name: String
    let digest: String
  }
  var parts: [Part]

  /// The digest under a name, `nil` where there is none.
  public subscript(name: String) -> String? { parts.first { $0.name == name }?.digest }

  /// With one part more.
  public func adding(_ name: String, _ digest: String) -> TrainingSubject {
    var more = self
    more.parts.append(Part(name: name, digest: digest))
    return more
  }

  /// All of it, in 16 hexadecimal digits.
  public var digest: String {
    var digest = FNV1a()
    for part in parts {
      digest.add(part.name)
      digest.add(part.digest)
    }
    return digest.text
  }

  /// In words, what of another is not the same here: `other images, other random numbers`.
  func difference(from other: TrainingSubject) -> String {
    let names = parts.filter { other[$0.name] != $0.digest }.map(\.name)
    let strange = other.parts.map(\.name).filter { self[$0] == nil }
    return (names + strange).map { "other \($0)" }.joined(separator: ", ")
  }
}

extension TrainingSubject: ExpressibleByDictionaryLiteral {
  /// Names with digests; `["images": "c0ffee"]`.
  public init(dictionaryLiteral parts: (String, String)...) {
    self.parts = parts.map { Part(name: $0.0, digest: $0.1) }
  }
}
