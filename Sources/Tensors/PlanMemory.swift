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
    let wanted =
      zip(sizes, lives.maps).map { ($0, $1) } + zip(sizes, lives.gradients).map { ($0, $1) }
      + zip(steps, lives.saved).map { ($0.operation.savedCount($0.inputShapes, mode: mode), $1) }
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
    saved = Array(places[(2 * maps.count)...])
    (keptCount, transientCount) = (layouts[0].count, layouts[1].count)
  }
}

/// The span of time in which each map, gradient and note matters; nil where it takes no memory of the plan.
private struct Lifetimes {
  var maps: [ClosedRange<Int>?]
  var gradients: [ClosedRange<Int>?]
  var saved: [ClosedRange<Int>?]

  init(_ lowered: Lowering, mode: Mode) {
    let turn = lowered.steps.count
    let training = mode == .training
    maps = [ClosedRange<Int>?](repeating: nil, count: lowered.maps.count)
    gradients = maps
    saved = []
    func extend(_ life: inout ClosedRange<Int>?, to time: Int) {
      life = life.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
    }
    for (time, step) in lowered.steps.enumerated() {
      let back = 2 * turn - time
      let isReading = step.reading != nil
      if lowered.maps[step.output].producer != nil {
        extend(&maps[step.output], to: time)
        if training && isReading { extend(&maps[step.output], to: back) }
      }
      if training { extend(&gradients[step.output], to: back) }
      for part in step.inputs.joined() {
        if maps[part.map] != nil {
          extend(&maps[part.map], to: training && step.operation.gradientReadsInputs ? back : time)
        }
        if training { extend(&gradients[part.map], to: back) }
      }
      // The notes of a reading serve whoever reads the map, whenever that is.
      saved.append(time...(training ? (isReading ? 2 * turn : back) : (isReading ? turn : time)))
    }
    for map in lowered.outputs.values {
      if maps[map] != nil { extend(&maps[map], to: turn) }
      if training { extend(&gradients[map], to: turn) }
    }
    // The gradients of inputs are handed out at the end.
    for map in maps.indices where lowered.maps[map].producer == nil && gradients[map] != nil {
      extend(&gradients[map], to: 2 * turn + 1)
    }
  }
}
