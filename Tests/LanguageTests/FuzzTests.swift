import Foundation
import Language
import Testing

/// Random numbers from a seed (SplitMix64): the same inputs on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Mutations of the corpus through lexer, parser, checker and renderer: they must answer, whatever comes.
@Suite struct FuzzTests {
  private static let seeds: [[UInt8]] = CorpusTests.programs.compactMap {
    (try? Data(contentsOf: CorpusTests.folder.appending(path: $0))).map(Array.init)
  }
  private static let fragments = [
    "(", ")", "[", "]", "{", "}", "\"", "'", "|", "=", ":", ",", "-", " - ", "..", "{{", "\n", "not ", "if ", "for ",
    "def ", "else", " in ", "print ", "show ", "1e999", "5deg", "%", "\0", "\u{FFFD}", "é", "画", "^", "true", "none",
    "#",
  ].map { Array($0.utf8) }

  @Test(arguments: 1...4) func mutations(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // `CNP_FUZZ_ROUNDS` asks for more, by hand.
    let rounds = ProcessInfo.processInfo.environment["CNP_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 5000
    for _ in 0..<rounds {
      guard var bytes = Self.seeds.randomElement(using: &generator) else { return }
      for _ in 0..<Int.random(in: 1...6, using: &generator) { mutate(&bytes, &generator) }
      let source = Source(String(decoding: bytes, as: UTF8.self), name: "fuzz")
      let result = parse(source, registry: fakeRegistry)
      var checker = Checker(registry: fakeRegistry)
      let findings =
        result.diagnostics + checker.check(result.program) { $0.count % 2 == 0 ? .found("/\($0)") : .missing() }
      for finding in findings where !isSound(finding) {
        Issue.record("unsound span in \(source.text.debugDescription)")
      }
      if let first = findings.first { #expect(!render(first).isEmpty) }
      _ = (result.program.digest, result.program.readNames)
    }
  }

  private func isSound(_ finding: Diagnostic) -> Bool {
    let length = finding.source.text.utf8.count
    return finding.span.start >= 0 && finding.span.start <= finding.span.end && finding.span.end <= length
      && !finding.code.isEmpty && !finding.message.isEmpty
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    let end = min(bytes.count, place + Int.random(in: 1...8, using: &generator))
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.insert(contentsOf: Self.fragments.randomElement(using: &generator) ?? [], at: place)
    case 2: bytes.insert(contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0...bytes.count, using: &generator))
    case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
    default:
      guard let other = Self.seeds.randomElement(using: &generator), !other.isEmpty else { return }
      let from = Int.random(in: 0..<other.count, using: &generator)
      bytes.replaceSubrange(place..<end, with: other[from..<min(other.count, from + 20)])
    }
  }
}
