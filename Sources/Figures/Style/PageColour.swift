/// A colour that a figure inside of a page leaves to the page, which may be light or dark: what is drawn on the bare ground.
/// Colours on pixels, and those of lines, are the same on both.
public struct PageColour: Sendable, Hashable {
  /// Of a CSS variable, without its hyphens.
  public let name: String
  /// As the figure has it on its own white ground.
  public let light: Colour
  /// With the same weight on a dark ground.
  public let dark: Colour

  public static let all =
    [
      PageColour(name: "figure-ink", light: Palette.ink, dark: Colour(0xE4E5E3)),
      PageColour(name: "figure-faint-ink", light: Palette.faintInk, dark: Colour(0xA9AEB4)),
      PageColour(name: "figure-axis", light: Palette.axis, dark: Colour(0x8B9096)),
      PageColour(name: "figure-grid", light: Palette.grid, dark: Colour(0x33373C)),
      PageColour(name: "figure-black", light: Palette.black, dark: Palette.white),
    ] + texts

  /// Names beside the lines that they belong to.
  private static let texts = [
    (Palette.blue, 0x5CB3E6), (Palette.vermillion, 0xF08F52), (Palette.bluishGreen, 0x3CC79B),
    (Palette.orange, 0xF0B840),
    (Palette.reddishPurple, 0xE0A3C4), (Palette.skyBlue, 0x7FC8F0),
  ].enumerated().map { index, colours in
    PageColour(name: "figure-text-\(index + 1)", light: colours.0.forText, dark: Colour(UInt32(colours.1)))
  }

  /// What Cairo, which knows no variables, draws in their place: colours that no palette has.
  private static let standIns = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.light, standIn($0)) })
  private static let names = Dictionary(uniqueKeysWithValues: all.enumerated().map { (standIn($0), $1) })

  private static func standIn(_ index: Int) -> Colour { Colour(red: 1, green: UInt8(index + 2), blue: 3) }

  /// The stand-in of an opaque colour that a page has for itself.
  static func standIn(of colour: Colour) -> Colour? { standIns[colour] }

  /// The colour that a stand-in was drawn for.
  static func behind(_ standIn: Colour) -> PageColour? { names[standIn] }
}
