import Imaging

/// A partition of the retina around a centre: by rings in mm, each cut into sectors.
///
/// Sectors are those of the picture, not of the line from disc to fovea: superior is up.
public struct RetinalGrid: Sendable, Hashable, Codable {
  public enum Form: String, Sendable, Hashable, Codable, CaseIterable {
    /// Centre, inner and outer ring of 1, 3 and 6 mm in diameter, both rings in quadrants (ETDRS).
    case etdrs
    /// Rings of one width × the twelve hours of a clock, as an observer sees it.
    case clock
    /// Rings × sectors of one area each.
    case polar
    /// Posterior pole, mid-periphery and far periphery: less than 10, 10 to 15, more than 15 mm from the centre.
    case zones
  }

  /// One ring of a grid.
  public struct Ring: Sendable, Hashable, Codable {
    /// From the centre, in mm; a last ring may have no end.
    public let inner, outer: Double
    public let sectors: Int
    /// Where the first sector begins, in degrees from straight up, clockwise in the picture.
    public let start: Double
  }

  public let form: Form
  public let rings: [Ring]

  public var cellCount: Int { rings.reduce(0) { $0 + $1.sectors } }

  /// - Parameters:
  ///   - width: of `clock`'s rings; for `polar` the radius of the innermost cells, in mm.
  ///   - count: rings of `clock` and `polar`.
  ///   - sectors: of each ring of `polar`.
  public init(_ form: Form, ringWidth width: Double = 2.5, count: Int = 6, sectors: Int = 8) {
    precondition(width > 0 && count > 0 && sectors > 0, "a grid has rings")
    self.form = form
    switch form {
    case .etdrs:
      rings = [
        Ring(inner: 0, outer: 0.5, sectors: 1, start: 0), Ring(inner: 0.5, outer: 1.5, sectors: 4, start: -45),
        Ring(inner: 1.5, outer: 3, sectors: 4, start: -45),
      ]
    case .clock:
      rings = (0..<count).map {
        Ring(inner: Double($0) * width, outer: Double($0 + 1) * width, sectors: 12, start: -15)
      }
    case .polar:
      // The k-th circle holds k times the area of the first.
      rings = (0..<count).map {
        Ring(
          inner: width * Double($0).squareRoot(), outer: width * Double($0 + 1).squareRoot(), sectors: sectors,
          start: -180 / Double(sectors))
      }
    case .zones:
      rings = [
        Ring(inner: 0, outer: 10, sectors: 1, start: 0), Ring(inner: 10, outer: 15, sectors: 1, start: 0),
        Ring(inner: 15, outer: .infinity, sectors: 1, start: 0),
      ]
    }
  }

  /// The name of each cell, in their order: from the centre outwards, each ring clockwise from the top.
  ///
  /// - Parameter nasalIsRight: where the nose is in the picture; `nil` where nobody knows, and sides are left and right then.
  public func names(nasalIsRight: Bool?) -> [String] {
    rings.enumerated().flatMap { index, ring -> [String] in
      switch form {
      case .etdrs:
        if index == 0 { return ["centre"] }
        let (right, left) = nasalIsRight.map { $0 ? ("nasal", "temporal") : ("temporal", "nasal") } ?? ("right", "left")
        return ["superior", right, "inferior", left].map { "\(index == 1 ? "inner" : "outer") \($0)" }
      case .zones: return [["posterior pole", "mid-periphery", "far periphery"][index]]
      case .clock: return (0..<ring.sectors).map { "ring \(index + 1), \($0 == 0 ? 12 : $0) h" }
      case .polar: return (0..<ring.sectors).map { "ring \(index + 1), sector \($0 + 1)" }
      }
    }
  }

  /// The same for cells of several eyes that belong together: hours and sectors of left eyes are mirrored too, so that 3 h is
  /// nasal in every eye.
  public func pooledNames(nasalIsRight: Bool?) -> [String] {
    let names = names(nasalIsRight: nasalIsRight)
    guard nasalIsRight == false, form == .clock || form == .polar else { return names }
    var first = 0
    return rings.flatMap { ring -> [String] in
      defer { first += ring.sectors }
      return (0..<ring.sectors).map { names[first + (ring.sectors - $0) % ring.sectors] }
    }
  }

  /// The cell of a place, by its distance in mm and its angle in degrees from straight up, clockwise; `nil` beyond the grid.
  public func cell(distance: Double, angle: Double) -> Int? {
    var first = 0
    for ring in rings {
      if distance < ring.outer {
        let turned = (angle - ring.start).truncatingRemainder(dividingBy: 360)
        let share = (turned < 0 ? turned + 360 : turned) / 360
        return first + min(Int(share * Double(ring.sectors)), ring.sectors - 1)
      }
      first += ring.sectors
    }
    return nil
  }
}
