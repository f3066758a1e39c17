import Kernels

/// The memory of a plan: when each map, each gradient and each operation's notes are needed, and where they lie.
///
/// Time: step s runs forward at s; with n steps, the outputs are read and their gradients written at n, and step s runs
/// backward at 2n − s.
struct PlanMemory {
  /// By node.
  let maps: [Region]
  let gradients: [Region]
  /// By step.
  let saved: [Region]
  let arenaCount: Int

  init(steps: [Step], shapes: [[Int]], outputs: Set<Int>, mode: Mode) {
    let turn = steps.count
    let training = mode == .training
    var mapLife = [ClosedRange<Int>?](repeating: nil, count: shapes.count)
    var gradientLife = [ClosedRange<Int>?](repeating: nil, count: shapes.count)
    func extend(_ life: inout ClosedRange<Int>?, to time: Int) {
      life = life.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
    }
    for (time, step) in steps.enumerated() {
      let back = 2 * turn - time
      extend(&mapLife[step.node], to: time)
      if training && step.operation.gradientReadsOutput { extend(&mapLife[step.node], to: back) }
      if training { extend(&gradientLife[step.node], to: back) }
      for input in step.inputs {
        // An input of the graph brings its own memory, but its gradient, handed out at the end, needs some.
        if mapLife[input] != nil {
          extend(&mapLife[input], to: training && step.operation.gradientReadsInputs ? back : time)
        }
        if training { extend(&gradientLife[input], to: back) }
      }
    }
    for output in outputs {
      if mapLife[output] != nil { extend(&mapLife[output], to: turn) }
      if training { extend(&gradientLife[output], to: turn) }
    }
    for node in shapes.indices where mapLife[node] == nil && gradientLife[node] != nil {
      extend(&gradientLife[node], to: 2 * turn + 1)
    }

    let none = 0...0
    let sizes = shapes.map { $0.reduce(1, *) }
    var demands = shapes.indices.map {
      ArenaLayout.Demand(count: mapLife[$0] == nil ? 0 : sizes[$0], lifetime: mapLife[$0] ?? none)
    }
    demands += shapes.indices.map {
      ArenaLayout.Demand(count: gradientLife[$0] == nil ? 0 : sizes[$0], lifetime: gradientLife[$0] ?? none)
    }
    demands += steps.enumerated().map { time, step in
      ArenaLayout.Demand(
        count: step.operation.savedCount(step.inputs.map { shapes[$0] }, mode: mode),
        lifetime: time...(training ? 2 * turn - time : time))
    }
    let layout = ArenaLayout(demands)
    let arena = Storage(count: layout.count)
    let regions = zip(layout.offsets, demands).map { Region(arena, offset: $0, count: $1.count) }
    maps = Array(regions[..<shapes.count])
    gradients = Array(regions[shapes.count..<(2 * shapes.count)])
    saved = Array(regions[(2 * shapes.count)...])
    arenaCount = layout.count
  }
}
