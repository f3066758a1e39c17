import Imaging
import Kernels

/// A shift, a turn and a scale between two working frames, about their middles.
struct Alignment {
  /// In degrees, from the x axis towards y (downward).
  var rotation: Double
  var scale: Double
  /// Of the baseline's middle, from the follow-up's, in working pixels.
  var shift: SIMD2<Double>
  /// How many more centreline points meet a vessel of their direction than chance would have.
  var excess = 0.0
}

/// The search for alignments, from coarse to fine: baseline points against maps of how near the follow-up's vessels are.
struct CoarseAlignment {
  private let points: [CentrelinePoint]
  private let frames: WorkingFrames
  private let followUp: Centrelines

  /// Turns that are looked at, in degrees either way.
  static let rotations = 20.0
  static let scales = 0.85...1.18
  /// Shifts that are looked at either way, in parts of the longer side.
  static let shifts = 0.45
  /// Cells of the first grid along the longer side, and points that are tried on it.
  private static let cells = 64
  private static let mostPoints = 300

  init(_ baseline: Centrelines, _ followUp: Centrelines, in frames: WorkingFrames) {
    points = baseline.points
    (self.followUp, self.frames) = (followUp, frames)
  }

  /// The alignments that most points agree with, best first, no two of them nearly alike.
  func best(_ count: Int) -> [Alignment] {
    let finer = NearnessMap(followUp, side: frames.side, cells: 2 * Self.cells)
    let sample = thinned(2 * Self.mostPoints)
    let candidates = distinct(first(), 3 * count)
    let refined = computed(candidates.count) { refine(candidates[$0], finer, sample) }
    return distinct(refined.sorted { $0.excess > $1.excess }, count)
  }

  /// The best shifts for each turn and scale, best first.
  private func first() -> [Alignment] {
    let map = NearnessMap(followUp, side: frames.side, cells: Self.cells)
    let sample = thinned(Self.mostPoints)
    let centre = frames.baseline.centre
    var trials: [(rotation: Double, scale: Double)] = []
    // Steps that move a point on the rim by two cells at most.
    let turns = Int((Self.rotations / 3.4).rounded(.up))
    for turn in -turns...turns {
      for step in 0...6 {
        let share = Double(step) / 6
        trials.append(
          (
            Double(turn) * Self.rotations / Double(turns),
            Self.scales.lowerBound + share * (Self.scales.upperBound - Self.scales.lowerBound)
          ))
      }
    }
    let found = computed(trials.count) { index in
      let trial = Alignment(rotation: trials[index].rotation, scale: trials[index].scale, shift: .zero)
      return map.bestShifts(trial, map.placed(sample, trial, centre: centre), reach: Self.shifts)
    }
    return found.flatMap(\.self).sorted { $0.excess > $1.excess }
  }

  /// The best of the neighbours, in steps that shrink from half of the first search's.
  private func refine(_ start: Alignment, _ map: NearnessMap, _ sample: [CentrelinePoint]) -> Alignment {
    var best = start
    best.excess = -.infinity
    for size in [1, 0.5, 0.25] {
      let middle = best
      for turn in [-1.7, 0, 1.7] {
        for growth in [-0.028, 0, 0.028] {
          var trial = middle
          trial.rotation += size * turn
          trial.scale += size * growth
          let placed = map.placed(sample, trial, centre: frames.baseline.centre)
          for (right, down) in Self.neighbours {
            trial.shift = middle.shift + size * map.cell * SIMD2(right, down)
            trial.excess = map.excess(of: placed, shiftedBy: trial.shift)
            if trial.excess > best.excess { best = trial }
          }
        }
      }
    }
    return best
  }

  private static let neighbours: [(Double, Double)] = [
    (0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1),
  ]

  /// At most so many points, evenly among all.
  private func thinned(_ most: Int) -> [CentrelinePoint] {
    guard points.count > most else { return points }
    return (0..<most).map { points[$0 * points.count / most] }
  }

  /// The first so many of those that differ from all before them.
  private func distinct(_ alignments: [Alignment], _ count: Int) -> [Alignment] {
    var kept: [Alignment] = []
    let near = 1.5 * frames.side / Double(Self.cells)
    for alignment in alignments where kept.count < count {
      let isNew = kept.allSatisfy { other in
        let apart = alignment.shift - other.shift
        return abs(alignment.rotation - other.rotation) > 4 || abs(alignment.scale - other.scale) > 0.06
          || (apart * apart).sum() > near * near
      }
      if isNew { kept.append(alignment) }
    }
    return kept
  }
}

extension Alignment {
  /// Between working frames, as the transform that it is.
  func transform(in frames: WorkingFrames) -> RetinalTransform {
    let (turn, radius) = (AffineMap.rotation(degrees: rotation), frames.side / 2)
    let middle = frames.followUp.centre + shift
    return RetinalTransform(
      .similarity, centreX: frames.baseline.centre.x, centreY: frames.baseline.centre.y, radius: radius,
      parameters: [middle.x, middle.y, scale * radius * turn.xx, scale * radius * turn.yx])
  }
}
