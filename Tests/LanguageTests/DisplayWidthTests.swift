import Glibc
import Language
import Testing

/// The columns of texts on a terminal.
@Suite struct DisplayWidthTests {
  @Test func emojiAndFlagsAreWide() {
    #expect(displayWidth("✅") == 2)
    #expect(displayWidth("🟢🟢") == 4)
    #expect(displayWidth("🇩🇪") == 2, "a flag of two letters")
    #expect(displayWidth("👍🏽") == 2, "a skin tone")
    #expect(displayWidth("👩‍🔬") == 2, "two that are joined to one")
    #expect(displayWidth("→ ☂ ❤ ·") == 7, "these are letters' width")
  }

  @Test func whatJoinsACharacterTakesNoColumn() {
    #expect(displayWidth("e\u{301}x") == 2)
    #expect(displayWidth("❤\u{FE0F}") == 1)
    #expect(displayWidth("\u{1112}\u{1161}\u{11AB}") == 2, "a syllable of Hangul by its letters")
    #expect(displayWidth("क्षि") == 3, "one character that terminals show letter by letter")
    #expect(displayWidth("a\u{200B}b\u{01}\u{7F}\r\n") == 2)
  }

  /// Terminals and readline take their widths from the system or from the same tables of Unicode.
  @Test func agreesWithTheSystem() throws {
    // The header shows it to programs of X/Open alone.
    typealias Widths = @convention(c) (wchar_t) -> CInt
    let wcwidth = unsafeBitCast(try #require(dlsym(nil, "wcwidth")), to: Widths.self)
    let locale = try #require(newlocale(1 << LC_CTYPE, "C.UTF-8", nil))
    let before = uselocale(locale)
    defer {
      uselocale(before)
      freelocale(locale)
    }
    var different: [String] = []
    for scalar in (0x20...0x3FFFF).lazy.compactMap(Unicode.Scalar.init) where isSettled(scalar) {
      let columns = Int(wcwidth(wchar_t(scalar.value)))
      if columns >= 0, columns != displayWidth(String(Character(scalar))) {
        different.append("\(String(scalar.value, radix: 16, uppercase: true)): \(columns)")
      }
    }
    #expect(different.isEmpty)
  }

  /// Characters that are old enough for every system to know, of the kinds whose width no later Unicode has changed.
  private func isSettled(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    guard let age = properties.age, age.major <= 12, properties.generalCategory != .spacingMark else { return false }
    return properties.isEmojiPresentation || properties.isAlphabetic || properties.isIdeographic
      || properties.generalCategory == .nonspacingMark
  }
}
