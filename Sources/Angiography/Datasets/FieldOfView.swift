import Imaging

/// Where an angiogram shows retina: the disc that the camera lights, found in the image itself.
///
/// The black surround is flooded from the black corners; what it does not reach is lit. A circle is then fitted to the
/// lit area's edge, because dark retina at the rim (non-perfusion, vignetting) lets the flood in. Where most of the
/// edge lies on one circle the field is that disc, cut by the image and by straight masks of the camera; where it does
/// not (ultra-widefield frames), the field is the lit area. An image without black corners is all field.
public func findFieldOfView(_ image: Plane) -> Mask {
  let everything = Mask(width: image.width, height: image.height, filledWith: true)
  guard let surround = blackSurround(of: image) else { return everything }
  let lit = surround.complement.largestComponent(.four)
  // So little light is no field of view but a label on a black image, or a flood that went everywhere.
  guard lit.area * 20 >= lit.pixels.count else { return everything }
  guard let circle = fitCircle(to: edge(of: lit, towards: surround)) else { return lit }
  // The outermost pixels are half lit; they would pass for dark retina.
  let disc = pixels(of: Circle(centre: circle.centre, radius: 0.995 * circle.radius), cutLike: lit)
  return lit.area * 5 >= disc.area * 3 ? disc : lit
}

/// The dark pixels that are connected to a black corner; `nil` when no corner is black.
private func blackSurround(of image: Plane) -> Mask? {
  let side = max(2, min(image.width, image.height) / 64)
  guard image.width >= 4 * side && image.height >= 4 * side else { return nil }
  let right = image.width - side
  let bottom = image.height - side
  var seeds: [Int] = []
  var threshold: Float = 0
  for (left, top) in [(0, 0), (right, 0), (0, bottom), (right, bottom)] {
    let indices = (top..<top + side).flatMap { y in (left..<left + side).map { y * image.width + $0 } }
    guard let grey = meanAndDeviation(indices.map { Double(image.pixels[$0]) }) else { continue }
    // A surround is black up to the sensor's noise and the traces of compression.
    guard grey.mean < 0.08 && (grey.deviation ?? 0) < 0.03 else { continue }
    seeds += indices
    threshold = max(threshold, Float(grey.mean + 4 * (grey.deviation ?? 0)) + 1.5 / 255)
  }
  guard !seeds.isEmpty else { return nil }
  let dark = Mask(width: image.width, height: image.height, pixels: image.pixels.map { $0 <= threshold })
  let parts = dark.components(.four)
  let reached = Set(seeds.map { Int(parts.labels[$0]) })
  return parts.mask(where: reached.contains)
}

/// Visits the pixels that share a side with `index`.
@inline(__always)
private func forEachNeighbour(of index: Int, width: Int, height: Int, _ visit: (Int) -> Void) {
  let (x, y) = (index % width, index / width)
  if x > 0 { visit(index - 1) }
  if x + 1 < width { visit(index + 1) }
  if y > 0 { visit(index - width) }
  if y + 1 < height { visit(index + width) }
}

/// The points where the lit area borders on the surround: middles of the pixel sides between them.
private func edge(of lit: Mask, towards surround: Mask) -> [Point] {
  var points: [Point] = []
  for index in lit.pixels.indices where lit.pixels[index] {
    let (x, y) = (index % lit.width, index / lit.width)
    forEachNeighbour(of: index, width: lit.width, height: lit.height) { neighbour in
      guard surround.pixels[neighbour] else { return }
      let (nx, ny) = (neighbour % lit.width, neighbour / lit.width)
      points.append(Point(x: Double(x + nx) / 2 + 0.5, y: Double(y + ny) / 2 + 0.5))
    }
  }
  return points
}

/// The disc's pixels in the image, cut where the lit area ends on a straight line: some cameras mask top and bottom.
private func pixels(of circle: Circle, cutLike lit: Mask) -> Mask {
  var (left, right, top, bottom) = (lit.width - 1, 0, lit.height - 1, 0)
  for index in lit.pixels.indices where lit.pixels[index] {
    let (x, y) = (index % lit.width, index / lit.width)
    (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
  }
  // A rim lost to vignetting is shallow; only a cut deeper than that is a mask of the camera.
  let shallow = 0.04 * circle.radius
  let (reach, centre) = (circle.radius - shallow, circle.centre)
  let columns =
    (centre.x - reach < Double(left) ? left : 0)..<(centre.x + reach > Double(right + 1) ? right + 1 : lit.width)
  let rows =
    (centre.y - reach < Double(top) ? top : 0)..<(centre.y + reach > Double(bottom + 1) ? bottom + 1 : lit.height)
  var disc = Mask(width: lit.width, height: lit.height)
  for y in rows {
    for x in columns {
      disc[x, y] = centre.distance(to: Point(x: Double(x) + 0.5, y: Double(y) + 0.5)) <= circle.radius
    }
  }
  return disc
}
