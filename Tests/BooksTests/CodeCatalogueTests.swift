import Books
import Foundation
import Language
import Testing

/// The page of codes is what the program writes, its programs give their codes, and no code is missing from it.
@Suite struct CodeCatalogueTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL

  /// Places of the entries with programs: chapter and entry.
  static let programs = CodeCatalogue.chapters.indices.flatMap { chapter in
    CodeCatalogue.chapters[chapter].entries.indices.compactMap { entry -> [Int]? in
      if case .program = CodeCatalogue.chapters[chapter].entries[entry].example { [chapter, entry] } else { nil }
    }
  }

  @Test func pageIsUpToDate() throws {
    let written = try String(contentsOf: Self.root.appending(path: "examples/codes.md"), encoding: .utf8)
    #expect(written == CodeCatalogue.page(), "write it anew: cnp check --codes > examples/codes.md")
  }

  @Test(arguments: programs) func exampleGivesItsCode(_ place: [Int]) throws {
    let chapter = CodeCatalogue.chapters[place[0]]
    let entry = chapter.entries[place[1]]
    guard case .program(let program) = entry.example else { return }
    let found = chapter.diagnose(entry, program)?.found ?? []
    #expect(found.map(\.code) == [entry.code], "\(found.map { render($0) }.joined(separator: "\n"))")
  }

  @Test func everyCodeStandsOnce() {
    let codes = CodeCatalogue.chapters.flatMap { $0.entries.map(\.code) }
    #expect(codes.count > 200)
    for (code, twins) in Dictionary(grouping: codes, by: { $0 }) { #expect(twins.count == 1, "\(code)") }
  }

  @Test func meaningsAreLines() {
    for entry in CodeCatalogue.chapters.flatMap(\.entries) {
      #expect(!entry.meaning.isEmpty && !entry.meaning.contains("\n") && !entry.meaning.hasSuffix("."), "\(entry.code)")
      #expect(entry.code.allSatisfy { $0 == "-" || ("a"..."z").contains($0) || $0.isNumber }, "\(entry.code)")
      if case .circumstance(let words) = entry.example {
        #expect(!words.isEmpty && !words.hasSuffix("."), "\(entry.code)")
      }
    }
  }

  /// What stands in the sources as a code; the ways to write one are few.
  private func codes(in text: String) -> Set<String> {
    let code = text.split(separator: "\n").filter { !$0.contains("///") }.joined(separator: "\n")
    var found: Set<String> = []
    for match in code.matches(
      of:
        /(?:(?:Failure|BookFileError|Diagnostic|mistake|report|system)\(\s*|code: |\?\? |error\[)"?([a-z]+(?:-[a-z0-9]+)+|untrained|contradiction|abandoned)["\]]/
    ) {
      found.insert(String(match.1))
    }
    for match in code.matches(of: /var code: String \{([\s\S]*?)\n  \}/) {
      for slug in match.1.matches(of: /"([a-z]+(?:-[a-z0-9]+)*)"/) { found.insert(String(slug.1)) }
    }
    return found
  }

  @Test func everyCodeOfTheSourcesIsThere() throws {
    let known = Set(CodeCatalogue.chapters.flatMap { $0.entries.map(\.code) })
    let sources = Self.root.appending(path: "Sources")
    let files = FileManager.default.enumerator(atPath: sources.path)?.allObjects as? [String] ?? []
    var used: Set<String> = []
    // Benchmarks answer to `make bench`, not to programs.
    for file in files where file.hasSuffix(".swift") && !file.contains("Catalogue/") && !file.hasPrefix("Benchmarks") {
      let found = codes(in: try String(contentsOf: sources.appending(path: file), encoding: .utf8))
      #expect(found.isSubset(of: known), "\(file): \(found.subtracting(known).sorted())")
      used.formUnion(found)
    }
    // The other way round: nothing in the catalogue that no source gives.
    let language = Set(DiagnosticCode.allCases.map(\.rawValue))
    #expect(
      known.subtracting(language).subtracting(used).isEmpty, "\(known.subtracting(language).subtracting(used).sorted())"
    )
  }

  @Test func aCodeThatIsMissingIsSeen() {
    #expect(codes(in: "throw Failure(\n  \"new-code\", \"x\")") == ["new-code"])
    #expect(codes(in: "  var code: String {\n    switch self {\n    case .a: \"other\"\n    }\n  }") == ["other"])
  }
}
