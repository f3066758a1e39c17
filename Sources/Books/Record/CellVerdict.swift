import Base

/// What a check found of one cell.
public struct CellVerdict: Sendable {
  public enum Verdict: String, Sendable {
    case same, differs, skipped
    /// It failed, or an earlier cell did.
    case notRun = "not-run"
  }

  public let label: String
  /// Where it begins in the book.
  public let line: Int
  public let verdict: Verdict
  /// Whether it did not run again, since nothing had changed.
  public let isCached: Bool
  /// What differs, or why it was skipped, in words.
  public let reasons: [String]
  /// Whether its text is another than that on record.
  let hasOtherText: Bool

  /// As a line: `train: same, cached`.
  public var sentence: String {
    let word = verdict == .notRun ? "not run" : verdict.rawValue
    let cached = isCached && verdict != .skipped ? ", cached" : ""
    return "\(label): \(word)\(cached)" + (reasons.isEmpty ? "" : ": \(reasons.joined(separator: "; "))")
  }
}

extension [CellVerdict] {
  /// `7 same (5 cached), 1 differs, 1 skipped`.
  public var totals: String {
    func count(_ verdict: CellVerdict.Verdict) -> Int { self.count { $0.verdict == verdict } }
    let cached = self.count { $0.isCached && $0.verdict == .same }
    let parts = [
      "\(count(.same)) same" + (cached > 0 ? " (\(cached) cached)" : ""),
      count(.differs) == 0 ? nil : "\(count(.differs)) \(count(.differs) == 1 ? "differs" : "differ")",
      count(.skipped) == 0 ? nil : "\(count(.skipped)) skipped",
      count(.notRun) == 0 ? nil : "\(count(.notRun)) not run",
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  /// For programs.
  package var json: JSON {
    .list(
      map { cell in
        .object([
          "label": .text(cell.label), "line": .whole(cell.line), "verdict": .text(cell.verdict.rawValue),
          "cached": .truth(cell.isCached), "reasons": .list(cell.reasons.map { .text($0) }),
        ])
      })
  }
}
