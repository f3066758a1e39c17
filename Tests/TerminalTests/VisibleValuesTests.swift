import Base
import Glibc
import Terminal
import Testing

/// No value sends a sequence to a terminal: not a text, not the name of a file or a label, not in an error or a table.
@Suite("Values at the terminal")
struct VisibleValuesTests {
  let folder: TemporaryFolder
  /// Sets the title of a window, colours what follows, and has it read from the right.
  private let evil = "a\u{1B}]0;owned\u{07}\u{1B}[31mb\u{9B}2J\u{202E}c\u{7F}"
  private let shown = "a␛]0;owned␇␛[31mb\\u{9b}2J\\u{202e}c␡"

  init() throws { folder = try TemporaryFolder() }

  private func hidden(in bytes: [UInt8]) -> [Unicode.Scalar] {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.filter {
      $0.value != 10 && $0.value != 13 && ($0.value < 32 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E)
    }
  }

  /// A program that shows the text in every way there is.
  private var good: String {
    """
    t = "\(evil)"
    print t
    print [t]
    t
    show 1 caption: t
    save (phantom 1 size: 64)[0].image "\(evil).png"
    (open "\(evil).png")

    """
  }

  /// Mistakes that name it.
  private var bad: String {
    """
    load "\(evil)"
    no-such-name "\(evil)"
    "\(evil)" + 1

    """
  }

  @Test("Through a pipe: the visible form, in results and in errors")
  func piped() throws {
    let result = try runPiped(input: Array((good + bad).utf8), in: folder)
    #expect(hidden(in: Array(result.output.utf8)) == [])
    #expect(hidden(in: Array(result.errors.utf8)) == [])
    #expect(result.output.hasPrefix(shown + "\n['" + shown + "']\n" + shown + "\n"))
    #expect(result.errors.contains(shown))
    #expect(try namesInFolder(folder.path).contains(evil + ".png"), "the file itself has the name that was asked for")
  }

  @Test("A run: its log, its reports as text, and its record as JSON")
  func run() throws {
    try folder.write(Array(good.utf8), to: "e.cnp")
    let result = try runShell("exec \"$CNP\" run e.cnp", in: folder)
    #expect(result.exitCode == 0, "\(result.errors)")
    for bytes in [Array(result.output.utf8)] + (try ["md", "html"].map { try folder.bytes(of: "e.out/report.\($0)") }) {
      #expect(hidden(in: bytes) == [])
      #expect(String(decoding: bytes, as: UTF8.self).contains(shown))
    }
    let record = try folder.bytes(of: "e.out/run.json")
    #expect(hidden(in: record) == [])
    #expect(
      String(decoding: record, as: UTF8.self).contains("a\\u001b]0;owned\\u0007\\u001b[31mb\\u009b2J\\u202ec\\u007f"))
  }

  @Test("At a terminal, where the program draws in colours of its own")
  func terminal() throws {
    try folder.write(Array(good.utf8), to: "good.cnp")
    try folder.write(Array(bad.utf8), to: "bad.cnp")
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    for (file, end) in [("good.cnp", ".png"), ("bad.cnp", "stopped at [script-2]")] {
      terminal.enter(":load \(file)")
      try terminal.expect("[script]")
      let seen = try terminal.expect(shown) + terminal.expect(end)
      #expect(!seen.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) || $0.value == 0x202E }, "\(file)")
      try terminal.expect("cnp> ")
    }
    terminal.type(Key.controlD)
    #expect(try terminal.exitCode() == 0)
  }
}
