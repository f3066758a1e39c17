import Tensors

/// One short piece of a vessel: a capsule between two points. Lengths are fractions of the side.
struct VesselSegment {
  var from, to: SIMD2<Float>
  var fromRadius, toRadius: Float
}

/// A run of segments that leaves the disc or another branch.
struct VesselBranch {
  /// The branch it leaves, −1 at the disc.
  let parent: Int
  /// How many segments the tree had when it sprouted: those of its parent before that carry its blood.
  let origin: Int
  /// Its own pieces, from its root to its tip.
  var segments: Range<Int>
  /// Radius at its root.
  let radius: Float
}

/// Where a branch starts.
struct Sprout {
  var position, direction: SIMD2<Float>
  var radius: Float
  var course: VesselCourse
  /// 0 for a vessel that leaves the disc.
  var generation: Int
  /// The branch it leaves, −1 at the disc.
  var parent: Int
  /// How many segments the tree had when it sprouted.
  var origin: Int
  /// A branch that carries branches of its own far away, rather than a twig.
  var isBough = true

  /// A wide vessel out of the disc, which crosses what is in its way.
  var isTrunk: Bool { generation == 0 && radius > 0.0026 }
}

/// Grows the arteries and veins of one eye: trunks out of the disc, then boughs and at last twigs into the space that is
/// still free. A vessel narrows where it gives off a branch by Murray's law (r³ = r₁³ + r₂³); a branch that finds little
/// room stays narrower than that.
struct VesselTree {
  /// Radius at which a vessel becomes part of the capillary bed.
  static let finestRadius: Float = 0.000_85
  private static let step: Float = 0.006

  private(set) var segments: [VesselSegment] = []
  /// Parents come before their children.
  private(set) var branches: [VesselBranch] = []

  private let anatomy: FundusAnatomy
  private let tortuosity: Float
  private var space: FreeSpace
  private var stream: RandomStream
  private var sprouts: [Sprout] = []
  private var twigs: [Sprout] = []

  /// `tortuosity` 1 is usual; calibres scale with `calibre`.
  init(anatomy: FundusAnatomy, tortuosity: Float, calibre: Float, stream: RandomStream) {
    self.anatomy = anatomy
    self.tortuosity = tortuosity
    self.stream = stream
    space = FreeSpace(anatomy: anatomy)
    sprouts = trunks(of: anatomy, calibre: calibre, stream: &self.stream)
    var (next, nextTwig) = (0, 0)
    // Boughs first, as long as there are any; twigs fill the space that is left.
    while next < sprouts.count || nextTwig < twigs.count {
      let isBough = next < sprouts.count
      let sprout = isBough ? sprouts[next] : twigs[nextTwig]
      if isBough { next += 1 } else { nextTwig += 1 }
      if sprout.parent < 0 { grow(sprout) } else if let turned = turnedToFreeSpace(sprout) { grow(turned) }
    }
  }

  /// The sprout turned to the side of its parent that has more room, with a radius that suits the room; `nil` without.
  private mutating func turnedToFreeSpace(_ sprout: Sprout) -> Sprout? {
    let across = perpendicular(sprout.direction)
    // tan of the branching angle: boughs part narrowly, twigs stand off.
    let spread = stream.uniform(in: sprout.isBough ? 0.55...1.7 : 0.9...3)
    let candidates = [across, -across].map { unit(sprout.direction + $0 * spread) }
    let room = candidates.map { space.room(from: sprout.position, towards: $0, leaving: sprout.parent) }
    let best = room[0] >= room[1] ? 0 : 1
    guard room[best] > (sprout.isBough ? 0.07 : 0.03) else { return nil }
    var turned = sprout
    turned.direction = candidates[best]
    // A vessel is as wide as the region that it can feed asks for.
    let need = 0.000_8 + (sprout.isBough ? 0.017 : 0.01) * room[best] * stream.uniform(in: 0.6...1.2)
    turned.radius = max(min(sprout.radius, need), VesselTree.finestRadius)
    return turned
  }

  private mutating func grow(_ sprout: Sprout) {
    let branch = branches.count
    let first = segments.count
    branches.append(
      VesselBranch(parent: sprout.parent, origin: sprout.origin, segments: first..<first, radius: sprout.radius))
    let isTrunk = sprout.isTrunk
    let reach: Float = isTrunk ? 3 : (sprout.radius + 0.0003) * stream.uniform(in: 70...130)
    let swingSize = tortuosity * (isTrunk ? 0.17 : 0.34)
    var (position, bearing, radius) = (sprout.position, sprout.direction, sprout.radius)
    // The vessel swings about its bearing, so that it winds without going astray.
    var (travelled, swing): (Float, Float) = (0, 0)
    var nextSprout = stream.uniform(in: isTrunk ? 0.05...0.1 : 0.012...0.04)
    while travelled < reach, anatomy.isNearField(position), radius > VesselTree.finestRadius * 0.5 {
      let course = anatomy.heading(sprout.course, at: position, going: bearing)
      let drift = perpendicular(bearing) * (isTrunk ? 0.05 : 0.06) * tortuosity * stream.bell()
      bearing = unit(bearing + (course - bearing) * (isTrunk ? 0.11 : 0.06) + drift)
      swing = 0.72 * swing + 0.69 * swingSize * stream.bell()
      var direction = unit(bearing + perpendicular(bearing) * swing)
      if !isTrunk {
        let turn = space.clearTurn(from: position, going: direction, branch: branch, of: sprout, travelled: travelled)
        guard let turn else { break }
        direction = unit(direction + perpendicular(direction) * turn)
        bearing = unit(bearing + perpendicular(bearing) * turn)
      }
      let end = position + direction * VesselTree.step
      let endRadius = radius * (isTrunk ? 0.9985 : 1 - 0.8 * VesselTree.step / reach)
      segments.append(
        VesselSegment(from: position, to: end, fromRadius: radius, toRadius: endRadius))
      space.occupy(end, branch: branch)
      (position, radius) = (end, endRadius)
      travelled += VesselTree.step
      if travelled > nextSprout {
        nextSprout = travelled + stream.uniform(in: isTrunk ? 0.025...0.08 : 0.016...0.05)
        radius = leaveSprout(position, bearing, radius: radius, of: sprout, branch: branch)
        // Vessels bend where they branch.
        bearing = unit(bearing + perpendicular(bearing) * 0.2 * tortuosity * stream.bell())
      }
    }
    branches[branch].segments = first..<segments.count
  }

  /// Leaves a sprout behind; returns the parent's radius beyond it, by Murray's law.
  private mutating func leaveSprout(
    _ position: SIMD2<Float>, _ direction: SIMD2<Float>, radius: Float, of parent: Sprout, branch: Int
  ) -> Float {
    guard parent.generation < 6 else { return radius }
    let isBough = radius > 0.0013 && stream.chance(0.6)
    let share = stream.uniform(in: isBough ? 0.45...0.7 : 0.2...0.4)
    let sprout = Sprout(
      position: position, direction: direction, radius: radius * share, course: .free,
      generation: parent.generation + 1, parent: branch, origin: segments.count, isBough: isBough)
    if isBough { sprouts.append(sprout) } else { twigs.append(sprout) }
    return radius * cubeRoot(1 - share * share * share)
  }
}

/// The cube root of a number in (0, 1], by Newton's method (IEEE operations only: the same bits on every CPU).
func cubeRoot(_ value: Float) -> Float {
  var root: Float = 1
  for _ in 0..<12 { root = (2 * root + value / (root * root)) / 3 }
  return root
}
