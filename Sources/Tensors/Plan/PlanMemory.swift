import Kernels

/// The memory of a plan: when each map, each gradient and each operation's notes are needed, and where they lie.
///
/// Time: step s runs forward at s; with n steps, the outputs are read and their gradients written at n, and step s runs
/// backward at 2n − s.
struct PlanMemory {
  /// Where something lies: among what lives from the forward to the backward pass, or among the rest.
  struct Place {
    let isKept: Bool
    let offset: Int
    let count: Int
  }

  /// By map; of an input, which brings its own memory, nothing.
  let maps: [Place]
  /// Where a map lies in the backward pass if it is computed again there, by map.
  let recomputedMaps: [Int: Place]
  /// By step, those to run forward again, in order, before its backward pass.
  let recomputations: [Int: [Int]]
  /// By map.
  let gradients: [Place]
  /// By step.
  let saved: [Place]
  /// Floats of both.
  let keptCount: Int
  let transientCount: Int

  /// - Parameter apart: whether what is kept lies in an arena of its own; else everything shares one, the transient.
  init(_ lowered: Lowering, mode: Mode, keptApart apart: Bool) {
    let lives = Lifetimes(lowered, mode: mode)
    let (steps, maps) = (lowered.steps, lowered.maps)
    let sizes = maps.map(\.count)
    let again = lives.recomputed.keys.sorted()
    var wanted: [(count: Int, life: ClosedRange<Int>?)] = []
    wanted += zip(sizes, lives.maps).map { ($0, $1) }
    wanted += zip(sizes, lives.gradients).map { ($0, $1) }
    wanted += zip(steps, lives.saved).map { ($0.operation.savedCount($0.inputShapes, mode: mode), $1) }
    wanted += again.map { (sizes[$0], lives.recomputed[$0]) }
    var demands: [[ArenaLayout.Demand]] = [[], []]
    var members: [[Int]] = [[], []]
    for (index, (count, life)) in wanted.enumerated() {
      let isKept = apart && life.map { $0.lowerBound < steps.count && $0.upperBound > steps.count } ?? false
      demands[isKept ? 0 : 1].append(ArenaLayout.Demand(count: life == nil ? 0 : count, lifetime: life ?? 0...0))
      members[isKept ? 0 : 1].append(index)
    }
    let layouts = demands.map(ArenaLayout.init)
    var places = [Place](repeating: Place(isKept: false, offset: 0, count: 0), count: wanted.count)
    for area in 0...1 {
      for (position, index) in members[area].enumerated() {
        places[index] = Place(
          isKept: area == 0, offset: layouts[area].offsets[position], count: demands[area][position].count)
      }
    }
    self.maps = Array(places[..<maps.count])
    gradients = Array(places[maps.count..<(2 * maps.count)])
    saved = Array(places[(2 * maps.count)..<(2 * maps.count + steps.count)])
    recomputedMaps = Dictionary(uniqueKeysWithValues: zip(again, places.suffix(again.count)))
    var recomputations: [Int: [Int]] = [:]
    for map in again {
      guard let life = lives.recomputed[map], let producer = maps[map].producer else { continue }
      recomputations[2 * steps.count - life.lowerBound, default: []].append(producer)
    }
    self.recomputations = recomputations.mapValues { $0.sorted() }
    (keptCount, transientCount) = (layouts[0].count, layouts[1].count)
  }
}
