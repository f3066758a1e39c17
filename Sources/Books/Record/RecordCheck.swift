import Base
import Figures

/// Compares the cells of a replay with what is on record of them: texts with the `out` fences, the rest with the lock.
public struct RecordCheck: Sendable {
  private let lock: BookLock?
  private let references: ReferenceScenes
  private let isScript: Bool

  init(_ lock: BookLock?, references: ReferenceScenes, isScript: Bool) {
    self.lock = lock
    self.references = references
    self.isScript = isScript
  }

  /// Whether it has more to compare than the text.
  public var isStrict: Bool { lock != nil }

  public func verdict(_ record: CellRecord) -> CellVerdict {
    func verdict(_ verdict: CellVerdict.Verdict, _ reasons: [String] = [], otherText: Bool = false) -> CellVerdict {
      CellVerdict(
        label: record.cell.label, line: record.cell.source.firstLine, verdict: verdict, isCached: record.isCached,
        reasons: reasons, hasOtherText: otherText)
    }
    switch record.ending {
    case .skipped(let reason): return verdict(.skipped, reason.isEmpty ? [] : [reason])
    case .failed(let diagnostic): return verdict(.notRun, [diagnostic.message])
    case .timedOut(let seconds): return verdict(.notRun, ["it ran longer than \(plain(seconds)) s"])
    case .interrupted: return verdict(.notRun, ["interrupted"])
    case .notReached: return verdict(.notRun)
    case .finished, .failedAsExpected: break
    }
    let rule = record.cell.options.verify
    guard rule.isCompared else { return verdict(.same, ["not compared"]) }
    let textReasons = reasons(ofText: record, rule)
    let others = lock == nil ? [] : reasons(ofFacts: record, rule)
    let all = textReasons + others
    return verdict(all.isEmpty ? .same : .differs, all, otherText: !textReasons.isEmpty)
  }

  private func reasons(ofText record: CellRecord, _ rule: Verification) -> [String] {
    let found = record.textOnRecord
    let recorded: String?
    if isScript {
      guard let lock else { return [] }
      recorded = lock.cells.first { $0.label == record.cell.label }?.text
    } else {
      recorded = record.cell.recordedText
    }
    guard let recorded else { return found.isEmpty ? [] : ["its text is not on record"] }
    if found.isEmpty, !agrees(recorded: recorded, found: "", by: rule.text) { return ["it puts out no text any more"] }
    return agrees(recorded: recorded, found: found, by: rule.text) ? [] : ["its text differs"]
  }

  private func reasons(ofFacts record: CellRecord, _ rule: Verification) -> [String] {
    guard let facts = lock?.cells.first(where: { $0.label == record.cell.label }) else {
      return ["the record has no such cell"]
    }
    var words = facts.tree == record.cell.program.digest ? [] : ["its code is not that of the record"]
    let found = record.figures
    for name in facts.figures.keys.sorted() where !found.contains(where: { $0.name == name }) {
      words.append("figure \(name) is missing")
    }
    for (name, figure) in found {
      guard let recorded = facts.figures[name] else {
        words.append("figure \(name) is not on record")
        continue
      }
      var differences = recorded.differences(from: SceneDigest(figure))
      if !differences.isEmpty, rule.pixels != .exact, let scene = references.scene(name), SceneDigest(scene) == recorded
      {
        differences = SceneComparison(pixels: rule.pixels).differences(recorded: scene, found: figure)
      }
      if !differences.isEmpty { words.append("figure \(name): \(differences.joined(separator: ", "))") }
    }
    let metrics = MetricsFiles([record]).reports(of: record.cell.label)
    if !Self.agree(.object(facts.metrics), .object(metrics), rule.text) { words.append("its metrics differ") }
    return words
  }

  /// Numbers at full precision, or to the tolerance that the cell gives.
  private static func agree(_ recorded: JSON, _ found: JSON, _ rule: Verification.Text) -> Bool {
    switch (recorded, found) {
    case (.object(let old), .object(let new)):
      return old.count == new.count && old.allSatisfy { key, value in new[key].map { agree(value, $0, rule) } ?? false }
    case (.list(let old), .list(let new)):
      return old.count == new.count && zip(old, new).allSatisfy { agree($0, $1, rule) }
    default:
      if recorded == found { return true }
      guard let old = recorded.double, let new = found.double else { return false }
      guard case .numbers(let relative, let absolute) = rule else { return old == new }
      return abs(new - old) <= max(relative * abs(old), absolute)
    }
  }

  /// The cells that the record has, and the book has no more.
  func cellsMissing(_ replay: Replay) -> [String] {
    let labels = Set(replay.book.cells.map(\.label))
    return (lock?.cells ?? []).map(\.label).filter { !labels.contains($0) }
  }

  /// What of the files that were read is not as the record has it.
  func filesDiffering(_ replay: Replay) -> [String] {
    guard let lock else { return [] }
    let found = replay.digests
    let names = Set(lock.files.keys).union(found.keys).sorted()
    return names.compactMap { name in
      switch (lock.files[name], found[name]) {
      case (let old?, let new?): old == new ? nil : "\(name) is not the file of the record"
      case (nil, _): "\(name) is read, and not on record"
      case (_, nil): "\(name) is on record, and not read"
      }
    }
  }
}
