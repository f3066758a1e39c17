import Foundation
import Testing

/// Sizes and bytes that break careless readers, fed to the built program in all its ways: through a pipe, by `cnp run` and
/// by `cnp check`. It answers, in words, and in time.
@Suite struct ProgramLimitTests {
  /// A program and what becomes of it.
  struct Case: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable {
      case runs
      /// Every way reports this code, perhaps with a word before it: a book with NUL is refused as a file.
      case mistake(String)
      /// A mistake whose code depends on the way.
      case someMistake
    }
    let testDescription: String
    let bytes: [UInt8]
    let outcome: Outcome
    /// A line through a pipe is an input of its own, with mistakes of its own: of those thousands are enough.
    let isPiped: Bool

    init(_ description: String, _ text: String, _ outcome: Outcome, isPiped: Bool = true) {
      self.init(description, Array(text.utf8), outcome, isPiped: isPiped)
    }

    init(_ description: String, _ bytes: [UInt8], _ outcome: Outcome, isPiped: Bool = true) {
      (testDescription, self.bytes, self.outcome, self.isPiped) = (description, bytes, outcome, isPiped)
    }

    var isMistaken: Bool {
      if case .runs = outcome { false } else { true }
    }
  }

  static let cases: [Case] = {
    func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    var cases = [
      Case("100,000 lines", many("x = 1\n", 100_000) + "print x\n", .runs),
      Case(
        "100,000 lines with mistakes", many("x = y +* 1\n", 100_000), .mistake("unexpected-token"), isPiped: false),
      Case("100,000 unknown names", many("nothing-such\n", 100_000), .mistake("unknown-name"), isPiped: false),
      Case("5,000 unknown names", many("nothing-such\n", 5_000), .mistake("unknown-name")),
      Case("a text of 1 MB", "x = '" + many("a", 1_000_000) + "'\nprint x.count\n", .runs),
      Case("a comment of 1 MB", "# " + many("a", 1_000_000) + "\nprint 1\n", .runs),
      Case("a name of 1 MB", many("a", 1_000_000) + "\n", .mistake("unknown-name")),
      Case("a sum of 1 MB", "print 0" + many(" + 1", 250_000) + "\n", .runs),
      Case("1 MB of quotes and braces", many("\"{'", 333_333) + "\n", .mistake("nested-too-deep")),
      Case("invalid UTF-8", [0x78, 0x20, 0x3D, 0x20, 0xFF, 0xFE, 0x0A], .someMistake),
      Case("a character cut short", Array("print \"".utf8) + [0xE7, 0x94] + Array("\"\n".utf8), .someMistake),
      Case("NUL between words", Array("x = 1\0 + 2\n".utf8), .mistake("nul-byte")),
      Case("NUL in a text", Array("print 'a\0b'\n".utf8), .mistake("nul-byte")),
      Case("100,000 NUL", [UInt8](repeating: 0, count: 100_000), .mistake("nul-byte")),
    ]
    let pairs = [("(", ")"), ("[", "]"), ("{", "}"), ("f (", ")"), ("if true {", "}"), ("x[", "]"), ("[a: ", "]")]
    for (open, close) in pairs {
      cases += [
        Case("10,000 × `\(open)`", "x = " + many(open, 10_000) + "\n", .someMistake),
        Case(
          "10,000 × `\(open)` and `\(close)`", "x = " + many(open, 10_000) + "1" + many(close, 10_000) + "\n",
          .mistake("nested-too-deep")),
        Case("10,000 × `\(close)`", "x = 1" + many(close, 10_000) + "\n", .someMistake),
      ]
    }
    return cases
  }()

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: KilledRunTests.program)), arguments: cases)
  func answers(_ test: Case) throws {
    let bench = Workbench()
    let script = bench.path("script.cnp")
    try Data(test.bytes).write(to: URL(filePath: script))
    var ways: [([String], Int32)] = [(["check", script], 2), (["run", "-q", script], 2)]
    if test.isPiped { ways.append(([], 3)) }
    for (arguments, refused) in ways {
      let found = try run(arguments, input: arguments.isEmpty ? script : nil, in: bench)
      let way = arguments.first ?? "pipe"
      #expect(found.status == (test.isMistaken ? refused : 0), "\(way): \(found.errors.prefix(300))")
      #expect(found.errors.contains("error[") == test.isMistaken, "\(way)")
      if case .mistake(let code) = test.outcome {
        #expect(found.errors.contains("\(code)]"), "\(way): \(found.errors.prefix(300))")
      }
      // A mistake shows its line, not a megabyte of it.
      let lines = test.bytes.count { $0 == UInt8(ascii: "\n") }
      let most = 400_000 + (arguments.isEmpty ? 200 * lines : 0)
      #expect(found.errors.utf8.count < most, "\(way): \(found.errors.utf8.count) bytes of mistakes")
    }
  }

  /// More memory than the process may take is refused before it is taken, and what comes after goes on.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: KilledRunTests.program)))
  func memoryThatIsNotThere() throws {
    let bench = Workbench()
    let lines = [
      "d = phantom 2 size: 64", "many = phantom 100000 size: 1024", "n = fcn8 width: 1024", "n = unet width: 1024",
      "set = save d \"set\"", "wide = load \"{set}/images\" masks: \"{set}/masks\" size: 4096",
      "n = train-net wide width: 64 epochs: 1", "n = train-gan d width: 512 epochs: 1",
      "p = predict (unet width: 64) wide", "print d",
    ]
    let script = try bench.put("in", lines.joined(separator: "\n") + "\n")
    let found = try run(
      ["-c", "ulimit -v 3000000; exec \"$0\"", KilledRunTests.program], input: script, in: bench, by: "/bin/bash")
    #expect(found.status == 3)
    let codes = found.errors.matches(of: /error\[([a-z-]+)\]/).map { String($0.1) }
    #expect(codes == [String](repeating: "out-of-memory", count: 6), "\(found.errors)")
    #expect(found.errors.contains("in-9:1:"), "\(found.errors)")
  }

  /// Runs the program with what it needs, and ends one that hangs.
  private func run(
    _ arguments: [String], input: String?, in bench: Workbench, by program: String = KilledRunTests.program
  ) throws -> (status: Int32, errors: String) {
    let errors = bench.path("errors")
    try Data().write(to: URL(filePath: errors))
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: bench.folder)
    process.standardInput = input.flatMap { FileHandle(forReadingAtPath: $0) } ?? FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    let patience = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 600, execute: patience)
    process.waitUntilExit()
    patience.cancel()
    #expect(process.terminationReason == .exit, "ended by signal \(process.terminationStatus)")
    return (process.terminationStatus, bench.text("errors"))
  }
}
