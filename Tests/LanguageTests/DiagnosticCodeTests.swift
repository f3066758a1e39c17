import Foundation
import Fuzzing
import Language
import Testing

/// The tests' commands, and stand-ins for those that the catalogue's programs call, with the parameters of the real ones.
private let catalogueRegistry = Registry(
  commands: Array(fakeRegistry.commands.values) + [
    Command(
      "phantom", "drawn angiograms",
      [
        .argument("count", .integer(.within(1...10_000)), "how many"),
        .option("size", .integer(.within(16...4096)), default: .number(256), "height and width"),
      ], result: .object("dataset")
    ) { _, _ in .none },
    Command(
      "augment", "random changes",
      [
        .argument("data", .object("dataset"), "angiograms"),
        .option("flip", .number(.one, .within(0...1)), default: .number(0.5), "probability"),
        .option("rotate", .number(.degrees, .within(0...180)), default: .number(15, .degrees), "largest rotation"),
      ], result: .object("dataset")
    ) { _, _ in .none },
    Command(
      "split", "two parts",
      [
        .argument("data", .object("dataset"), "angiograms"),
        .option("by", .choice(["case", "image", "auto"]), default: .text("auto"), "what stays together"),
      ]
    ) { _, _ in .none },
    Command("load", "read angiograms", [.argument("images", .path, "folder")]) { _, _ in .none },
  ], types: [Row.self])

/// The catalogue holds every code, and its programs give what it says.
@Suite struct DiagnosticCodeTests {
  @Test(arguments: DiagnosticCode.allCases) func exampleGivesItsCode(_ code: DiagnosticCode) throws {
    guard let example = code.example else { return }
    let found = try #require(
      diagnose(example, named: "example", registry: catalogueRegistry, isCancelled: code == .interrupted))
    #expect(found.found.map(\.code) == [code.rawValue])
  }

  @Test func codesWithoutProgram() throws {
    #expect(DiagnosticCode.allCases.filter { $0.example == nil } == [.unreadable, .internalError])
    #expect(diagnose("fail how: bare", named: "c", registry: fakeRegistry)?.found.map(\.code) == ["internal-error"])
    var session = Session(registry: fakeRegistry)
    let program = parse(Source("x = 2 +", name: "c"), registry: fakeRegistry).program
    let mistake = try #require(throws: Diagnostic.self) { try session.run(program, cell: "c", host: Recorder()) }
    #expect(mistake.code == "unreadable")
  }

  @Test func meaningsAreLines() {
    for code in DiagnosticCode.allCases {
      #expect(!code.meaning.isEmpty && !code.meaning.contains("\n") && !code.meaning.hasSuffix("."), "\(code)")
      #expect(code.rawValue.allSatisfy { $0 == "-" || ("a"..."z").contains($0) }, "\(code)")
    }
  }

  /// Each problem takes its code from the catalogue; this finds a code that is written beside it.
  @Test func noCodeIsWrittenElsewhere() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Language")
    let files = FileManager.default.enumerator(atPath: sources.path)?.allObjects as? [String] ?? []
    let swift = files.filter { $0.hasSuffix(".swift") && !$0.hasSuffix("DiagnosticCode.swift") }
    #expect(swift.count > 30)
    for file in swift {
      let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
      for line in text.split(separator: "\n") where !line.contains("///") {
        #expect(
          line.firstMatch(of: /\b(Diagnostic|Failure)\("|code: "/) == nil, "\(file): \(line)")
        let slug = line.firstMatch(of: /"([a-z]+(-[a-z]+)+)"/).map { String($0.1) }
        #expect(slug.flatMap { DiagnosticCode(rawValue: $0) } == nil, "\(file): \(line)")
      }
    }
  }

  /// What the corpus gives besides are codes of the tests' own commands.
  @Test func codesOfTheCorpusAreInTheCatalogue() {
    let own: Set = ["broken-member", "failed", "lonely-row", "row-lengths", "too-short", "xor-short"]
    for path in CorpusTests.programs {
      let output = CorpusTests.folder.appending(path: path).deletingPathExtension().appendingPathExtension("out")
      let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
      for match in text.matches(of: /(?:error|warning)\[([a-z-]+)\]/) where !own.contains(String(match.1)) {
        #expect(DiagnosticCode(rawValue: String(match.1)) != nil, "\(path): \(match.1)")
      }
    }
  }
}
