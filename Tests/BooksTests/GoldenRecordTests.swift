import Books
import Foundation
import Language
import Synchronization
import Testing

/// Checks the books in `record` against what is on record beside them, and compares what a check says with `verdict.txt`.
///
/// `CNP_RECORD_GOLDEN=1` writes the expected files anew, to be read before they are committed.
@Suite struct GoldenRecordTests {
  static let cases = GoldenTests.cases(in: "record")

  @Test func casesAreThere() { #expect(Self.cases.count >= 12) }

  @Test(arguments: cases) func check(_ name: String) throws {
    let folder = GoldenTests.tests.appending(path: name)
    let bench = Workbench()
    for file in ["book.cnpbook", "book.lock"] {
      guard let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) else { continue }
      try bench.put(file, text)
    }
    let said = Mutex<[String]>([])
    let warned = Mutex<[String]>([])
    let outcome = BookRunner(path: bench.path("book.cnpbook")).run(
      .check, warn: { found in warned.withLock { $0 += found.map { render($0) } } },
      tell: { verdict in said.withLock { $0.append(verdict.sentence) } })
    let comparison = outcome.comparison
    let parts =
      ["exit \(outcome.status.rawValue)"] + outcome.mistakes.map { render($0) } + warned.withLock { $0 }
      + said.withLock { $0 } + (comparison?.files ?? []) + (comparison?.missing.map { "missing: \($0)" } ?? [])
      + [comparison?.diff ?? ""]
    let verdict = parts.joined(separator: "\n").replacing(bench.folder + "/", with: "")
    let file = folder.appending(path: "verdict.txt")
    if GoldenTests.records { try verdict.write(to: file, atomically: true, encoding: .utf8) }
    #expect(try verdict == String(contentsOf: file, encoding: .utf8), "\(name)")
    #expect(bench.names("").contains("book.cnpbook.corrected") == (comparison?.diff.isEmpty == false))
  }
}
