// How the numbers of a stored map become those a convolution sees, on eight channels at once. One type for each case, so
// that the compiler makes a loop without a branch for each.

protocol PartReading {
  func value(_ x: Lanes, channel: Int) -> Lanes
}

struct AsStored: PartReading {
  @inline(__always) func value(_ x: Lanes, channel: Int) -> Lanes { x }
}

struct Normalized: PartReading {
  let factors: UnsafePointer<Float>
  let terms: UnsafePointer<Float>

  @inline(__always)
  func value(_ x: Lanes, channel: Int) -> Lanes { x.timesPlus(load(factors + channel), load(terms + channel)) }
}

struct NormalizedReLU: PartReading {
  let normalized: Normalized

  @inline(__always)
  func value(_ x: Lanes, channel: Int) -> Lanes { Lanes(repeating: 0).larger(normalized.value(x, channel: channel)) }
}

struct NormalizedLeakyReLU: PartReading {
  let normalized: Normalized
  /// From 0 to 1.
  let slope: Float

  @inline(__always)
  func value(_ x: Lanes, channel: Int) -> Lanes {
    let x = normalized.value(x, channel: channel)
    return (x * Lanes(repeating: slope)).larger(x)
  }
}

struct NormalizedActivated: PartReading {
  let normalized: Normalized
  let activation: Activation

  @inline(__always)
  func value(_ x: Lanes, channel: Int) -> Lanes { activation.value(normalized.value(x, channel: channel)) }
}

struct Activated: PartReading {
  let activation: Activation

  @inline(__always)
  func value(_ x: Lanes, channel: Int) -> Lanes { activation.value(x) }
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
