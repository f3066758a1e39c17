import Base
import Glibc
import Language

/// The text of a book or a script, with the places of its lines: what every message about it points into.
public struct BookText: Sendable {
  /// A file larger than this is refused before it is read.
  static let largestFile = 16 << 20

  /// The whole text under its file's name.
  public let source: Source
  /// Where each line starts, in UTF-8 bytes.
  private let lineStarts: [Int]

  /// - Parameter name: what messages call the file.
  public init(_ text: String, name: String) {
    var contiguous = text
    contiguous.makeContiguousUTF8()
    source = Source(contiguous, name: name)
    var starts = [0]
    for (offset, byte) in contiguous.utf8.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
    lineStarts = starts
  }

  /// Reads a file: UTF-8 without NUL bytes, at most 16 MiB; line ends become `\n`.
  public init(file path: String, name: String) throws(Diagnostic) {
    let bytes: [UInt8]
    do {
      bytes = try fileBytes(path, limit: BookText.largestFile)
    } catch {
      let isStream = pathKind(path) == .other
      throw Diagnostic(
        error.code, error.message, hint: isStream ? "what comes through a pipe is read under the name `-`" : error.hint,
        in: Source(withoutLines: name), at: Span(0, 0))
    }
    try self.init(bytes: bytes, name: name)
  }

  /// - Throws: `book-nul-byte` or `book-not-utf8`, at the line of the first such byte.
  public init(bytes: [UInt8], name: String) throws(Diagnostic) {
    if let encoding = foreignEncoding(of: bytes) {
      throw Diagnostic(
        "book-not-utf8", "the file is \(encoding) text", hint: "save it as UTF-8", in: Source(withoutLines: name),
        at: Span(0, 0))
    }
    var clean = bytes
    if clean.starts(with: [0xEF, 0xBB, 0xBF]) { clean.removeFirst(3) }
    if clean.contains(UInt8(ascii: "\r")) { clean = withoutCarriageReturns(clean) }
    if let nul = clean.firstIndex(of: 0) {
      let (source, span) = excerpt(of: clean, at: nul, name: name)
      throw Diagnostic(
        "book-nul-byte", "the file has a NUL byte", hint: "is it a text file?", in: source, at: span)
    }
    guard let text = String(validating: clean, as: UTF8.self) else {
      let place = firstInvalidByte(in: clean)
      let (source, span) = excerpt(of: clean, at: place, name: name)
      // Printable ones: an editor of the West wrote them.
      let letter = clean[place...].first.flatMap { $0 >= 0xA1 ? Character(UnicodeScalar($0)) : nil }
      throw Diagnostic(
        "book-not-utf8", "the file is not UTF-8 from here on",
        hint: "save it as UTF-8" + (letter.map { "; in Latin-1 (Windows-1252) the next letter is \($0)" } ?? ""),
        in: source, at: span)
    }
    self.init(text, name: name)
  }

  public var lineCount: Int { lineStarts.count }

  /// The first line that is not blank.
  var firstWrittenLine: Int? { (1...lineCount).first { !line($0).allSatisfy(\.isWhitespace) } }

  /// A line without its end, counted from 1.
  public func line(_ number: Int) -> Substring {
    let utf8 = source.text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: lineStarts[number - 1])
    let end = number < lineStarts.count ? lineStarts[number] - 1 : utf8.count
    return source.text[start..<utf8.index(utf8.startIndex, offsetBy: end)]
  }

  /// Whole lines with their ends; empty when `last < first`.
  public func lines(_ first: Int, through last: Int) -> String {
    guard first <= last, first <= lineStarts.count else { return "" }
    let utf8 = source.text.utf8
    let end = last < lineStarts.count ? lineStarts[last] : utf8.count
    let start = utf8.index(utf8.startIndex, offsetBy: lineStarts[first - 1])
    return String(source.text[start..<utf8.index(utf8.startIndex, offsetBy: end)])
  }

  /// The stretch of a whole line.
  public func span(ofLine number: Int) -> Span {
    let bounded = min(max(number, 1), lineStarts.count)
    let start = lineStarts[bounded - 1]
    return Span(start, start + line(bounded).utf8.count)
  }

  /// The stretch from a place (line and column in Unicode scalars, from 1) to the end of the word or line there.
  public func span(line number: Int, column: Int) -> Span {
    let whole = span(ofLine: number)
    let text = line(min(max(number, 1), lineStarts.count))
    let skipped = text.unicodeScalars.prefix(max(0, column - 1)).reduce(0) { $0 + UTF8.width($1) }
    let start = min(whole.start + skipped, whole.end)
    let word = text.utf8.dropFirst(skipped).prefix { !" :,]}".utf8.contains($0) }.count
    return Span(start, min(whole.end, max(start + word, start + 1)))
  }

  /// A mistake at a line.
  func mistake(_ code: String, _ message: String, hint: String? = nil, line: Int) -> Diagnostic {
    Diagnostic(code, message, hint: hint, in: source, at: span(ofLine: line))
  }
}

extension UTF8 {
  fileprivate static func width(_ scalar: Unicode.Scalar) -> Int { scalar.utf8.count }
}

private func withoutCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
  var clean: [UInt8] = []
  clean.reserveCapacity(bytes.count)
  for (index, byte) in bytes.enumerated() {
    let isBeforeNewline = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
    if byte == UInt8(ascii: "\r") && isBeforeNewline { continue }
    clean.append(byte == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : byte)
  }
  return clean
}

/// The byte up to which the text is UTF-8.
private func firstInvalidByte(in bytes: [UInt8]) -> Int {
  var decoder = Unicode.UTF8.ForwardParser()
  var iterator = bytes.makeIterator()
  var offset = 0
  while true {
    switch decoder.parseScalar(from: &iterator) {
    case .valid(let scalar): offset += scalar.count
    case .error, .emptyInput: return offset
    }
  }
}

/// The line around an offending byte as a source of its own, since the file as a whole is no text.
private func excerpt(of bytes: [UInt8], at offset: Int, name: String) -> (Source, Span) {
  let newline = UInt8(ascii: "\n")
  let number = bytes[..<offset].count { $0 == newline } + 1
  let start = bytes[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
  let head = String(decoding: bytes[start..<offset].suffix(120), as: UTF8.self)
  return (Source(head + "\u{FFFD}", name: name, firstLine: number), Span(head.utf8.count, head.utf8.count + 3))
}

extension Diagnostic {
  /// With the file's name alone, for reports: they say nothing of the folders of the machine.
  var portable: Diagnostic {
    let source = Source(source.text, name: fileName(of: source.name), firstLine: source.firstLine)
    return Diagnostic(code, message, hint: hint, in: source, at: span)
  }

  /// The line of the file that it points to, counted from 1.
  public var line: Int {
    source.firstLine + source.text.utf8.prefix(span.start).count { $0 == UInt8(ascii: "\n") }
  }

  /// The column in that line, in characters from 1.
  public var column: Int {
    let before = source.text.utf8.prefix(span.start)
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { before.index(after: $0) } ?? before.startIndex
    return source.text[start..<before.endIndex].count + 1
  }
}
