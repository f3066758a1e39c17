import Angiography

/// By which numbers wrong pixels are told apart. All are ours.
package struct ErrorRule: Sendable, Hashable {
  /// Local mean ÷ background, as the dark threshold takes both, from which on a place is as bright as its surround: nothing
  /// there that darkness could tell.
  package let bright: Double
  /// Background ÷ its median over the field, below which a place lies in shadow.
  package let dark: Double

  /// Of either number.
  package static let shares = 0.0...2
  /// The dark threshold's own level lies well below it: 0.59 on thirteen real angiograms.
  package static let usualBright = 0.95
  package static let usualDark = 0.6

  package init(bright: Double = Self.usualBright, dark: Double = Self.usualDark) {
    precondition(Self.shares.contains(bright) && Self.shares.contains(dark), "a rule in its range")
    (self.bright, self.dark) = (bright, dark)
  }

  /// How far from its border a field of view is its rim, in px of an image 512 px wide.
  package static let rim = 12.0
  /// How far around the foveal avascular zone and the disc a mark is in them, as a multiple of their usual radius: what is
  /// found lies a little beside, and edges fade.
  package static let reach = 4.0 / 3
  /// Radius of an optic disc in mm.
  package static let discRadius = RetinalScale.discDiameter / 2
  /// Millimetres a pixel of an image 512 px wide whose scale nobody knows: of cameras with a field of some 50°. No area is told by it.
  package static let usualScale = 0.03
}
