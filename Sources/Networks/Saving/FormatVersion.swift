/// The version of a layout of ours: the one that is written, and perhaps the one before it, which had no checksum and is still read.
struct FormatVersion {
  let written: Int
  let readsEarlier: Bool

  static let network = FormatVersion(written: 2, readsEarlier: true)
  static let checkpoint = FormatVersion(written: 4, readsEarlier: true)
  static let segmenter = FormatVersion(written: 1, readsEarlier: false)

  var text: String { "\(written)" }

  /// Throws `network-version-unknown` for what this program does not read, and `network-damaged` for a file that has lost
  /// its checksum.
  func check(_ version: String?, isSealed: Bool) throws(SavingError) {
    switch version {
    case text: guard isSealed else { throw .safetensors(path: nil, .damaged) }
    case "\(written - 1)" where readsEarlier: break
    default: throw .unknownVersion(path: nil, version: version ?? "none", known: written)
    }
  }
}
