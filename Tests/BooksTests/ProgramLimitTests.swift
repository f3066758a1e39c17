import Foundation
import Testing

/// Sizes and bytes that break careless readers, fed to the built program in all its ways: through a pipe, by `cnp run` and
/// by `cnp check`. It answers, in words, and in time.
@Suite struct ProgramLimitTests {
  /// A program and what becomes of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    /// The code that every way reports; nil for a program that runs.
    let code: String?

    init(_ description: String, _ text: String, code: String? = nil) {
      self.init(description, Array(text.utf8), code: code)
    }

    init(_ description: String, _ bytes: [UInt8], code: String?) {
      (testDescription, self.bytes, self.code) = (description, bytes, code)
    }
  }

  static let cases: [Case] = {
    func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    var cases = [
      Case("100,000 lines", many("x = 1\n", 100_000) + "print x\n"),
      Case("100,000 lines with mistakes", many("x = y +* 1\n", 100_000), code: "unexpected-token"),
      Case("100,000 unknown names", many("nothing-such\n", 100_000), code: "unknown-name"),
      Case("5,000 unknown names", many("nothing-such\n", 5_000), code: "unknown-name"),
      Case("a text of 1 MB", "x = '" + many("a", 1_000_000) + "'\nprint x.count\n"),
      Case("a comment of 1 MB", "# " + many("a", 1_000_000) + "\nprint 1\n"),
      Case("a name of 1 MB", many("a", 1_000_000) + "\n", code: "unknown-name"),
      Case("a sum of 1 MB", "print 0" + many(" + 1", 250_000) + "\n"),
      Case("1 MB of quotes and braces", many("\"{'", 333_333) + "\n", code: "nested-too-deep"),
      Case("invalid UTF-8", [0x78, 0x20, 0x3D, 0x20, 0xFF, 0xFE, 0x0A], code: nil),
      Case("a character cut short", [0x70, 0x72, 0x69, 0x6E, 0x74, 0x20, 0x22, 0xE7, 0x94, 0x22, 0x0A], code: nil),
      Case("NUL between words", Array("x = 1\0 + 2\n".utf8), code: "nul-byte"),
      Case("NUL in a text", Array("print 'a\0b'\n".utf8), code: "nul-byte"),
      Case("100,000 NUL", [UInt8](repeating: 0, count: 100_000), code: "nul-byte"),
    ]
    for (open, close) in [
      ("(", ")"), ("[", "]"), ("{", "}"), ("f (", ")"), ("if true {", "}"), ("x[", "]"), ("[a: ", "]"),
    ] {
      cases += [
        Case("10,000 × `\(open)`", "x = " + many(open, 10_000) + "\n", code: nil),
        Case(
          "10,000 × `\(open)` and `\(close)`", "x = " + many(open, 10_000) + "1" + many(close, 10_000) + "\n",
          code: "nested-too-deep"),
        Case("10,000 × `\(close)`", "x = 1" + many(close, 10_000) + "\n", code: nil),
      ]
    }
    return cases
  }()

  /// Cases without a code that are mistakes all the same, of a code that is not the same in every way.
  private func isMistaken(_ test: Case) -> Bool {
    test.code != nil || test.testDescription.contains("×") || test.testDescription.contains("UTF-8")
      || test.testDescription.contains("cut short")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: KilledRunTests.program)), arguments: cases)
  func answers(_ test: Case) throws {
    let bench = Workbench()
    let script = bench.path("script.cnp")
    try Data(test.bytes).write(to: URL(filePath: script))
    // A line through a pipe is an input of its own, with mistakes of its own: thousands are enough of them.
    let ways: [([String], Int32)] = [([], 3), (["check", script], 2), (["run", "-q", script], 2)]
    let isPiped =
      !(test.testDescription.contains("100,000") && isMistaken(test)) || test.testDescription.contains("NUL")
    for (arguments, refused) in isPiped ? ways : Array(ways.dropFirst()) {
      let found = try run(arguments, input: arguments.isEmpty ? script : nil, in: bench)
      let way = arguments.first ?? "pipe"
      #expect(found.status == (isMistaken(test) ? refused : 0), "\(way): \(found.errors.prefix(300))")
      #expect(found.errors.contains("error[") == isMistaken(test), "\(way)")
      // A book with NUL is refused as a file, before it is a program.
      if let code = test.code { #expect(found.errors.contains("\(code)]"), "\(way): \(found.errors.prefix(300))") }
      // A mistake shows its line, not a megabyte of it.
      let most = 400_000 + (arguments.isEmpty ? 200 * test.bytes.count { $0 == UInt8(ascii: "\n") } : 0)
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
