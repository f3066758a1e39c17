/// `report.html`.
struct HTMLReport {
  let replay: Replay
  let facts: RunFacts
  let bookFolder: String
  var text: String { "" }
}
