import Imaging
import Tensors

/// How the non-perfused cells lie together.
enum NonPerfusionPattern {
  /// The wedge of an occluded vein.
  case sector
  /// A few patches.
  case patches
  /// Many islands strewn over a territory.
  case islands
}

/// Draws the non-perfused region: cells between vessels, the most affected first, until the wanted area is reached.
struct NonPerfusion {
  let mask: Mask
  let cells: VesselBoundCells
  let pattern: NonPerfusionPattern

  /// - Parameters:
  ///   - fraction: area of the first visit as a fraction of the field of view, which decides about the pattern. 0 for none.
  ///   - grown: wanted area as such a fraction; met to the pixel. Of two, the larger region holds the smaller.
  ///   - barrier: 0 in free tissue to 1 on a vessel, [side · side].
  init(
    anatomy: FundusAnatomy, field: Mask, fraction: Double, grownTo grown: Double, barrier: [Float],
    stream: inout RandomStream
  ) {
    let side = field.width
    pattern = NonPerfusion.pattern(for: fraction, stream: &stream)
    let spacing: Float =
      switch pattern {
      case .sector: stream.uniform(in: 0.07...0.11)
      case .patches: stream.uniform(in: 0.05...0.075)
      case .islands: stream.uniform(in: 0.03...0.045)
      }
    cells = VesselBoundCells(
      side: side, spacing: spacing, barrier: barrier,
      allowed: NonPerfusion.capillaryBed(anatomy: anatomy, field: field), stream: &stream)
    let severity = NonPerfusion.severity(of: cells.seeds, pattern: pattern, anatomy: anatomy, stream: &stream)
    let order = severity.indices.sorted { (severity[$1], $0) < (severity[$0], $1) }
    let wanted = Int((grown * Double(field.area)).rounded())
    mask = cells.region(of: order, area: wanted, side: side)
  }

  /// Where there are capillaries to lose: the field without the disc and the foveal avascular zone.
  private static func capillaryBed(anatomy: FundusAnatomy, field: Mask) -> [Bool] {
    let side = field.width
    var bed = field.pixels
    for y in 0..<side {
      for x in 0..<side {
        let point = pixelCentre(x, y, side: side)
        if length(point - anatomy.disc) < anatomy.discRadius * 1.15
          || length(point - anatomy.fovea) < anatomy.avascularRadius
        {
          bed[y * side + x] = false
        }
      }
    }
    return bed
  }

  /// Large areas are mostly sectors, small ones mostly islands.
  private static func pattern(for fraction: Double, stream: inout RandomStream) -> NonPerfusionPattern {
    let draw = Double(stream.uniform())
    if fraction > 0.12 { return draw < 0.55 ? .sector : draw < 0.85 ? .patches : .islands }
    return draw < 0.15 ? .sector : draw < 0.5 ? .patches : .islands
  }

  /// How much each cell is affected; only the order counts.
  private static func severity(
    of seeds: [SIMD2<Float>], pattern: NonPerfusionPattern, anatomy: FundusAnatomy, stream: inout RandomStream
  ) -> [Float] {
    // A territory: the wedge from a point of the disc or of an arcade towards somewhere in the field.
    let apart = SIMD2(stream.bell(), stream.bell()) * 0.2
    let axis = unit(anatomy.fieldCentre + apart - anatomy.disc)
    let apex = anatomy.disc + axis * stream.uniform(in: -0.02...0.22)
    let foci = (0..<(2 + stream.integer(below: 4))).map { _ in
      apex + axis * stream.uniform(in: 0...0.5) + perpendicular(axis) * 0.18 * stream.bell()
    }
    return seeds.map { seed in
      let inWedge = dot(axis, unit(seed - apex))
      switch pattern {
      case .sector: return inWedge + 0.12 * stream.bell()
      case .patches:
        let nearest = foci.map { length(seed - $0) }.min() ?? 0
        return -nearest + 0.025 * stream.bell()
      case .islands: return 0.7 * inWedge + stream.uniform(in: 0...1.6)
      }
    }
  }
}

extension VesselBoundCells {
  /// The first cells in this order up to exactly `area` pixels; the last cell is filled from its seed outwards.
  func region(of order: [Int], area: Int, side: Int) -> Mask {
    var mask = Mask(width: side, height: side)
    var members = [[Int32]](repeating: [], count: seeds.count)
    for (index, cell) in label.enumerated() where cell >= 0 { members[Int(cell)].append(Int32(index)) }
    var missing = area
    for cell in order where missing > 0 {
      var pixels = members[cell]
      if pixels.count > missing {
        // Equal times are told apart by position, so that the order, and the mask, is one.
        pixels.sort { (arrival[Int($0)], $0) < (arrival[Int($1)], $1) }
        pixels.removeLast(pixels.count - missing)
      }
      for pixel in pixels { mask.pixels[Int(pixel)] = true }
      missing -= pixels.count
    }
    return mask
  }
}
