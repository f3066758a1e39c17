import Language
import Methods

/// What is done with the maps of networks before they are cut into masks: options of `compare` and of `ensemble`; the last of the latter
/// alone, since a comparison learns its level.
enum MapOptions {
  static let relativeLevel = Parameter.option(
    "relative-level", .number(.one, .within(0...1)), default: .number(0),
    "the share of the mean of its log-odds that each map of networks loses before it is cut, at 0.5 or at a level that is learnt or given: "
      + "0 trusts how sure they are of an image as a whole, with 1 what stands out of an image is marked, and nothing that is less "
      + "likely than 0.05; `stacked` has a parameter `centring`")
  static let turns = Parameter.option(
    "tta", .truth, default: .truth(false),
    "test-time augmentation: networks see each picture turned by quarters and mirrored, in eight ways, and the mean of what they say counts"
  )
  static let fovea = Parameter.option(
    "fovea", .number(.one, .within(MapPreparation.radii)), default: .number(0),
    "around the fovea, marked or where `landmarks` would look for it first, networks mark nothing within this radius in px of an "
      + "image 512 wide: it is as dark and as bare as non-perfusion; `stacked` has a parameter of that name")
  static let level = Parameter.option(
    "level", .number(.one, .within(OperatingLevel.bounds)), default: .number(0.5),
    "the probability of the prepared mean at which a mark begins; log-odds are shifted so that it becomes 0.5")

  static func preparation(of arguments: Arguments) -> MapPreparation {
    MapPreparation(
      centring: Float(arguments.number(relativeLevel.name)), fovealRadius: arguments.number(fovea.name))
  }

  /// Whether networks see each picture in eight ways.
  static func areTurned(in arguments: Arguments) -> Bool { arguments.truth(turns.name) }
}
