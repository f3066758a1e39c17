/// A program of the language as HTML with its words set apart: comments, texts, numbers, reserved words, labels.
///
/// It reads tokens only, so that code with mistakes is shown as well.
func highlightedCode(_ code: String) -> String {
  let bytes = Array(code.utf8)
  var html = ""
  var index = 0
  func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte >= 128 }
  func take(_ end: Int, as name: String?) {
    let text = escapedHTML(String(decoding: bytes[index..<end], as: UTF8.self))
    html += name.map { "<span class=\"\($0)\">\(text)</span>" } ?? text
    index = end
  }
  while index < bytes.count {
    let byte = bytes[index]
    if byte == UInt8(ascii: "#") {
      take(bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count, as: "c")
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      take(endOfText(in: bytes, from: index), as: "t")
    } else if isDigit(byte) {
      var end = index
      while end < bytes.count, isDigit(bytes[end]) || isLetter(bytes[end]) || isDecimalPoint(in: bytes, at: end) {
        end += 1
      }
      if end < bytes.count, bytes[end] == UInt8(ascii: "%") { end += 1 }
      take(end, as: "n")
    } else if isWord(byte) {
      var end = index
      while end < bytes.count, isWord(bytes[end]) || isInnerHyphen(in: bytes, at: end) { end += 1 }
      let word = String(decoding: bytes[index..<end], as: UTF8.self)
      let isLabel =
        end + 1 < bytes.count && bytes[end] == UInt8(ascii: ":") && bytes[end + 1] == UInt8(ascii: " ")
      take(isLabel ? end + 1 : end, as: reserved.contains(word) ? "k" : isLabel ? "l" : nil)
    } else {
      take(index + 1, as: nil)
    }
  }
  return html
}

private let reserved: Set<String> = [
  "print", "show", "def", "if", "else", "for", "in", "or", "xor", "and", "not", "true", "false", "none",
]

/// A quoted text ends at its mark, or at the end of its line when it is never closed.
private func endOfText(in bytes: [UInt8], from start: Int) -> Int {
  var index = start + 1
  while index < bytes.count, bytes[index] != bytes[start], bytes[index] != UInt8(ascii: "\n") {
    index += bytes[index] == UInt8(ascii: "\\") && bytes[start] == UInt8(ascii: "\"") ? 2 : 1
  }
  return min(bytes.count, index < bytes.count && bytes[index] == bytes[start] ? index + 1 : index)
}

/// A point between digits; two points make a range.
private func isDecimalPoint(in bytes: [UInt8], at index: Int) -> Bool {
  bytes[index] == UInt8(ascii: ".") && index + 1 < bytes.count && isDigit(bytes[index + 1])
}

/// A hyphen between letters belongs to the name.
private func isInnerHyphen(in bytes: [UInt8], at index: Int) -> Bool {
  bytes[index] == UInt8(ascii: "-") && index + 1 < bytes.count && isLetter(bytes[index + 1])
}
