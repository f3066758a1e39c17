/// What keys send.
enum Key {
  static let controlC = "\u{03}"
  static let controlD = "\u{04}"
  static let controlL = "\u{0C}"
  static let controlR = "\u{12}"
  static let edit = "\u{18}\u{05}"
  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
  static let left = "\u{1B}[D"
  static let home = "\u{01}"
  static let end = "\u{05}"
  static let tab = "\t"
  static let enter = "\r"
  static let newLine = "\u{1B}\r"
}
