import Fuzzing
import Glibc
import Terminal
import Testing

/// Keys at random, as a cat on the keyboard gives them and as a broken terminal does.
@Suite("Random keys")
struct RandomKeysTests {
  @Test("After any keys, Ctrl-C leads back to a prompt that answers", arguments: 1...4)
  func keys(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let terminal = try PseudoTerminal.atPrompt(in: folder, ["EDITOR": "true"], columns: 60, rows: 20)
    var generator = SeededGenerator(seed: seed)
    var typed: [[UInt8]] = []
    do {
      for _ in 0..<300 {
        if generator.once(in: 40) {
          terminal.resize(columns: UInt16(2 + generator.below(100)), rows: UInt16(2 + generator.below(30)))
        }
        let key = Self.key(from: &generator)
        typed.append(key)
        terminal.type(key)
        // Some keys come one by one, some at once.
        terminal.takeOutput(seconds: generator.once(in: 3) ? 0.005 : 0)
      }
      terminal.resize(columns: 60, rows: 20)
      try leadBack(terminal)
    } catch {
      let end = (try? terminal.exitCode()).map { "it has ended with \($0)" } ?? "it still runs"
      let last = typed.suffix(40).map { String(decoding: $0, as: UTF8.self).debugDescription }
      Issue.record("\(error)\n\(end); seed \(seed), the last keys: \(last.joined(separator: " "))")
    }
  }

  /// Presses Ctrl-C, and sees whether an input is answered. What the keys began, an editor or a command, may take the
  /// first Ctrl-C to itself; none may go on taking them.
  private func leadBack(_ terminal: PseudoTerminal) throws {
    for press in 1... {
      terminal.takeOutput(seconds: 0.5)
      terminal.type(Key.controlC)
      let seconds = press < 5 ? 5 : PseudoTerminal.patience
      do {
        try terminal.expect("cnp> ", seconds: seconds)
        terminal.enter("print 987654")
        try terminal.expect("\n987654\n", seconds: seconds)
        return
      } catch { if press == 5 { throw error } }
    }
  }

  /// Not among them: what leaves the program, stops it or its terminal (Ctrl-D, Ctrl-\, Ctrl-Z, Ctrl-S), and digits, which
  /// after Alt would ask for a key a million times.
  private static func key(from generator: inout SeededGenerator) -> [UInt8] {
    switch generator.below(20) {
    case 0..<8: [generator.pick(Array("prinabcx +-*(){}[]\"'#|=,.:".utf8))]
    case 8..<10: Array(generator.pick([Key.up, Key.down, Key.left, "\u{1B}[C", "\u{1B}OA", "\u{1B}[3~"]).utf8)
    case 10..<13:
      [generator.pick(Array("\u{12}\u{12}\u{18}\u{15}\u{17}\u{1F}\u{03}\r\r\n\t\u{01}\u{05}\u{0B}\u{19}".utf8))]
    case 13: [generator.pick(Array(0...0x1F).filter { ![0x04, 0x13, 0x1A, 0x1C].contains($0) } + [0x7F])]
    case 14: [0x1B] + [generator.pick(Array("abcdfhklnprtuvwxy<>.#&*?!~^-\\\u{08}\r\u{7F}".utf8))]
    case 15:
      Array(
        generator.pick([
          "\u{1B}", "\u{1B}[", "\u{1B}O", "\u{1B}[1;5C", "\u{1B}[999~", "\u{1B}[<0;1;1M", "\u{1B}\u{1B}[A", "\u{9B}A",
          Key.edit, "\u{18}(", "\u{18})", "\u{18}e", "\u{18}\u{18}",
        ]).utf8)
    case 16: generator.pick([[0xFF], [0xC3], [0x80, 0x80], [0xE7, 0x94], [0xF0, 0x9F], [0xED, 0xA0, 0x80]])
    case 17: Array(generator.pick(["é", "画", "✅", "🇩🇪", "e\u{301}", "👩‍🔬", "\u{200B}"]).utf8)
    case 18: [0x1B] + Array("[200~".utf8) + paste(from: &generator) + Array("\u{1B}[201~".utf8)
    default: generator.once(in: 4) ? Array("\u{1B}[200~print".utf8) : Array("\u{1B}[201~".utf8)
    }
  }

  private static func paste(from generator: inout SeededGenerator) -> [UInt8] {
    generator.pick([
      Array("a = [1,\n2,\n3]\n".utf8), Array("\u{1B}[200~".utf8), [0x0A, 0xFF, 0x00, 0x0D], [],
      Array("画\u{1B}[A✅".utf8), Array(String(repeating: "(x) ", count: 200).utf8),
    ])
  }
}
