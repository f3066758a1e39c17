import Base
import Language
import Vocabulary

/// What is not the same in two runs of a book: settings, metrics, figures and texts, as a page and in a few lines.
///
/// Times and the machine are shown, and are no difference.
public struct RunDifference {
  private let before, after: RunFolder
  private let settings: SettingsDifference
  private let metrics: MetricsDifference
  private let figures: FiguresDifference
  private let text: String

  /// - Parameters: the output folders of the runs, or books, whose own are meant.
  /// - Throws: `no-run`, `run-changed`, and what reading files can.
  public init(_ before: String, _ after: String) throws(BookFileError) {
    self.before = try RunFolder(before)
    self.after = try RunFolder(after)
    settings = SettingsDifference(self.before, self.after)
    metrics = try MetricsDifference(self.before, self.after)
    figures = try FiguresDifference(self.before, self.after)
    text = unifiedDiff(
      try Self.prose(of: self.before), try Self.prose(of: self.after), named: joinPath(before, "report.md"),
      joinPath(after, "report.md"))
  }

  public var isSame: Bool { settings.names.isEmpty && metrics.isSame && figures.changed.isEmpty && text.isEmpty }

  /// For a screen: a line for each kind of thing.
  public var lines: [String] {
    [
      settings.names.isEmpty ? "settings: the same" : "settings: \(settings.names.joined(separator: ", "))",
      "metrics: \(metrics.sentence)", "figures: \(figures.sentence)", text.isEmpty ? "text: the same" : "text: differs",
    ]
  }

  private static let kind = "cnp: two runs"

  /// One file with everything in it.
  public var html: String { page.html }

  private var page: RunPage {
    var parts: [RunPage.Part] = [.prose(lines.map { "- " + escapedMarkdown($0) }.joined(separator: "\n"))]
    parts += [.prose("## Settings"), .table(settings.table), .table(settings.cellTable)]
    if !metrics.tables.isEmpty { parts += [.prose("## Metrics")] + metrics.tables.map { .table($0) } }
    if !figures.names.isEmpty { parts += [.prose("## Figures")] + figures.parts }
    if !text.isEmpty { parts += [.prose("## Text"), .text(text)] }
    return RunPage(
      kind: Self.kind, title: "\(settings.book): \(before.name) and \(after.name)", parts: parts)
  }

  /// The report without the facts of its run.
  private static func prose(of run: RunFolder) throws(BookFileError) -> String {
    let report = try run.text(of: "report.md")
    guard let end = report.ranges(of: "\n" + MarkdownReport.factsHeading + "\n").last else { return report }
    return String(report[..<end.lowerBound]) + "\n"
  }
}

extension RunDifference {
  /// Writes the page.
  ///
  /// - Parameter isReplacing: whether any file that is there may be replaced; a page of two runs always is.
  /// - Throws: `export-file-taken`, and what writing a file can.
  public func write(to path: String, isReplacing: Bool) throws(BookFileError) {
    guard isReplacing || pathKind(path) == nil || RunPage.isPage(path, of: Self.kind) else {
      throw BookFileError(
        "export-file-taken", "\(clipped(path, to: 200)) is there already", hint: "name it by `-o` to replace it")
    }
    do { try makeFolder(parentFolder(of: absolutePath(path, from: workingFolder()))) } catch {
      throw BookFileError(error)
    }
    try putFile(Array(html.utf8), at: path)
  }
}
