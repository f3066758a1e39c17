// How the numbers of a stored map become those a convolution sees, on a vector of channels at once. One type for each case, so
// that the compiler makes a loop without a branch for each.

protocol PartReading {
  func value<V: TileVector>(_ x: V, channel: Int) -> V
}

struct AsStored: PartReading {
  @inline(__always) func value<V: TileVector>(_ x: V, channel: Int) -> V { x }
}

struct Normalized: PartReading {
  let factors: UnsafePointer<Float>
  let terms: UnsafePointer<Float>

  @inline(__always)
  func value<V: TileVector>(_ x: V, channel: Int) -> V { x.timesPlus(V(at: factors + channel), V(at: terms + channel)) }
}

struct NormalizedReLU: PartReading {
  let normalized: Normalized

  @inline(__always)
  func value<V: TileVector>(_ x: V, channel: Int) -> V { V(repeating: 0).larger(normalized.value(x, channel: channel)) }
}

struct NormalizedLeakyReLU: PartReading {
  let normalized: Normalized
  /// From 0 to 1.
  let slope: Float

  @inline(__always)
  func value<V: TileVector>(_ x: V, channel: Int) -> V {
    let x = normalized.value(x, channel: channel)
    return x.times(V(repeating: slope)).larger(x)
  }
}

struct NormalizedActivated: PartReading {
  let normalized: Normalized
  let activation: Activation

  @inline(__always)
  func value<V: TileVector>(_ x: V, channel: Int) -> V {
    normalized.value(x, channel: channel).byOctets { activation.value($0) }
  }
}

struct Activated: PartReading {
  let activation: Activation

  @inline(__always)
  func value<V: TileVector>(_ x: V, channel: Int) -> V { x.byOctets { activation.value($0) } }
}

/// Work that needs to know how a part is read.
protocol PartWork {
  func run<R: PartReading>(_ reading: R)
}

extension MapPart {
  func read(_ work: some PartWork) {
    guard let table = normalization?.base else {
      if let activation { work.run(Activated(activation: activation)) } else { work.run(AsStored()) }
      return
    }
    let normalized = Normalized(factors: table, terms: table + channels)
    switch activation {
    case nil: work.run(normalized)
    case .relu: work.run(NormalizedReLU(normalized: normalized))
    case .leakyRelu(let slope) where (0...1).contains(slope):
      work.run(NormalizedLeakyReLU(normalized: normalized, slope: slope))
    case let activation?: work.run(NormalizedActivated(normalized: normalized, activation: activation))
    }
  }
}
