import Base
import Language

/// What a run needed and how long it took: for `run.json`, and the last section of the reports.
struct RunFacts {
  let replay: Replay
  /// The model of the processor, as the system names it.
  let processor: String

  var fields: [String: JSON] {
    let book = replay.book
    let cells = replay.records.map { record in
      var facts: [String: JSON] = [
        "label": .text(record.cell.label), "line": .whole(record.cell.source.firstLine),
        "seconds": .number(milliseconds(record.seconds)), "status": .text(record.ending.word),
      ]
      // Where they are not the book's seed and the cell's own streams.
      facts["seed"] = record.cell.options.seed.map { .text(String($0)) }
      facts["streams"] = record.cell.options.streams.map { .text($0) }
      return JSON.object(facts)
    }
    let parameters = replay.parameters.map { ($0.name, JSON.text($0.text)) }
    let ranks: [String: JSON] = replay.ranks > 1 ? ["ranks": .whole(replay.ranks)] : [:]
    let facts: [String: JSON] = [
      "book": .text(fileName(of: book.text.source.name)),
      "book-sha256": .text(sha256(of: Array(book.text.source.text.utf8))),
      "cells": .list(cells),
      "cpu": .text(processor),
      "engine": .text(Engine.version),
      "files": .object(replay.digests.mapValues { .text($0) }),
      "params": .object(Dictionary(parameters) { first, _ in first }),
      "seconds": .number(milliseconds(replay.seconds)),
      "seed": .text(String(book.frontMatter.seed)),
      "status": .text(replay.status.word),
      "threads": .whole(replay.threads),
    ]
    return facts.merging(ranks) { own, _ in own }
  }

  /// Names and values for a reader.
  var lines: [(name: String, value: String)] {
    var lines = [
      ("engine", "cnp \(Engine.version)"), ("seed", String(replay.book.frontMatter.seed)),
      ("processor", "\(processor), \(workers)"),
      ("time", duration(replay.records.reduce(0) { $0 + $1.seconds })),
    ]
    if !replay.parameters.isEmpty {
      lines.append(("params", replay.parameters.map { "\($0.name) = \($0.text)" }.joined(separator: ", ")))
    }
    lines.append(
      ("files read", replay.digests.isEmpty ? "none" : "\(replay.digests.count), with their SHA-256 in run.json"))
    return lines
  }

  private var workers: String {
    let threads = "\(replay.threads) \(replay.threads == 1 ? "thread" : "threads")"
    return replay.ranks > 1 ? "\(replay.ranks) ranks of \(threads)" : threads
  }

  private func milliseconds(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}

extension CellRecord.Ending {
  /// As `run.json` names it.
  package var word: String {
    switch self {
    case .finished: "finished"
    case .skipped: "skipped"
    case .failedAsExpected: "failed-as-expected"
    case .failed: "failed"
    case .timedOut: "timed-out"
    case .interrupted: "interrupted"
    case .notReached: "not-reached"
    }
  }
}

extension ExitStatus {
  var word: String {
    switch self {
    case .success: "success"
    case .different: "different"
    case .refused: "refused"
    case .failed: "failed"
    case .stopped: "stopped"
    }
  }
}
