import Imaging

/// How far the vessels of two frames meet under a transform.
struct VesselAgreement {
  /// Centreline points of the baseline that the follow-up's field covers, and those of them that meet a vessel.
  let inside, matched: Int
  /// The same of the follow-up's, under the inverse.
  let insideBack, matchedBack: Int
  /// How close the matched points of both frames lie, added up: 1 for a point on a vessel's middle, 0 at the reach.
  let closeness: Double
  /// Of the smaller field, in [0, 1].
  let overlap: Double

  /// Vessels meet when their middles lie so close, in pixels of a frame 512 wide; at least 1.5.
  static let reach = 2.5

  init(
    _ transform: RetinalTransform, _ baseline: Centrelines, _ followUp: Centrelines,
    _ closestBaseline: ClosestPoints, _ closestFollowUp: ClosestPoints, unit: Double
  ) {
    let reach = max(1.5, Self.reach * unit)
    var (inside, matched, insideBack, matchedBack, closeness) = (0, 0, 0, 0, 0.0)
    func close(_ position: SIMD2<Double>, to other: CentrelinePoint) -> Double {
      let across = ((position - other.position) * other.normal).sum() / reach
      let rest = max(0, 1 - across * across)
      return rest * rest
    }
    for point in baseline.points {
      let position = transform(point.position)
      guard followUp.field.holds(position) else { continue }
      inside += 1
      let partner = closestFollowUp.closest(to: position, along: transform.direction(of: point), within: reach)
      guard let partner else { continue }
      matched += 1
      closeness += close(position, to: followUp.points[partner])
    }
    for point in followUp.points {
      guard let (x, y) = transform.inverse(point.position.x, point.position.y) else { continue }
      let position = SIMD2(x, y)
      guard baseline.field.holds(position) else { continue }
      insideBack += 1
      let (right, down) = (point.along.x, point.along.y)
      guard let back = transform.slope(at: position).undone(SIMD2(right, down)) else { continue }
      let length = (back * back).sum().squareRoot()
      guard let partner = closestBaseline.closest(to: position, along: back / length, within: reach) else { continue }
      matchedBack += 1
      closeness += close(position, to: baseline.points[partner])
    }
    (self.inside, self.matched, self.insideBack, self.matchedBack) = (inside, matched, insideBack, matchedBack)
    self.closeness = closeness
    overlap = Self.overlap(transform, baseline.field, followUp.field)
  }

  /// The smaller of both shares, in [0, 1].
  var matchedShare: Double {
    guard inside > 0, insideBack > 0 else { return 0 }
    return min(Double(matched) / Double(inside), Double(matchedBack) / Double(insideBack))
  }

  /// The mean closeness of the points of both frames, in [0, 1].
  var meanCloseness: Double { closeness / Double(max(1, inside + insideBack)) }

  /// What alignments are ranked by: many points that lie close, and few that don't.
  var rank: Double { closeness * meanCloseness }

  /// The part of the smaller field that both show.
  private static func overlap(_ transform: RetinalTransform, _ baseline: Mask, _ followUp: Mask) -> Double {
    var (both, growth, all) = (0, 0.0, 0)
    for y in 0..<baseline.height {
      for x in 0..<baseline.width where baseline[x, y] {
        let point = SIMD2(Double(x) + 0.5, Double(y) + 0.5)
        all += 1
        growth += transform.areaRatio(at: point)
        if followUp.holds(transform(point)) { both += 1 }
      }
    }
    guard all > 0, growth > 0 else { return 0 }
    // The follow-up's field in pixels of the baseline.
    let other = Double(followUp.area) * Double(all) / growth
    return min(1, Double(both) / max(1, min(Double(all), other)))
  }
}

extension Mask {
  /// Whether a point falls into a pixel of the set.
  func holds(_ point: SIMD2<Double>) -> Bool {
    point.x >= 0 && point.y >= 0 && point.x < Double(width) && point.y < Double(height)
      && self[Int(point.x), Int(point.y)]
  }
}
