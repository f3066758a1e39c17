import Foundation
import Fuzzing
import Language
import Testing

/// Runs every program of the corpus and compares what it puts out with the file beside it.
///
/// A program with syntax mistakes shows those; then those of the checker; then what it prints, and the mistake that
/// stops it. `CNP_RECORD_CORPUS=1` writes the expected files anew, to be read before they are committed.
@Suite struct CorpusTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

  static let programs: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return files.filter { $0.hasSuffix(".cnp") }.sorted()
  }()

  @Test func corpusIsThere() { #expect(Self.programs.count >= 60) }

  @Test(arguments: programs) func program(_ path: String) throws {
    let file = Self.folder.appending(path: path)
    let text = try String(contentsOf: file, encoding: .utf8)
    let found = transcript(of: text, name: String(path.split(separator: "/").last ?? ""))
    let expected = file.deletingPathExtension().appendingPathExtension("out")
    if ProcessInfo.processInfo.environment["CNP_RECORD_CORPUS"] != nil {
      try found.write(to: expected, atomically: true, encoding: .utf8)
    }
    #expect(found == (try? String(contentsOf: expected, encoding: .utf8)), "\(path)")
  }
}

/// What a program prints, or its mistakes: at the first stage that finds some.
func transcript(of text: String, name: String) -> String {
  let result = parse(Source(text, name: name), registry: fakeRegistry)
  if !result.diagnostics.isEmpty { return rendered(result.diagnostics) }
  var session = Session(registry: fakeRegistry, seed: 7)
  let findings = session.check(result.program) { $0.hasPrefix("here") ? .found("/\($0)") : .missing() }
  // A program that begins with this line is run although it is known to fail.
  let isUnchecked = text.hasPrefix("# run unchecked")
  if !findings.errors.isEmpty, !isUnchecked { return rendered(findings) }
  let host = Recorder()
  if !isUnchecked { findings.forEach { host.emit(.text(render($0))) } }
  var lines: [String] = []
  do throws(Diagnostic) {
    try session.run(result.program, cell: "cell", host: host)
  } catch {
    lines = [render(error)]
  }
  return (host.output + lines).map { $0 + "\n" }.joined()
}

private func rendered(_ diagnostics: [Diagnostic]) -> String {
  diagnostics.map { render($0) + "\n" }.joined(separator: "\n")
}
