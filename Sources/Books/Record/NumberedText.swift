import Base
import Glibc

/// A line of text as words and numbers, to be compared with another one.
struct NumberedText {
  enum Part: Hashable {
    case word(String)
    /// - Parameter text: as it was written.
    case number(Double, text: String)
  }

  let parts: [Part]

  /// Runs of spaces count as one, and so do those of the rules of tables: columns grow with their numbers.
  init(_ line: some StringProtocol) {
    var parts: [Part] = []
    var word = ""
    var rest = Substring(line)
    let begins: Set<Character> = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-", "+", "−"]
    func endWord() {
      if !word.isEmpty { parts.append(.word(word)) }
      word = ""
    }
    while let first = rest.first {
      if begins.contains(first), let (number, text) = Self.number(at: rest, after: word.last) {
        endWord()
        parts.append(.number(number, text: text))
        rest = rest.dropFirst(text.count)
        continue
      }
      rest = rest.dropFirst()
      let isBlank = first == " " || first == "\t"
      let repeats = isBlank ? word.last == " " : first == "─" && word.last == "─"
      if !repeats { word.append(isBlank ? " " : first) }
    }
    while word.last == " " { word.removeLast() }
    endWord()
    self.parts = parts
  }

  /// A number with its sign, fraction and exponent; a sign behind a letter or a digit is a hyphen.
  private static func number(at text: Substring, after last: Character?) -> (Double, String)? {
    let isInWord = last.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    var pattern = #/[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/#
    if !isInWord { pattern = #/[-+−]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/# }
    guard let match = text.prefixMatch(of: pattern) else { return nil }
    let written = String(match.output.0)
    return Double(written.replacing("−", with: "-")).map { ($0, written) }
  }

  /// What is recorded and found agrees, and by how much numbers miss each other where it doesn't.
  func agrees(with found: NumberedText, by rule: Verification.Text) -> Bool {
    parts.count == found.parts.count
      && zip(parts, found.parts).allSatisfy { recorded, found in
        switch (recorded, found) {
        case (.word(let recorded), .word(let found)): recorded == found
        case (.number(let recorded, let text), .number(let found, let other)):
          text == other || Self.agrees(recorded, text, found, other, rule)
        default: false
        }
      }
  }

  private static func agrees(
    _ recorded: Double, _ text: String, _ found: Double, _ other: String, _ rule: Verification.Text
  ) -> Bool {
    // Counts and seeds may have more digits than a number holds.
    let areWhole = (text + other).allSatisfy { $0.isASCII && $0.isNumber }
    if areWhole, case .asWritten = rule { return text.drop { $0 == "0" } == other.drop { $0 == "0" } }
    let tolerance = tolerance(of: recorded, written: text, rule)
    return recorded.isFinite && found.isFinite && tolerance.isFinite && abs(found - recorded) <= tolerance
  }

  private static func tolerance(of number: Double, written text: String, _ rule: Verification.Text) -> Double {
    let mantissa = text.prefix { $0 != "e" && $0 != "E" }
    let decimals = mantissa.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    let exponent = text.dropFirst(mantissa.count + 1)
    // Half a step of the last digit, with room for what binary numbers can't hold.
    let asWritten = 0.5 * pow(10, (Double(exponent) ?? 0) - Double(decimals)) * (1 + 1e-9)
    guard case .numbers(let relative, let absolute) = rule else { return asWritten }
    return max(asWritten, relative * abs(number), absolute)
  }
}

/// Whether a text is that on record; a line `...` of the record stands for any lines.
func agrees(recorded: String, found: String, by rule: Verification.Text) -> Bool {
  let pattern = lines(of: recorded)
  let text = lines(of: found)
  var isExact = false
  if case .exact = rule { isExact = true }
  let recordedParts = isExact ? [] : pattern.map { NumberedText($0) }
  let foundParts = isExact ? [] : text.map { NumberedText($0) }
  func matches(_ place: Int, _ line: Int) -> Bool {
    pattern[place] == text[line] || (!isExact && recordedParts[place].agrees(with: foundParts[line], by: rule))
  }
  var (place, line) = (0, 0)
  // Where the last `...` stands, and how far the text is that it stands for.
  var rest: (place: Int, line: Int)?
  while line < text.count {
    if place < pattern.count, isAnyLines(pattern[place]) {
      rest = (place, line)
      place += 1
    } else if place < pattern.count, matches(place, line) {
      place += 1
      line += 1
    } else if let (back, covered) = rest {
      rest = (back, covered + 1)
      (place, line) = (back + 1, covered + 1)
    } else {
      return false
    }
  }
  return pattern[place...].allSatisfy(isAnyLines)
}

private func isAnyLines(_ line: Substring) -> Bool { trimmed(line) == "..." }

/// Without blanks at the ends of lines and empty lines at the end.
private func lines(of text: String) -> [Substring] {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    var line = line
    while line.last == " " || line.last == "\t" { line.removeLast() }
    return line
  }
  while lines.last?.isEmpty == true { lines.removeLast() }
  return lines
}
