import Base
import Figures

/// The record of a book beside its text, `<book>.lock`: what its run needed and gave, so that a check can be strict.
package struct BookLock {
  struct CellFacts {
    let label: String
    /// The digest of its program, in which comments do not count.
    let tree: String
    /// By the figures' names.
    let figures: [String: SceneDigest]
    /// What `metrics.json` has of it, by key.
    let metrics: [String: JSON]
    /// What a script puts out, which has no place for it; `nil` for a book's cell.
    let text: String?
  }

  let engine: String
  let seed: String
  /// As they were written.
  let parameters: [String: String]
  let cells: [CellFacts]
  /// SHA-256 by path.
  let files: [String: String]
  /// What is of the machine, for people.
  private let machine: [String: JSON]

  init(_ replay: Replay, processor: String) {
    engine = Engine.version
    seed = String(replay.book.frontMatter.seed)
    parameters = Dictionary(replay.parameters.map { ($0.name, $0.text) }) { first, _ in first }
    let metrics = MetricsFiles(replay.records)
    cells = replay.records.map { record in
      CellFacts(
        label: record.cell.label, tree: record.cell.program.digest, figures: record.sceneDigests,
        metrics: metrics.reports(of: record.cell.label),
        text: replay.book.isScript ? record.textOnRecord : nil)
    }
    files = replay.digests
    machine = [
      "cpu": .text(processor), "threads": .whole(replay.threads),
      "seconds": .number((replay.seconds * 10).rounded() / 10),
    ]
  }

  // MARK: JSON

  var text: String {
    let cells = cells.map { cell in
      var fields: [String: JSON] = ["label": .text(cell.label), "tree": .text(cell.tree)]
      if !cell.figures.isEmpty { fields["figures"] = .object(cell.figures.mapValues(\.json)) }
      if !cell.metrics.isEmpty { fields["metrics"] = .object(cell.metrics) }
      fields["text"] = cell.text.map { .text($0) }
      return JSON.object(fields)
    }
    return JSON.object([
      "cnpbook-lock": .whole(Self.version), "engine": .text(engine), "seed": .text(seed),
      "params": .object(parameters.mapValues { .text($0) }), "cells": .list(cells),
      "files": .object(files.mapValues { .text($0) }), "machine": .object(machine),
    ]).text(.lines) + "\n"
  }

  private static let version = 1
  private static let largestFile = 64 << 20

  /// The lock at a path; `nil` where there is none.
  ///
  /// - Throws: `lock-unreadable` where it is no lock that this version reads.
  init?(at place: String) throws(BookFileError) {
    guard pathKind(place) != nil else { return nil }
    let bytes = try fileBytes(place, limit: Self.largestFile)
    guard let json = try? JSON(decoding: bytes[...]), let lock = BookLock(json) else {
      throw BookFileError(
        "lock-unreadable", "\(fileName(of: place)) does not read as the record of a book",
        hint: "remove it, or write it anew: cnp run --update")
    }
    self = lock
  }

  private init?(_ json: JSON) {
    guard case .object(let fields) = json, fields["cnpbook-lock"] == .whole(Self.version),
      case .text(let engine)? = fields["engine"], case .text(let seed)? = fields["seed"],
      let parameters = Self.texts(fields["params"]), let files = Self.texts(fields["files"]),
      case .list(let cells)? = fields["cells"], case .object(let machine)? = fields["machine"]
    else { return nil }
    (self.engine, self.seed, self.parameters, self.files, self.machine) = (engine, seed, parameters, files, machine)
    let read = cells.compactMap { CellFacts($0) }
    guard read.count == cells.count else { return nil }
    self.cells = read
  }

  private static func texts(_ json: JSON?) -> [String: String]? {
    guard case .object(let fields)? = json else { return nil }
    let texts = fields.compactMapValues { if case .text(let text) = $0 { text } else { nil } }
    return texts.count == fields.count ? texts : nil
  }

  /// What a run of other params would have to be given to be compared with the record, as advice; `nil` where it is of the
  /// same.
  func advice(for parameters: [(name: String, text: String)]) -> String? {
    let now = Dictionary(parameters.map { ($0.name, $0.text) }) { first, _ in first }
    guard now != self.parameters else { return nil }
    let given = self.parameters.sorted { $0.key < $1.key }.filter { now[$0.key] != $0.value }
    if !given.isEmpty {
      return "give those: " + given.map { "-P \($0.key)=\(shellWord($0.value))" }.joined(separator: " ")
    }
    return now[BookParameter.seedName] != nil && self.parameters[BookParameter.seedName] == nil
      ? "it is of the book's own seed: leave -P \(BookParameter.seedName) out"
      : "the book has other params now: put it on record anew by --update"
  }
}

extension BookLock.CellFacts {
  fileprivate init?(_ json: JSON) {
    guard case .object(let fields) = json, case .text(let label)? = fields["label"],
      case .text(let tree)? = fields["tree"]
    else { return nil }
    (self.label, self.tree) = (label, tree)
    if case .text(let text)? = fields["text"] { self.text = text } else { text = nil }
    if case .object(let metrics)? = fields["metrics"] { self.metrics = metrics } else { metrics = [:] }
    guard case .object(let figures) = fields["figures"] ?? .object([:]) else { return nil }
    self.figures = figures.compactMapValues { SceneDigest($0) }
    guard self.figures.count == figures.count else { return nil }
  }
}

extension CellRecord {
  /// The figures by their names.
  var figures: [(name: String, figure: Figure)] {
    outputs.compactMap { if case .figure(let figure) = $0.shown { ($0.name, figure) } else { nil } }
  }

  var sceneDigests: [String: SceneDigest] {
    Dictionary(figures.map { ($0.name, SceneDigest($0.figure)) }) { first, _ in first }
  }
}

/// A word as a shell takes it whole.
func shellWord(_ text: String) -> String {
  let isPlain = !text.isEmpty && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "-_./,:=".utf8.contains($0) }
  return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
}
