/// The columns that a terminal gives a text: 2 for a wide character or an emoji, 0 for what joins the character before
/// it and for control characters.
///
/// It is the same on every machine, as the tables of a book are to be. Costs a pass over the text.
public func displayWidth(_ text: String) -> Int {
  let printable: ClosedRange<UInt8> = 0x20...0x7E
  if text.utf8.allSatisfy(printable.contains) { return text.utf8.count }
  return text.reduce(0) { $0 + columns(of: $1) }
}

/// An emoji that others are joined to is as wide as one; the letters of a syllable stand beside each other.
private func columns(of character: Character) -> Int {
  var width = 0
  var isJoined = false
  for scalar in character.unicodeScalars {
    let isSkinTone = (0x1F3FB...0x1F3FF).contains(scalar.value) && width > 0
    if !isJoined, !isSkinTone { width += columns(of: scalar) }
    isJoined = scalar == zeroWidthJoiner && width == 2
  }
  return width
}

private let zeroWidthJoiner: Unicode.Scalar = "\u{200D}"

private func columns(of scalar: Unicode.Scalar) -> Int {
  if scalar.isASCII { return (0x20...0x7E).contains(scalar.value) ? 1 : 0 }
  let properties = scalar.properties
  switch properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .control: return 0
  case .format where scalar != softHyphen: return 0
  default: break
  }
  switch scalar.value {
  // The vowels and endings of Hangul go into the square of the consonant before them.
  case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
  // Two of these letters make a flag.
  case 0x1F1E6...0x1F1FF: return 1
  // Unicode's East Asian wide and fullwidth characters that are no emoji.
  case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
    0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD:
    return 2
  default: return properties.isEmojiPresentation ? 2 : 1
  }
}

private let softHyphen: Unicode.Scalar = "\u{AD}"
