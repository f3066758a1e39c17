import Foundation
import Language
import Testing
import Vocabulary

/// The page of codes is what the program writes, and its programs give their codes with the real commands.
@Suite struct CodePageTests {
  @Test func pageIsUpToDate() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../examples/codes.md")
    let written = try String(contentsOf: page, encoding: .utf8)
    #expect(written == codePage(for: standardRegistry()), "write it anew: cnp check --codes > examples/codes.md")
  }

  @Test(arguments: DiagnosticCode.allCases) func exampleGivesItsCode(_ code: DiagnosticCode) throws {
    guard let example = code.example else { return }
    let found = diagnose(example, named: "example", registry: standardRegistry(), isCancelled: code == .interrupted)
    #expect(found?.mistakes.map(\.code) == [code.rawValue])
  }
}
