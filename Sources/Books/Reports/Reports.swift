import Base
import Figures
import Vocabulary

/// All files of one run.
struct Reports {
  let replay: Replay
  let bookFolder: String
  /// Keeps figures that have been drawn; `nil` draws them anew.
  private let cache: CacheFolder?
  private let digests: FileDigests
  /// Keeps the open page up to date.
  private let watch: WatchScript?

  init(
    _ replay: Replay, bookFolder: String, cache: CacheFolder? = nil, digests: FileDigests = FileDigests(),
    watch: WatchScript? = nil
  ) {
    self.watch = watch
    self.digests = digests
    self.replay = replay
    self.bookFolder = bookFolder
    self.cache = cache
  }

  /// Writes figures, metrics and the reports, and puts the folder in its place with the facts of the run.
  func write(to folder: OutputFolder) throws(BookFileError) {
    var drawn: [String: DrawnFigure] = [:]
    for record in replay.records {
      for output in record.outputs {
        guard case .figure(let figure) = output.shown else { continue }
        let files = try files(of: figure, in: output)
        drawn[output.name] = files
        for (ending, bytes) in files.files {
          try folder.write("\(output.name).\(ending)", bytes, digest: files.digests[ending])
        }
      }
    }
    let metrics = MetricsFiles(replay.records)
    try folder.write("metrics.json", metrics.json)
    try folder.write("metrics.csv", metrics.csv)
    let facts = RunFacts(replay: replay, processor: Processor.model)
    try folder.write("report.md", MarkdownReport(replay: replay, facts: facts).text)
    try folder.write(
      "report.html",
      HTMLReport(replay: replay, facts: facts, bookFolder: bookFolder, drawn: drawn).text)
    if let watch {
      let page = HTMLReport(replay: replay, facts: facts, bookFolder: bookFolder, drawn: drawn, watch: watch)
      try folder.write(WatchScript.page, page.text)
      try folder.write(WatchScript.file, watch.fileText)
    }
    try folder.commit(facts.fields)
  }

  /// A scene is drawn once: drawing takes longer than all the rest of a replay of which nothing has changed.
  func files(of figure: Figure, in output: CellOutput) throws(BookFileError) -> DrawnFigure {
    let key = cache == nil ? nil : output.digest.map { "drawing-\(digests.program)-\($0)" }
    if let key, let drawn = cache?.drawn(key, digests) { return drawn }
    do throws(FigureError) {
      let drawn = try DrawnFigure(figure)
      if let key { cache?.keep(drawn, under: key) }
      return drawn
    } catch {
      throw BookFileError(error.code, "figure \(output.name): \(error.message)", hint: error.hint)
    }
  }
}
