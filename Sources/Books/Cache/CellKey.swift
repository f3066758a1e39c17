import Base
import Language

/// Everything that a cell depends on but the files it reads: with the same key it does the same.
struct CellKey: Sendable, Codable, Hashable {
  /// The version of the program, and which build of it.
  let engine: String
  /// The digest of its program, in which comments do not count.
  let tree: String
  let seed: UInt64
  /// What keys its random streams.
  let streams: String
  /// How many seeds it runs with, where it is more than one.
  let repetitions: Int?
  /// The digests of the values that it reads, by name; a name that is not bound means a command.
  let reads: [String: String]
  /// Of a cell that is there to fail, what its message depends on besides; `nil` for others.
  let setting: String?

  var digest: String {
    get throws { sha256(of: try storedForm(of: self)) }
  }

  /// Why a cell of this key has to run where the last one had another, in words; `nil` where both are the same.
  func change(since last: CellKey) -> String? {
    if engine != last.engine { return "cnp is another build than the last time" }
    if tree != last.tree { return "its code has changed" }
    if seed != last.seed { return "the seed is \(seed), not \(last.seed)" }
    if streams != last.streams { return "it draws from the streams of \(streams), not \(last.streams)" }
    if setting != last.setting { return "its text, or a name that there is, has changed" }
    if repetitions != last.repetitions { return "it runs another number of times" }
    let names = Set(reads.keys).union(last.reads.keys).filter { reads[$0] != last.reads[$0] }.sorted()
    if names.isEmpty { return nil }
    return "\(names.joined(separator: ", ")) \(names.count == 1 ? "has another value" : "have other values")"
  }
}
