import Base
import Language

extension PathFinding {
  /// What stands at a place, which a program writes as `path`; where nothing is, the path that is nearest to it.
  public init(at place: String, writtenAs path: String) {
    self = pathKind(place) == nil ? .missing(near: Self.nearest(to: place, writtenAs: path)) : .found(place)
  }

  /// The same with the one part of the path replaced by a similar name that makes it lead somewhere.
  private static func nearest(to place: String, writtenAs path: String) -> String? {
    let (above, written) = (parentFolder(of: place), parentFolder(of: path))
    let own = fileName(of: path)
    if pathKind(above) != nil {
      let names = ((try? namesInFolder(above)) ?? []).prefix(2000).filter { !$0.hasPrefix(".") }
      return closest(to: own, in: names.sorted()).map { joinPath(written, $0) }
    }
    guard written != ".", written != "/", let near = nearest(to: above, writtenAs: written) else { return nil }
    // A path of the program is the end of its place, unless it climbs; then nothing is there, and nothing is suggested.
    let whole = joinPath(near, own)
    return pathKind(place.hasSuffix(path) ? place.dropLast(path.count) + whole : whole) == nil ? nil : whole
  }
}
