import Books
import Glibc
import Testing

/// What the repository ships runs: every example script to its end, and no book has a mistake that checking finds.
struct ShippedBooksTests {
  static let root = String(
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/"))

  static func files(in folder: String, ending: String) -> [String] {
    guard let directory = opendir("\(root)/\(folder)") else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(ending) { names.append("\(folder)/\(name)") }
    }
    return names.sorted()
  }

  @Test func thereAreTenExamplesAndTwoBooks() {
    #expect(Self.files(in: "examples", ending: ".cnp").count >= 10)
    #expect(Self.files(in: "notebooks", ending: ".cnpbook").count >= 2)
  }

  @Test(arguments: files(in: "examples", ending: ".cnp"))
  func exampleRuns(script: String) {
    let bench = Workbench()
    let outcome = BookRunner(path: "\(Self.root)/\(script)", outputFolder: bench.path("out")).run()
    #expect(outcome.mistakes.map(\.message) == [])
    #expect(outcome.status == .success)
  }

  @Test(arguments: files(in: "notebooks", ending: ".cnpbook"))
  func bookHasNoMistake(book: String) {
    #expect(BookRunner(path: "\(Self.root)/\(book)").check().mistakes.map(\.message) == [])
  }
}
