/// A place in an image, in pixels; the first pixel's centre is (½, ½).
struct Point: Sendable, Hashable {
  var x, y: Double

  func distance(to other: Point) -> Double {
    ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
  }
}

struct Circle: Sendable, Hashable {
  var centre: Point
  var radius: Double
}

/// The circle on which most of the points lie; `nil` when fewer than half of them lie on any that was tried.
///
/// Tries circles through three points far apart (a fixed choice: no randomness), counts the points within 1 % of the
/// radius, and fits the winner to its points by least squares (Kåsa 1976).
func fitCircle(to points: [Point]) -> Circle? {
  guard points.count >= 12 else { return nil }
  let ring = sortedByDirection(points)
  // A circle much larger than its points is a straight line in disguise.
  let largestRadius = 2 * span(of: points)
  var best: (circle: Circle, count: Int)?
  let step = max(1, ring.count / 60)
  for gap in [ring.count / 3, ring.count / 4, ring.count / 6] {
    for start in stride(from: 0, to: ring.count, by: step) {
      let (second, third) = ((start + gap) % ring.count, (start + 2 * gap) % ring.count)
      guard let circle = circle(through: ring[start], ring[second], ring[third]), circle.radius <= largestRadius else {
        continue
      }
      let count = support(of: circle, in: ring).count
      if count > best?.count ?? 0 { best = (circle, count) }
    }
  }
  guard var circle = best?.circle else { return nil }
  for _ in 0..<3 {
    circle = leastSquaresCircle(support(of: circle, in: ring)) ?? circle
  }
  return support(of: circle, in: ring).count * 2 >= ring.count ? circle : nil
}

/// The larger side of the points' bounding box.
private func span(of points: [Point]) -> Double {
  let (x, y) = (points.map(\.x), points.map(\.y))
  return max((x.max() ?? 0) - (x.min() ?? 0), (y.max() ?? 0) - (y.min() ?? 0))
}

private func support(of circle: Circle, in ring: [Point]) -> [Point] {
  let tolerance = max(1.5, 0.01 * circle.radius)
  return ring.filter { abs($0.distance(to: circle.centre) - circle.radius) <= tolerance }
}

/// Points in the order of their direction from their mean, by a rational stand-in for the angle.
private func sortedByDirection(_ points: [Point]) -> [Point] {
  let count = Double(points.count)
  let middle = Point(
    x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count)
  func direction(_ point: Point) -> Double {
    let (dx, dy) = (point.x - middle.x, point.y - middle.y)
    let length = abs(dx) + abs(dy)
    guard length > 0 else { return 0 }
    return dy < 0 ? 3 + dx / length : 1 - dx / length
  }
  return points.map { (direction($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
}

/// The circle through three points; `nil` when they lie nearly on a line.
private func circle(through a: Point, _ b: Point, _ c: Point) -> Circle? {
  let (bx, by) = (b.x - a.x, b.y - a.y)
  let (cx, cy) = (c.x - a.x, c.y - a.y)
  let twiceArea = 2 * (bx * cy - by * cx)
  guard abs(twiceArea) > 1 else { return nil }
  let (b2, c2) = (bx * bx + by * by, cx * cx + cy * cy)
  let centre = Point(x: a.x + (cy * b2 - by * c2) / twiceArea, y: a.y + (bx * c2 - cx * b2) / twiceArea)
  return Circle(centre: centre, radius: centre.distance(to: a))
}

/// Kåsa's fit: the x² + y² + Dx + Ey + F = 0 of least squared residuals, in coordinates around the points' mean.
private func leastSquaresCircle(_ points: [Point]) -> Circle? {
  let count = Double(points.count)
  guard count >= 3 else { return nil }
  let mean = Point(x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count)
  var (xx, xy, yy, xz, yz, zSum) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
  for point in points {
    let (x, y) = (point.x - mean.x, point.y - mean.y)
    let z = x * x + y * y
    xx += x * x
    xy += x * y
    yy += y * y
    xz += x * z
    yz += y * z
    zSum += z
  }
  let determinant = 2 * (xx * yy - xy * xy)
  guard determinant > 1e-9 * zSum * zSum else { return nil }
  let x = (xz * yy - yz * xy) / determinant
  let y = (yz * xx - xz * xy) / determinant
  let centre = Point(x: mean.x + x, y: mean.y + y)
  return Circle(centre: centre, radius: (zSum / count + x * x + y * y).squareRoot())
}
