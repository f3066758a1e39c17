/// Whether a line goes on with the statement above it, by the grammar's rule for lines that start with `|` or `label:`.
package func continuesStatement(_ line: some Collection<UInt8>) -> Bool {
  var rest = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  if rest.first == UInt8(ascii: "|") { return true }
  func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
  }
  guard let first = rest.first, isLetter(first) else { return false }
  rest = rest.drop { isLetter($0) || $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  return rest.first == UInt8(ascii: ":")
}

/// Whether a line says nothing: blank, or a comment.
package func isBlankOrComment(_ line: some Collection<UInt8>) -> Bool {
  let rest = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
  return rest.isEmpty || rest.first == UInt8(ascii: "#")
}

/// Whether a line inside open brackets, or inside an open text, surely leaves them open: it holds nothing that closes
/// a text or starts a comment, and closes no bracket that it has not opened.
///
/// Saves reading a long input again from its start at every line.
package func staysInside(_ line: some Collection<UInt8>) -> Bool {
  var depth = 0
  for byte in line {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      depth -= 1
      if depth < 0 { return false }
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "#"): return false
    default: break
    }
  }
  return true
}
