import Base

/// All files of one run.
struct Reports {
  private let replay: Replay
  private let bookFolder: String

  init(_ replay: Replay, bookFolder: String) {
    self.replay = replay
    self.bookFolder = bookFolder
  }

  /// Writes figures, metrics and the reports, and puts the folder in its place with the facts of the run.
  func write(to folder: OutputFolder) throws(BookFileError) {
    for record in replay.records {
      for case .figure(let figure) in record.outputs {
        try folder.write("\(figure.name).png", figure.png)
        try folder.write("\(figure.name).svg", figure.svg)
        try folder.write("\(figure.name).pgm", figure.pgm)
      }
    }
    let metrics = MetricsFiles(replay.records)
    try folder.write("metrics.json", metrics.json)
    try folder.write("metrics.csv", metrics.csv)
    let facts = RunFacts(replay: replay, processor: Processor.model)
    try folder.write("report.md", MarkdownReport(replay: replay, facts: facts).text)
    try folder.write("report.html", HTMLReport(replay: replay, facts: facts, bookFolder: bookFolder).text)
    try folder.commit(facts.fields)
  }
}
