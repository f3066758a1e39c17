/// Sizes of text in points; none is below 9, so that all of it can be read at report size.
public enum Typography {
  public static let title: Double = 11
  public static let heading: Double = 9.5
  public static let body: Double = 9

  /// Resolved by fontconfig; any sans serif with Latin letters will do.
  static let family = "Helvetica"
  /// Height of capital letters as a part of the font size; close for all the usual sans serifs.
  static let capHeight = 0.72
  /// Space from one baseline to the next, as a part of the font size.
  static let leading = 1.3

  /// A generous estimate of a text's width, the same on every machine: layout may use it, a font's own measure not.
  static func width(of text: String, size: Double, weight: Figure.Label.Weight = .regular) -> Double {
    let ems = text.unicodeScalars.reduce(0) { $0 + advance(of: $1) }
    return ems * size * (weight == .bold ? 1.06 : 1)
  }

  /// Text cut after spaces and hyphens into at most `lines` lines of about `width`; the last takes the rest.
  package static func wrap(
    _ text: String, width: Double, size: Double, weight: Figure.Label.Weight = .regular, lines: Int
  ) -> [String] {
    var wrapped: [String] = []
    var line = ""
    for piece in pieces(of: text) {
      let trimmed = piece.last == " " ? piece.dropLast() : piece
      if !line.isEmpty, wrapped.count < lines - 1,
        self.width(of: line + trimmed, size: size, weight: weight) > width
      {
        wrapped.append(line.last == " " ? String(line.dropLast()) : line)
        line = ""
      }
      line += piece
    }
    if line.last == " " { line.removeLast() }
    return line.isEmpty ? wrapped : wrapped + [line]
  }

  /// The text in parts that a line may end with.
  private static func pieces(of text: String) -> [Substring] {
    var pieces: [Substring] = []
    var rest = text[...]
    while let end = rest.firstIndex(where: { $0 == " " || $0 == "-" }) {
      pieces.append(rest[...end])
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { pieces.append(rest) }
    return pieces
  }

  /// Advance in ems, by class of letter.
  private static func advance(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ", "f", "t", "r", "(", ")", "[", "]", "/": 0.34
    case "m", "w", "M", "W", "@", "%", "—", "…": 0.92
    case "A"..."Z", "+", "=", "<", ">", "±", "×", "−": 0.7
    case "0"..."9", "a"..."z", "-", "_": 0.58
    default: scalar.value > 0x2E80 ? 1 : 0.66
    }
  }
}
