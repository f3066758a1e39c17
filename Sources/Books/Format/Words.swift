import Language

/// Whether a byte is an ASCII letter.
func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
}

/// Whether a byte is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// The text without white space at its ends.
func trimmed(_ text: some StringProtocol) -> Substring {
  let head = Substring(text).drop(while: \.isWhitespace)
  guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
  return head[...last]
}

/// What a text says where true or false is asked for, in the words of other tools too: `yes`, `on` and `1` are true; `no`,
/// `off` and `0` are false, in capitals or not.
func truth(_ text: some StringProtocol) -> Bool? {
  switch text.lowercased() {
  case "true", "yes", "on", "1": true
  case "false", "no", "off", "0": false
  default: nil
  }
}

/// The text without the quotation marks around it.
func unquoted(_ text: Substring) -> String {
  guard text.count >= 2, let mark = text.first, mark == "\"" || mark == "'", text.last == mark else {
    return String(text)
  }
  return String(text.dropFirst().dropLast())
}

/// The start of a text that comes from a file: short enough for a message, and on one row.
func clipped(_ text: some StringProtocol, to length: Int = 60) -> String {
  let head = visible(String(String.UnicodeScalarView(text.unicodeScalars.prefix(length))), isRow: true)
  return text.unicodeScalars.count > length ? head + "…" : head
}
