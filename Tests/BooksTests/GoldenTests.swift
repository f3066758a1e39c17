import Books
import Foundation
import Language
import Testing

/// Replays the books in `expect` and `failure` and compares what they leave with the files beside them.
///
/// `CNP_RECORD_GOLDEN=1` writes the expected files anew, to be read before they are committed.
@Suite struct GoldenTests {
  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
  static let records = ProcessInfo.processInfo.environment["CNP_RECORD_GOLDEN"] != nil

  static func cases(in family: String) -> [String] {
    ((try? sortedNames(inFolder: tests.appending(path: family).path)) ?? []).map { "\(family)/\($0)" }
  }

  @Test func casesAreThere() {
    #expect(Self.cases(in: "expect").count >= 6)
    #expect(Self.cases(in: "failure").count >= 12)
  }

  @Test(arguments: cases(in: "expect") + cases(in: "failure")) func replay(_ name: String) throws {
    let folder = Self.tests.appending(path: name)
    let bench = Workbench()
    let text = try String(contentsOf: folder.appending(path: "book.cnpbook"), encoding: .utf8)
    let outcome = try bench.run(text)
    // Reports end with the facts of the run, which differ from machine to machine.
    let report = bench.text("book.out/report.md")
    try compare(
      report.firstRange(of: "## This run").map { String(report[..<$0.lowerBound]) } ?? report, with: folder, "report.md"
    )
    try compare(bench.text("book.out/metrics.json"), with: folder, "metrics.json")
    let mistakes = outcome.mistakes.map { render($0) }.joined(separator: "\n")
      .replacing(bench.folder + "/", with: "")
    try compare("exit \(outcome.status.rawValue)\n\(mistakes)\n", with: folder, "messages.txt")
    #expect((outcome.status == .success) == name.hasPrefix("expect/"))
  }

  /// Compares with a file of the case; a file that isn't there is not compared.
  private func compare(_ found: String, with folder: URL, _ name: String) throws {
    let file = folder.appending(path: name)
    if Self.records, !found.hasPrefix("(no "), found != "{}\n", !(name == "messages.txt" && found == "exit 0\n\n") {
      try found.write(to: file, atomically: true, encoding: .utf8)
    }
    guard let expected = try? String(contentsOf: file, encoding: .utf8) else { return }
    #expect(found == expected, "\(folder.lastPathComponent)/\(name)")
  }
}
