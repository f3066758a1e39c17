/// Changes bytes as accidents do, and as typing does: parts of other inputs, words of the language, repetition.
public struct Mutator: Sendable {
  /// Inputs to start from; none is empty.
  public let seeds: [[UInt8]]
  private let fragments: [[UInt8]]

  public init(seeds: [[UInt8]], fragments: [String]) {
    self.seeds = seeds.filter { !$0.isEmpty }
    self.fragments = fragments.map { Array($0.utf8) }
  }

  /// What means something to the language.
  public static let languageFragments = [
    "(", ")", "[", "]", "{", "}", "\"", "'", "|", "=", ":", ",", "-", " - ", "..", ".", "{{", "}}", "\n", "\r\n", "\t",
    " ", "not ", "if ", "for ", "def ", "else", " in ", "print ", "show ", "and ", " xor ", " or ", "1e999", "1e308",
    "5deg", "3px", "2mm", "%", "\0", "\u{FFFD}", "\u{FEFF}", "é", "e\u{301}", "画", "👁", "\u{200D}", "^", "*", "/", "+",
    "<", "<=", "==", "!=", "&&", "||", "**", "\\", "\\n", "\\q", "true", "none", "_", "0", "9007199254740993",
    "0.1", "1e-320", "-0", "#", "# comment\n", "x", "x = ", "mean", "row ", "[1, 2, 3]", "0..4", "epochs: ", ".count",
    "[0]", "[a: 1]", "\"{x}\"", " | print", "\u{2212}", "’", "°", ";", "@", "\u{1B}[31m", "\u{85}", "\u{2028}",
    // What other languages would write.
    "mean(", "(x, 1)", ", rate=2)", "epochs=5", "lr: 3", " for x in xs]", "lambda x: ", "len(", ".len()", "range(3)",
    "[1:2]", "[:-1]", "f\"{x:.2f}\"", " % x", "+= ", "++", "if x == 1:\n  ", "return ", "True", "None", "?", "//", "<-",
    " if x else ", " ? 1 : 2", "{\"a\": 1}", "data/x.png", "def f(x, y=2):", "np.", "===", "->", "=> ", "\"\"\"", "$",
    "~",
  ]

  /// An input of the seeds, changed at up to six places.
  public func input(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes = random.pick(seeds)
    for _ in 0...random.below(6) { mutate(&bytes, &random) }
    return bytes
  }

  /// One change.
  public func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = random.below(bytes.count + 1)
    let end = min(bytes.count, place + 1 + random.below(8))
    switch random.below(16) {
    case 0...2: bytes.removeSubrange(place..<end)
    case 3...6: bytes.insert(contentsOf: random.pick(fragments), at: place)
    case 7, 8: bytes.insert(contentsOf: Array(bytes[place..<end]), at: random.below(bytes.count + 1))
    case 9, 10: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
    case 11: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(8)) }
    case 12: swapLines(&bytes, &random)
    case 13: repeatPart(of: &bytes, place..<end, &random)
    default:
      let other = random.pick(seeds)
      let from = random.below(other.count)
      bytes.replaceSubrange(place..<end, with: other[from..<min(other.count, from + 1 + random.below(40))])
    }
  }

  /// A part many times: what takes time with the square of its length shows, and so does what nests.
  private func repeatPart(of bytes: inout [UInt8], _ part: Range<Int>, _ random: inout SeededGenerator) {
    guard !part.isEmpty else { return }
    // Long ones are rare, or they would take all the time.
    let count = random.once(in: 1000) ? 4000 : random.once(in: 40) ? 150 : 4
    let piece = Array(bytes[part])
    bytes.insert(contentsOf: (0..<count).flatMap { _ in piece }, at: part.lowerBound)
    if bytes.count > 1 << 17 { bytes.removeLast(bytes.count - 1 << 17) }
  }

  private func swapLines(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    lines.swapAt(random.below(lines.count), random.below(lines.count))
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }
}
