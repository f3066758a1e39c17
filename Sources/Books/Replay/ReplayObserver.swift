import Language
import Vocabulary

/// Watches a replay: a terminal with a progress bar, or a log.
public protocol ReplayObserver: AnyObject, Sendable {
  /// - Parameter number: counted from 1.
  func started(_ cell: Cell, number: Int, of count: Int)
  func progressed(_ progress: Progress, in cell: Cell)
  /// Something about the cell's work that is no output of it.
  func remarked(_ text: String, in cell: Cell)
  func put(out output: CellOutput, by cell: Cell)
  func ended(_ record: CellRecord)
}

/// Writes a line for each cell, each milestone and each line that a cell prints, as they may be shown.
public final class LineObserver: ReplayObserver {
  private let write: @Sendable (String) -> Void

  /// - Parameter write: is given one line at a time, without its end.
  public init(_ write: @escaping @Sendable (String) -> Void) { self.write = { write(visible($0, isRow: true)) } }

  public func started(_ cell: Cell, number: Int, of count: Int) {
    write("[\(number)/\(count)] \(cell.label)")
  }

  public func progressed(_ progress: Progress, in cell: Cell) {
    guard progress.isMilestone else { return }
    write("  \(logLine(progress))")
  }

  public func remarked(_ text: String, in cell: Cell) { write("  \(text)") }

  public func put(out output: CellOutput, by cell: Cell) {
    switch output.shown {
    case .text(let text): for line in text.split(separator: "\n") { write("  \(line)") }
    case .table(let table): for line in plainTable(table) { write("  \(line)") }
    case .metrics(let metrics): for line in plainTable(metrics.table) { write("  \(line)") }
    case .figure: write("  figure \(output.name)")
    }
  }

  public func ended(_ record: CellRecord) {
    switch record.ending {
    case .finished: if record.isCached { write("  cached: nothing has changed") }
    case .failed, .notReached: break
    case .skipped(let reason): write("  skipped" + (reason.isEmpty ? "" : ": \(reason)"))
    case .failedAsExpected(let diagnostic): write("  failed as expected: \(diagnostic.code)")
    case .timedOut(let seconds): write("  stopped after \(plain(seconds)) s")
    case .interrupted: write("  interrupted")
    }
  }
}

/// The lines of a table in columns, its title in one of them.
private func plainTable(_ table: TableValue) -> [Substring] {
  alignedTable(
    title: visible(table.title, isRow: true), columns: table.columns, rows: table.rows.map { $0.map(\.text) },
    isNumeric: table.columns.indices.map(table.isNumeric), hasRule: false
  ).split(separator: "\n", omittingEmptySubsequences: false)
}
