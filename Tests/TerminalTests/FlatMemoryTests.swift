import Glibc
import Terminal
import Testing

/// The program's memory stays as it is, however long a session or a training goes on. `.ci/flat-memory` takes 10,000 rounds.
@Suite("Flat memory", .serialized)
struct FlatMemoryTests {
  let folder: TemporaryFolder
  private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  init() throws { folder = try TemporaryFolder() }

  /// What the script says of the program, which may grow by so many KiB.
  private func measured(_ what: String, most: Int, rounds: String) throws -> PipedRun {
    try runShell("MOST=\(most) ONLY=\(what) '\(Self.root)/.ci/flat-memory' \"$CNP\" \(rounds)", in: folder)
  }

  /// Of each input half a KiB is kept for `:history` and `:save`; its syntax alone would be more.
  @Test func inputs() throws {
    let run = try measured("inputs", most: 2560, rounds: "500 3000")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(run.output.split(separator: "\n").count == 3)
  }

  @Test func steps() throws {
    let run = try measured("steps", most: 1024, rounds: "100 300")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(run.output.split(separator: "\n").count == 2)
  }

  @Test("What grows is found: a session that binds a new picture to a new name in every input")
  func growing() throws {
    let run = try measured("growing", most: 1024, rounds: "20 120")
    #expect(run.exitCode == 1 && run.output.contains("GROWS"), "\(run.output)\(run.errors)")
  }
}
