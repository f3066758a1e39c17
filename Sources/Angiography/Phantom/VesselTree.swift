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

  /// A wide vessel out of the disc, which crosses what is in its way.
  var isTrunk: Bool { generation == 0 && radius > 0.0026 }
}

/// Grows the arteries and veins of one eye: trunks out of the disc, then branches into the space that is still free,
/// the widest first, with radii that obey Murray's law at every fork (r³ = r₁³ + r₂³).
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

  /// `tortuosity` 1 is usual; calibres scale with `calibre`.
  init(anatomy: FundusAnatomy, tortuosity: Float, calibre: Float, stream: RandomStream) {
    self.anatomy = anatomy
    self.tortuosity = tortuosity
    self.stream = stream
    space = FreeSpace(anatomy: anatomy)
    sprouts = trunks(of: anatomy, calibre: calibre, stream: &self.stream)
    var next = 0
    while next < sprouts.count {
      let sprout = sprouts[next]
      if sprout.parent < 0 { grow(sprout) } else if let turned = turnedToFreeSpace(sprout) { grow(turned) }
      next += 1
    }
  }

  /// The sprout turned to the side of its parent that has more room, with a radius that suits the room; `nil` without.
  private mutating func turnedToFreeSpace(_ sprout: Sprout) -> Sprout? {
    let across = perpendicular(sprout.direction)
    let isFork = sprout.radius > 0.002 && stream.chance(0.3)
    // tan of the branching angle: forks part narrowly, twigs stand off.
    let spread = stream.uniform(in: isFork ? 0.5...0.9 : 0.9...3)
    let candidates = [across, -across].map { unit(sprout.direction + $0 * spread) }
    let room = candidates.map { space.room(from: sprout.position, towards: $0, leaving: sprout.parent) }
    let best = room[0] >= room[1] ? 0 : 1
    guard room[best] > 0.016 else { return nil }
    var turned = sprout
    turned.direction = candidates[best]
    // A vessel is as wide as the region that it can feed asks for.
    let share = isFork ? stream.uniform(in: 0.55...0.8) : stream.uniform(in: 0.25...0.6)
    let need = 0.000_8 + (0.011 + 0.003 * stream.bell()) * room[best]
    turned.radius = min(max(min(sprout.radius * share, need), VesselTree.finestRadius), sprout.radius * 0.85)
    return turned
  }

  private mutating func grow(_ sprout: Sprout) {
    let branch = branches.count
    let first = segments.count
    branches.append(
      VesselBranch(parent: sprout.parent, origin: sprout.origin, segments: first..<first, radius: sprout.radius))
    let isTrunk = sprout.isTrunk
    let reach: Float = isTrunk ? 3 : (sprout.radius + 0.0003) * stream.uniform(in: 70...130)
    let swingSize = tortuosity * (isTrunk ? 0.13 : 0.34)
    var (position, bearing, radius) = (sprout.position, sprout.direction, sprout.radius)
    // The vessel swings about its bearing, so that it winds without going astray.
    var (travelled, swing): (Float, Float) = (0, 0)
    var nextSprout = stream.uniform(in: isTrunk ? 0.06...0.12 : 0.015...0.05)
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
        nextSprout = travelled + stream.uniform(in: isTrunk ? 0.025...0.08 : 0.013...0.038)
        radius = leaveSprout(position, bearing, radius: radius, of: sprout, branch: branch)
        // Vessels bend where they branch.
        bearing = unit(bearing + perpendicular(bearing) * 0.16 * tortuosity * stream.bell())
      }
    }
    branches[branch].segments = first..<segments.count
  }

  /// Leaves a sprout behind; returns the parent's radius beyond it, by Murray's law.
  private mutating func leaveSprout(
    _ position: SIMD2<Float>, _ direction: SIMD2<Float>, radius: Float, of parent: Sprout, branch: Int
  ) -> Float {
    guard parent.generation < 6 else { return radius }
    sprouts.append(
      Sprout(
        position: position, direction: direction, radius: radius, course: .free, generation: parent.generation + 1,
        parent: branch, origin: segments.count))
    // The child's share is settled when it grows; a typical one is taken off here.
    let share = stream.uniform(in: 0.2...0.5)
    return radius * cubeRoot(1 - share * share * share)
  }
}

/// The cube root of a number in (0, 1], by Newton's method (IEEE operations only: the same bits on every CPU).
func cubeRoot(_ value: Float) -> Float {
  var root: Float = 1
  for _ in 0..<12 { root = (2 * root + value / (root * root)) / 3 }
  return root
}
