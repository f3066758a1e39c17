/// Weights divided by their largest singular value (Miyato et al. 2018), seen as a matrix `[inputs, outputs]` with
/// inputs = kernel · kernel · in channels.
///
/// One power iteration from the vector kept of the last: v = Wu / |Wu|, u = Wᵀv / |Wᵀv|, σ = |Wᵀv|. The notes it leaves
/// for the gradient are the normalised weights, then v, u and σ.
public struct SpectralNormalizationKernel: Sendable {
  let inputs: Int
  let outputs: Int

  public init(inputs: Int, outputs: Int) {
    self.inputs = inputs
    self.outputs = outputs
  }

  /// Floats of the notes.
  public var notesCount: Int { inputs * outputs + inputs + outputs + 1 }

  /// The normalised weights in the notes.
  public func weights(in notes: Region) -> Region { notes.part(0, inputs * outputs) }

  /// Writes the notes, and the new u over the old one where `keeping`.
  public func forward(_ weights: Region, vector: Region, keeping: Bool, notes: Region) {
    precondition(weights.count == inputs * outputs && vector.count == outputs && notes.count == notesCount)
    let (w, normalised) = (weights.base, notes.base)
    let v = notes.base + inputs * outputs
    let u = v + inputs
    parallel(1) { _ in
      u.update(from: vector.base, count: outputs)
      for row in 0..<inputs { v[row] = Float(dot(w + row * outputs, u, outputs)) }
      _ = normalise(v, inputs)
      u.update(repeating: 0, count: outputs)
      for row in 0..<inputs {
        let factor = Lanes(repeating: v[row])
        forEachOctet(in: 0..<outputs) {
          store(load(w + row &* outputs + $0).timesPlus(factor, load(u + $0)), u + $0, first: $1)
        }
      }
      let sigma = normalise(u, outputs)
      u[outputs] = Float(sigma)
      let scale = Lanes(repeating: Float(1 / max(sigma, SpectralNormalizationKernel.smallest)))
      forEachOctet(in: 0..<(inputs * outputs)) { store(load(w + $0) * scale, normalised + $0, first: $1) }
      if keeping { vector.base.update(from: u, count: outputs) }
    }
  }

  /// gradient of the weights += (g − (Σ g ∘ normalised)·v uᵀ) / σ for the gradient g by the normalised weights; v and u
  /// count as constants.
  public func backward(normalisedGradient: Region, notes: Region, addedTo gradient: Region) {
    precondition(normalisedGradient.count == inputs * outputs && gradient.count == inputs * outputs)
    let (g, out, normalised) = (normalisedGradient.base, gradient.base, notes.base)
    let v = notes.base + inputs * outputs
    let u = v + inputs
    let inverse = 1 / max(Double(u[outputs]), SpectralNormalizationKernel.smallest)
    parallel(1) { _ in
      let product = dot(g, normalised, inputs * outputs)
      for row in 0..<inputs {
        let factor = Lanes(repeating: Float(-product * Double(v[row]) * inverse))
        forEachOctet(in: 0..<outputs) {
          let place = row &* outputs &+ $0
          let scaled = load(g + place).timesPlus(Lanes(repeating: Float(inverse)), load(out + place))
          store(load(u + $0).timesPlus(factor, scaled), out + place, first: $1)
        }
      }
    }
  }

  /// Below it a norm counts as this much, so that nothing is divided by zero.
  private static let smallest = 1e-12

  private func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Double {
    var (low, high) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    forEachOctet(in: 0..<count) { index, used in
      var product = load(a + index) * load(b + index)
      for lane in used..<8 { product[lane] = 0 }
      low += SIMD4<Double>(product.lowHalf)
      high += SIMD4<Double>(product.highHalf)
    }
    let folded = low + high
    return (folded[0] + folded[2]) + (folded[1] + folded[3])
  }

  /// Scales the numbers to length 1 and returns the length they had.
  private func normalise(_ x: UnsafeMutablePointer<Float>, _ count: Int) -> Double {
    let length = dot(x, x, count).squareRoot()
    let scale = Lanes(repeating: Float(1 / max(length, SpectralNormalizationKernel.smallest)))
    forEachOctet(in: 0..<count) { store(load(x + $0) * scale, x + $0, first: $1) }
    return length
  }
}
