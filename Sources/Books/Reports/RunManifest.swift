import Base

/// What a run says in its `run.json` of the files that it has written, and how that proves itself.
///
/// Under `written` stands the SHA-256 of every other file of the folder, under `seal` that of `run.json` itself with the
/// seal left empty. So a run that would take the place of another's folder can tell its files from those of people.
package struct RunManifest {
  static let name = "run.json"

  /// The SHA-256 of each file by its way below the folder, `run.json` among them.
  let digests: [String: String]
  /// All that it says.
  let facts: [String: JSON]

  /// The text of a `run.json`.
  package static func text(_ facts: [String: JSON], written: [String: String]) -> String {
    func text(sealedBy seal: String) -> String {
      let own: [String: JSON] = ["written": .object(written.mapValues { .text($0) }), "seal": .text(seal)]
      return JSON.object(facts.merging(own) { _, own in own }).text(.lines) + "\n"
    }
    return text(sealedBy: sha256(of: Array(text(sealedBy: "").utf8)))
  }

  /// Reads the text of a `run.json`; `nil` for one that no run wrote, or that somebody has changed since, or that names
  /// files which are not below its folder. Anybody could seal one, so what it names is looked at before it is removed.
  init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self),
      let seal = text.firstMatch(of: #/\n  "seal": "(?<digest>[0-9a-f]{64})"/#)
    else { return nil }
    var unsealed = text
    unsealed.replaceSubrange(seal.digest.startIndex..<seal.digest.endIndex, with: "")
    guard sha256(of: Array(unsealed.utf8)) == seal.digest,
      case .object(let facts)? = try? JSON(decoding: bytes[...]), case .object(let written)? = facts["written"]
    else { return nil }
    var digests = [Self.name: sha256(of: bytes)]
    for (path, digest) in written where path != Self.name {
      guard case .text(let digest) = digest, (try? outputNames(of: path).joined(separator: "/")) == path else {
        return nil
      }
      digests[path] = digest
    }
    self.digests = digests
    self.facts = facts
  }
}
