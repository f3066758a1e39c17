/// The spans of a plan's time (see `PlanMemory`) in which its maps, gradients and notes matter; nil where one takes no memory
/// of the plan.
///
/// A map that the backward pass needs lives on until then, unless it costs little to compute and would lie idle for more
/// than half of the time: that one is computed again, and has a second span.
struct Lifetimes {
  /// By map.
  private(set) var maps: [ClosedRange<Int>?]
  private(set) var recomputed: [Int: ClosedRange<Int>] = [:]
  private(set) var gradients: [ClosedRange<Int>?]
  /// By step.
  private(set) var saved: [ClosedRange<Int>] = []

  init(_ lowered: Lowering, mode: Mode) {
    let turn = lowered.steps.count
    let training = mode == .training
    maps = [ClosedRange<Int>?](repeating: nil, count: lowered.maps.count)
    gradients = maps
    /// When the backward pass reads a map.
    var readBack = maps
    for (time, step) in lowered.steps.enumerated() {
      let back = 2 * turn - time
      let isReading = step.reading != nil
      Self.extend(&maps[step.output], to: time)
      if training {
        Self.extend(&gradients[step.output], to: back)
        if isReading { Self.extend(&readBack[step.output], to: back) }
      }
      for part in step.inputs.joined() {
        Self.extend(&maps[part.map], to: time)
        if training {
          Self.extend(&gradients[part.map], to: back)
          if step.operation.gradientReadsInputs { Self.extend(&readBack[part.map], to: back) }
        }
      }
      // The notes of a reading serve whoever reads the map, whenever that is.
      saved.append(time...(training ? (isReading ? 2 * turn : back) : (isReading ? turn : time)))
    }
    for map in lowered.outputs.values {
      Self.extend(&maps[map], to: turn)
      if training { Self.extend(&gradients[map], to: turn) }
    }
    // Inputs bring their own memory. Their gradients are handed out at the end.
    for map in maps.indices where lowered.maps[map].producer == nil {
      maps[map] = nil
      if gradients[map] != nil { Self.extend(&gradients[map], to: 2 * turn + 1) }
    }
    join(readBack, lowered)
  }

  private static func extend(_ life: inout ClosedRange<Int>?, to time: Int) {
    life = life.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
  }

  /// Decides for each map, from the last to the first, whether it lives on for the backward pass or is computed again.
  private mutating func join(_ readBack: [ClosedRange<Int>?], _ lowered: Lowering) {
    var readBack = readBack
    for step in lowered.steps.reversed() where step.reading == nil {
      guard let life = maps[step.output], let back = readBack[step.output] else { continue }
      if step.operation.isCheap && back.lowerBound - life.upperBound > lowered.steps.count {
        recomputed[step.output] = back
        for part in step.inputs.joined() { Self.extend(&readBack[part.map], to: back.lowerBound) }
      } else {
        maps[step.output] = life.lowerBound...back.upperBound
      }
    }
  }
}
