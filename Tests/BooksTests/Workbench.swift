import Books
import Foundation
import Language

/// A folder of its own for one test, removed at its end.
final class Workbench {
  let folder: String

  init() {
    folder = FileManager.default.temporaryDirectory.path + "/books-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { folder + "/" + name }

  /// Makes a folder.
  func folder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  @discardableResult
  func put(_ name: String, _ text: String) throws -> String {
    try putFile(Array(text.utf8), at: path(name))
    return path(name)
  }

  func text(_ name: String) -> String {
    (try? String(contentsOfFile: path(name), encoding: .utf8)) ?? "(no \(name))"
  }

  func names(_ name: String) -> [String] { (try? sortedNames(inFolder: path(name))) ?? [] }

  /// The files below a folder, and folders in which there are none.
  func tree(_ name: String) -> [String] {
    let all = (FileManager.default.enumerator(atPath: path(name))?.allObjects as? [String] ?? []).sorted()
    return all.filter { path in !all.contains { $0.hasPrefix(path + "/") } }
  }

  /// Runs a book named `book.cnpbook` in this folder.
  func run(
    _ text: String, given: [String] = [], cancellation: Cancellation = Cancellation(), cacheLimit: Int? = nil,
    observer: (any ReplayObserver)? = nil
  ) throws -> BookRunner.RunOutcome {
    try runner(text, given: given, cancellation: cancellation, cacheLimit: cacheLimit).run(observer: observer)
  }

  /// The same with a cache: its cells by label, and whether they ran.
  func cachedRun(_ text: String, given: [String] = []) throws -> [String: Bool] {
    let outcome = try run(text, given: given, cacheLimit: 1 << 30)
    let records = outcome.replay?.records ?? []
    return Dictionary(records.map { ($0.cell.label, !$0.isCached) }) { first, _ in first }
  }

  func check(_ text: String, given: [String] = []) throws -> BookRunner.CheckOutcome {
    try runner(text, given: given).check()
  }

  func runner(
    _ text: String, given: [String] = [], cancellation: Cancellation = Cancellation(), cacheLimit: Int? = nil
  ) throws -> BookRunner {
    BookRunner(
      path: try put("book.cnpbook", text),
      parameters: try given.map { try ParameterValues.Given(argument: $0) }, registry: fakeRegistry,
      cancellation: cancellation, cacheLimit: cacheLimit)
  }
}

/// A book with a plain front matter.
func book(_ body: String, frontMatter: String = "") -> String { "---\ncnpbook: 1\n\(frontMatter)---\n\n\(body)" }

/// A cell of a book.
func cell(_ code: String) -> String { "```cnp\n\(code)\n```\n\n" }

extension BookRunner.CheckOutcome {
  var codes: [String] { mistakes.map(\.code) }
}

/// A generator that gives the same numbers in every run (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
