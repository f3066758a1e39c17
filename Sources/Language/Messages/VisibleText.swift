/// A text as it may be shown: what would move the cursor, colour the screen or turn round what is read is written out, as a
/// file's name or the text of an image may hold it.
///
/// Control characters become their pictures (`␛` for escape), others of the kind their numbers (`\u{202e}`); line feeds
/// and tabs stay. It is the same at a terminal, in a log and in a report, which are all read at terminals. Costs a pass.
///
/// - Parameter isRow: whether it must stay on one row: line feeds and tabs are written out as well.
public func visible(_ text: some StringProtocol, isRow: Bool = false) -> String {
  func stays(_ byte: UInt8) -> Bool { !isRow && (byte == .newline || byte == .tab) }
  if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || stays($0) }) { return String(text) }
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x09...0x0A where !isRow: shown.append(scalar)
    case 0..<0x20: shown.append(Unicode.Scalar(0x2400 + scalar.value) ?? "?")
    case 0x7F: shown.append("␡")
    default:
      if scalar.isHidden {
        shown += "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars
      } else {
        shown.append(scalar)
      }
    }
  }
  return String(shown)
}

extension Unicode.Scalar {
  /// Whether it shows nothing, but acts on what is around it: a control character, or one that changes the direction in
  /// which text is set.
  public var isHidden: Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
