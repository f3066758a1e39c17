/// Formulas cut out of Markdown before it is parsed, since `_`, `*` and `\` mean other things there.
///
/// Each formula leaves a mark of private-use characters behind, on as many lines as it had, so that every block keeps
/// its place. Code is left alone.
struct CutMath {
  private struct Formula {
    let source: String
    let isDisplayed: Bool
  }

  /// The document with marks in the place of formulas.
  private(set) var markdown = ""
  private var formulas: [Formula] = []

  private static let filler = "\u{E002}"
  /// Longer ones are prose with a stray dollar sign.
  private static let longest = 2000
  private static let longestDisplayed = 8000

  init(_ text: String) {
    guard text.utf8.contains(UInt8(ascii: "$")) else {
      markdown = text
      return
    }
    var paragraph: [UInt8] = []
    var fence: (mark: UInt8, length: Int)?
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init) {
      let content = line.utf8.drop { $0 == UInt8(ascii: " ") }
      let run = content.first.map { first in content.prefix { $0 == first }.count } ?? 0
      let isMark = content.first == UInt8(ascii: "`") || content.first == UInt8(ascii: "~")
      if let open = fence {
        if isMark, content.first == open.mark, run >= open.length { fence = nil }
        append(line, to: &paragraph, verbatim: true)
      } else if isMark, run >= 3, let mark = content.first {
        flush(&paragraph)
        fence = (mark, run)
        append(line, to: &paragraph, verbatim: true)
      } else {
        append(line, to: &paragraph, verbatim: false)
        if content.isEmpty { flush(&paragraph) }
      }
    }
    flush(&paragraph)
    if markdown.hasSuffix("\n") { markdown.removeLast() }
  }

  private mutating func append(_ line: Substring, to paragraph: inout [UInt8], verbatim: Bool) {
    if verbatim {
      markdown += line
      markdown += "\n"
    } else {
      paragraph += line.utf8
      paragraph.append(UInt8(ascii: "\n"))
    }
  }

  /// Cuts the formulas out of one paragraph and appends what is left.
  private mutating func flush(_ paragraph: inout [UInt8]) {
    defer { paragraph = [] }
    var kept: [UInt8] = []
    var index = 0
    while index < paragraph.count {
      let byte = paragraph[index]
      if byte == UInt8(ascii: "\\"), index + 1 < paragraph.count {
        kept += paragraph[index...(index + 1)]
        index += 2
      } else if byte == UInt8(ascii: "`") {
        let end = CutMath.endOfCode(in: paragraph, from: index)
        kept += paragraph[index..<end]
        index = end
      } else if byte == UInt8(ascii: "$"), let (end, formula) = CutMath.formula(in: paragraph, from: index) {
        kept += "\u{E000}\(formulas.count)\u{E001}".utf8
        for inner in paragraph[index..<end] where inner == UInt8(ascii: "\n") { kept += "\n\(CutMath.filler)".utf8 }
        formulas.append(formula)
        index = end
      } else {
        kept.append(byte)
        index += 1
      }
    }
    markdown += String(decoding: kept, as: UTF8.self)
  }

  private static func endOfCode(in bytes: [UInt8], from start: Int) -> Int {
    let length = bytes[start...].prefix { $0 == UInt8(ascii: "`") }.count
    var index = start + length
    let limit = min(bytes.count, index + longestDisplayed)
    while index < limit {
      let run = bytes[index..<limit].prefix { $0 == UInt8(ascii: "`") }.count
      if run == length { return index + run }
      index += max(run, 1)
    }
    return start + length
  }

  private static func formula(in bytes: [UInt8], from start: Int) -> (end: Int, formula: Formula)? {
    let dollar = UInt8(ascii: "$")
    let isDisplayed = start + 1 < bytes.count && bytes[start + 1] == dollar
    let first = start + (isDisplayed ? 2 : 1)
    let limit = min(bytes.count, first + (isDisplayed ? longestDisplayed : longest))
    guard first < limit, isDisplayed || !isSpace(bytes[first]) else { return nil }
    var index = first
    while index < limit {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      if bytes[index] == dollar && index > first {
        let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: " ")
        let closes = isDisplayed ? next == dollar : !isSpace(bytes[index - 1]) && !isDigit(next)
        if closes {
          let source = String(decoding: bytes[first..<index], as: UTF8.self)
          return (index + (isDisplayed ? 2 : 1), Formula(source: source, isDisplayed: isDisplayed))
        }
        // Two amounts of money are no formula.
        if !isDisplayed { return nil }
      }
      index += 1
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") }

  /// HTML with the marks replaced by rendered formulas; inside tags and code by their source.
  func restored(in html: String) -> String {
    let bytes = Array(html.utf8)
    guard !formulas.isEmpty, CutMath.hasMarks(bytes) else { return html }
    var result: [UInt8] = []
    result.reserveCapacity(2 * bytes.count)
    var isInTag = false
    var codeDepth = 0
    var index = 0
    while index < bytes.count {
      if let (end, formula) = mark(in: bytes, at: index) {
        let verbatim = isInTag || codeDepth > 0
        let shown =
          verbatim ? escapedHTML(written(formula)) : mathHTML(formula.source, isDisplayed: formula.isDisplayed)
        result += shown.utf8
        index = end
        continue
      }
      if CutMath.isFiller(bytes, at: index) {
        index += 3
        continue
      }
      if bytes[index] == UInt8(ascii: "<") {
        isInTag = true
        if bytes[index...].starts(with: "<code".utf8) { codeDepth += 1 }
        if bytes[index...].starts(with: "</code".utf8) { codeDepth -= 1 }
      } else if bytes[index] == UInt8(ascii: ">") {
        isInTag = false
      }
      result.append(bytes[index])
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Plain text with the marks replaced by the formulas' source.
  func restoredSource(in text: String) -> String { restored(in: text) { $0.source } }

  /// Plain text with the marks replaced by the formulas in characters, those that are displayed on lines of their own.
  func restoredText(in text: String) -> String {
    restored(in: text) { formula in
      formula.isDisplayed ? "\n    \(mathText(formula.source))\n" : mathText(formula.source)
    }
  }

  private func restored(in text: String, _ form: (Formula) -> String) -> String {
    let bytes = Array(text.utf8)
    guard !formulas.isEmpty, CutMath.hasMarks(bytes) else { return text }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let (end, formula) = mark(in: bytes, at: index) {
        result += form(formula).utf8
        index = end
      } else if CutMath.isFiller(bytes, at: index) {
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  // Marks are U+E000 to U+E002: EE 80 80 to EE 80 82 in UTF-8.

  private static func hasMarks(_ bytes: [UInt8]) -> Bool { bytes.contains(0xEE) }

  private static func isMark(_ last: UInt8, _ bytes: [UInt8], at index: Int) -> Bool {
    index + 2 < bytes.count && bytes[index] == 0xEE && bytes[index + 1] == 0x80 && bytes[index + 2] == last
  }

  private static func isFiller(_ bytes: [UInt8], at index: Int) -> Bool { isMark(0x82, bytes, at: index) }

  /// The formula whose mark starts at an index, and where the mark ends.
  private func mark(in bytes: [UInt8], at index: Int) -> (end: Int, formula: Formula)? {
    guard CutMath.isMark(0x80, bytes, at: index) else { return nil }
    let digits = bytes[(index + 3)...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard CutMath.isMark(0x81, bytes, at: digits.endIndex), let number = Int(String(decoding: digits, as: UTF8.self)),
      formulas.indices.contains(number)
    else { return nil }
    return (digits.endIndex + 3, formulas[number])
  }

  private func written(_ formula: Formula) -> String {
    formula.isDisplayed ? "$$\(formula.source)$$" : "$\(formula.source)$"
  }
}
