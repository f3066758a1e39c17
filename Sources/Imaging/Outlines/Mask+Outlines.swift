extension Mask {
  /// Polygons along the sides of the pixels which hold the very pixels of the set: their corners, in pixels from the upper
  /// left corner of the picture.
  ///
  /// There is one for every part of the set that is joined by sides of pixels, in raster order. As a polygon has no holes, a
  /// hole is joined with the border to its left by a cut along a row, which the polygon walks both ways.
  ///
  /// Cost: linear in the pixels.
  public var outlines: [DrawnArea] {
    var walk = BorderWalk(of: self)
    walk.findRings()
    return walk.rings.indices.filter { !walk.rings[$0].isHole }.map { .polygon(walk.polygon(around: $0)) }
  }
}

/// A walk along the borders of a set, with the set on the right hand.
private struct BorderWalk {
  struct Corner: Hashable {
    var x, y: Int
  }

  /// One border, once around.
  struct Ring {
    /// Where it turns; that of a hole begins with its first corner in raster order.
    var corners: [Corner]
    let isHole: Bool
  }

  /// A place of a ring, and the hole that hangs there.
  private struct Station {
    let corner: Corner
    let hole: Int?
  }

  private enum Heading: Int {
    case right, down, left, up

    var turnedRight: Heading { Heading(rawValue: (rawValue + 1) % 4) ?? .right }
    var turnedLeft: Heading { Heading(rawValue: (rawValue + 3) % 4) ?? .right }
  }

  private let mask: Mask
  private(set) var rings: [Ring] = []
  /// Pixels along whose upper side a ring has gone already.
  private var isWalked: [Bool]
  /// The hole whose cut ends at the upper end of a pixel's left side, by the pixel.
  private var holes: [Int: Int] = [:]

  init(of mask: Mask) {
    self.mask = mask
    isWalked = [Bool](repeating: false, count: mask.pixels.count)
  }

  private func isSet(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && y >= 0 && x < mask.width && y < mask.height && mask[x, y]
  }

  /// Every border has an upper side of a pixel of the set: that of a hole below it.
  mutating func findRings() {
    for y in 0..<mask.height {
      for x in 0..<mask.width where mask[x, y] && !isSet(x, y - 1) && !isWalked[y * mask.width + x] {
        let corners = ring(from: Corner(x: x, y: y))
        let isHole = twiceArea(corners) < 0
        rings.append(Ring(corners: isHole ? fromFirst(corners) : corners, isHole: isHole))
        if isHole { hang(rings.count - 1) }
      }
    }
  }

  private mutating func ring(from start: Corner) -> [Corner] {
    var corners = [start]
    var (place, heading) = (start, Heading.right)
    while true {
      switch heading {
      case .right:
        isWalked[place.y * mask.width + place.x] = true
        place.x += 1
      case .down: place.y += 1
      case .left: place.x -= 1
      case .up: place.y -= 1
      }
      let next = turned(heading, at: place)
      if place == start && next == .right { return corners }
      if next != heading { corners.append(place) }
      heading = next
    }
  }

  /// Pixels that meet in a corner alone are not joined: there the walk stays with its own.
  private func turned(_ heading: Heading, at place: Corner) -> Heading {
    let (x, y) = (place.x, place.y)
    let (right, left) =
      switch heading {
      case .right: (isSet(x, y), isSet(x, y - 1))
      case .down: (isSet(x - 1, y), isSet(x, y))
      case .left: (isSet(x - 1, y - 1), isSet(x - 1, y))
      case .up: (isSet(x, y - 1), isSet(x - 1, y - 1))
      }
    if !right { return heading.turnedRight }
    return left ? heading.turnedLeft : heading
  }

  /// Below 0 for a hole, which is walked around the other way.
  private func twiceArea(_ corners: [Corner]) -> Int {
    zip(corners, corners.dropFirst() + [corners[0]]).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
  }

  /// The same ring from its first corner in raster order, left of which lies the set.
  private func fromFirst(_ corners: [Corner]) -> [Corner] {
    let first = corners.indices.min { (corners[$0].y, corners[$0].x) < (corners[$1].y, corners[$1].x) } ?? 0
    return Array(corners[first...] + corners[..<first])
  }

  /// Cuts from a hole's first corner to the left, up to the next border: one that begins earlier in raster order, so that
  /// cuts never lead in a circle.
  private mutating func hang(_ hole: Int) {
    let corner = rings[hole].corners[0]
    var x = corner.x - 1
    while isSet(x - 1, corner.y) { x -= 1 }
    holes[corner.y * mask.width + x] = hole
  }

  /// A ring with all holes that hang on it, and on these, as one polygon.
  func polygon(around ring: Int) -> [SIMD2<Double>] {
    var corners: [Corner] = []
    var open = [(stations: stations(of: ring), next: 0)]
    while let (stations, next) = open.last {
      guard next < stations.count else {
        open.removeLast()
        guard let outer = open.last else { break }
        // Around the hole and back along the cut.
        corners += [stations[0].corner, outer.stations[outer.next - 1].corner]
        continue
      }
      open[open.count - 1].next += 1
      if corners.last != stations[next].corner { corners.append(stations[next].corner) }
      if let hole = stations[next].hole { open.append((self.stations(of: hole), 0)) }
    }
    return corners.map { SIMD2(Double($0.x), Double($0.y)) }
  }

  /// The corners of a ring, and between them the ends of cuts, which lie where it goes up.
  private func stations(of ring: Int) -> [Station] {
    let corners = rings[ring].corners
    var found: [Station] = []
    for (start, end) in zip(corners, corners.dropFirst() + [corners[0]]) {
      found.append(Station(corner: start, hole: nil))
      guard !holes.isEmpty, end.y < start.y else { continue }
      for y in stride(from: start.y - 1, through: end.y, by: -1) {
        if let hole = holes[y * mask.width + start.x] {
          found.append(Station(corner: Corner(x: start.x, y: y), hole: hole))
        }
      }
    }
    return found
  }
}
