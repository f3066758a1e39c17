import Base
import Language

/// How a replay compares with what is on record.
public struct RecordComparison: Sendable {
  /// In the order of the cells.
  public let cells: [CellVerdict]
  /// What of the files that were read is not as the record has it, in words.
  public let files: [String]
  /// From the book to what it would have to be, as `diff -u` writes it; empty where its text needs no change.
  public let diff: String
  /// Files that were written: the corrected book, or all of the record.
  public let written: [String]

  /// Cells that are on record and not in the book.
  public let missing: [String]

  public var isSame: Bool {
    files.isEmpty && missing.isEmpty && !cells.contains { $0.verdict == .differs || $0.verdict == .notRun }
  }
}

/// For programs: `{"same": false, "cells": […], "files": […], "diff": "…"}`.
public func json(of comparison: RecordComparison) -> String {
  JSON.object([
    "same": .truth(comparison.isSame), "cells": comparison.cells.json,
    "files": .list(comparison.files.map { .text($0) }), "missing": .list(comparison.missing.map { .text($0) }),
    "diff": .text(comparison.diff),
  ]).text(.lines)
}

/// What is on record of a book: the texts in the book itself, and beside it the lock and the scenes.
struct RecordKeeper {
  private let book: Book
  private let file: ProgramFile
  private let folder: String

  init(of book: Book, in file: ProgramFile, workingFolder: String) {
    self.book = book
    self.file = file
    folder = workingFolder
  }

  private var correctedPath: String { file.corrected(from: folder) }
  private func whole(_ path: String) -> String { absolutePath(path, from: folder) }

  /// What a replay with these params is to be compared with.
  ///
  /// - Parameter isUpdated: whether the record will be written anew: then it may be missing, and of other params.
  /// - Throws: `nothing-recorded`, `record-params`, `lock-unreadable`.
  func check(_ parameters: [(name: String, text: String)], isUpdated: Bool) throws(BookFileError) -> RecordCheck {
    if file.isStandardInput {
      throw BookFileError(
        "nothing-recorded", "what comes through a pipe has no record", hint: "name the file of a book or a script")
    }
    var lock: BookLock?
    do throws(BookFileError) { lock = try BookLock(at: whole(file.lock)) } catch { if !isUpdated { throw error } }
    if !isUpdated {
      guard lock != nil || book.cells.contains(where: { $0.recordedText != nil }) else {
        throw BookFileError(
          "nothing-recorded", "nothing is on record of \(fileName(of: file.path))",
          hint: "put it on record: cnp run --update \(shellWord(file.path))")
      }
      if let advice = lock?.advice(for: parameters) {
        throw BookFileError(
          "record-params", "what is on record of \(fileName(of: file.path)) is of other params", hint: advice)
      }
    }
    return RecordCheck(lock, references: ReferenceScenes(folder: whole(file.references)), isScript: book.isScript)
  }

  /// Said where there are the texts alone to compare with.
  static func withoutLock(_ path: String) -> BookFileError {
    BookFileError(
      "no-lock", "there is no \(fileName(of: path)): figures, metrics and files are not compared",
      hint: "cnp run --update writes it")
  }

  /// Compares a replay with the record, and writes the corrected book where its text differs, or the record anew.
  func compare(_ replay: Replay, by check: RecordCheck, isUpdated: Bool) throws(BookFileError) -> RecordComparison {
    let verdicts = replay.records.map(check.verdict)
    let old = book.text.source.text
    let new = book.isScript ? old : corrected(book, replay.records, verdicts)
    var written: [String] = []
    if isUpdated {
      if new != old {
        try put(new, at: file.path)
        written.append(file.path)
      }
      try putFile(Array(BookLock(replay, processor: Processor.model).text.utf8), at: whole(file.lock))
      written.append(file.lock)
      try ReferenceScenes(folder: whole(file.references)).update(replay)
    } else if new != old {
      try put(new, at: correctedPath)
      written.append(correctedPath)
    }
    if isUpdated || new == old {
      try? TrustedFolder(parentFolder(of: whole(correctedPath))).removeFile(at: [fileName(of: correctedPath)])
    }
    return RecordComparison(
      cells: verdicts, files: check.filesDiffering(replay),
      diff: unifiedDiff(old, new, named: file.path, correctedPath), written: written,
      missing: check.cellsMissing(replay))
  }

  /// Writes the book's text as the book is written, with its byte order mark and its line ends.
  ///
  /// - Throws: `book-changed` where somebody has changed the book meanwhile.
  private func put(_ text: String, at path: String) throws(BookFileError) {
    let bytes = try fileBytes(whole(file.path), limit: BookText.largestFile)
    guard let now = try? BookText(bytes: bytes, name: file.name), now.source.text == book.text.source.text else {
      throw BookFileError(
        "book-changed", "\(fileName(of: file.path)) was changed while it ran",
        hint: "run it again: what had not changed is in the cache")
    }
    var lines = text
    if bytes.contains(UInt8(ascii: "\r")) { lines = lines.replacing("\n", with: "\r\n") }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    try putFile((bytes.starts(with: mark) ? mark : []) + Array(lines.utf8), at: whole(path))
  }
}

/// Tells of each cell, when it has ended, how it compares with the record.
final class RecordWatcher: ReplayObserver {
  private let observer: (any ReplayObserver)?
  private let check: RecordCheck
  private let tell: @Sendable (CellVerdict) -> Void

  init(_ observer: (any ReplayObserver)?, _ check: RecordCheck, tell: @escaping @Sendable (CellVerdict) -> Void) {
    self.observer = observer
    self.check = check
    self.tell = tell
  }

  func started(_ cell: Cell, number: Int, of count: Int) { observer?.started(cell, number: number, of: count) }
  func progressed(_ progress: Progress, in cell: Cell) { observer?.progressed(progress, in: cell) }
  func remarked(_ text: String, in cell: Cell) { observer?.remarked(text, in: cell) }
  func put(out output: CellOutput, by cell: Cell) { observer?.put(out: output, by: cell) }
  func ended(_ record: CellRecord) {
    observer?.ended(record)
    tell(check.verdict(record))
  }
}
