/// Sums of pixelwise losses, with their gradients in the same pass. Where there are weights, each number counts by its own.
public enum LossKernels {
  /// −Σ (y·log p + (1 − y)·log(1 − p)) with p clipped to [clip, 1 − clip]; gradient = weight · its derivative by p, 0 where p
  /// was outside.
  public static func binaryCrossEntropy(
    _ prediction: Region, _ target: Region, weights: Region? = nil, clip: Float, gradientWeight: Float, gradient: Region
  ) -> Double {
    let (p, y, g) = (prediction.base, target.base, gradient.base)
    let (one, low, high) = (Lanes(repeating: 1), Lanes(repeating: clip), Lanes(repeating: 1 - clip))
    let weight = Lanes(repeating: gradientWeight)
    let shares = weights?.base
    let count = prediction.count
    return Reduction.sum(count: count) { index in
      let (raw, label) = (load(p + index), load(y + index))
      let probability = high.smaller(low.larger(raw))  // in this order NaN goes through
      let complement = one - probability
      let slope = (probability - label) / (probability * complement)
      let inside = (raw .>= low) .& (raw .<= high)
      let used = Swift.min(8, count - index)
      let loss = -(label * logarithm(probability) + (one - label) * logarithm(complement))
      guard let shares else {
        store(Lanes.choose(inside, slope * weight, Lanes(repeating: 0)), g + index, first: used)
        return loss
      }
      let share = load(shares + index)
      store(Lanes.choose(inside, slope * (weight * share), Lanes(repeating: 0)), g + index, first: used)
      return share * loss
    }
  }

  /// Σ (y − p)²; gradient = weight · (p − y).
  public static func squaredError(
    _ prediction: Region, _ target: Region, weights: Region? = nil, gradientWeight: Float, gradient: Region
  ) -> Double {
    let (p, y, g) = (prediction.base, target.base, gradient.base)
    let weight = Lanes(repeating: gradientWeight)
    let shares = weights?.base
    let count = prediction.count
    return Reduction.sum(count: count) { index in
      let difference = load(p + index) - load(y + index)
      guard let shares else {
        store(difference * weight, g + index, first: Swift.min(8, count - index))
        return difference * difference
      }
      let share = load(shares + index)
      store(difference * (weight * share), g + index, first: Swift.min(8, count - index))
      return share * difference * difference
    }
  }
}
