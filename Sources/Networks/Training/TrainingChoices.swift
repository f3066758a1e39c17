/// Whether Eq. 3 is averaged over an image's pixels or summed (method §7, "Eq. 3 sums").
public enum CrossEntropyReduction: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default, as Keras computes it.
  case mean
  /// The formula: the sum over an image's pixels; the mean over a batch's images stays.
  case sum
}

/// How far D's answers are from what they should be (method §8, cGAN).
public enum AdversarialLoss: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default, Eq. 6.
  case mse
  /// Binary cross-entropy, as the first GANs; for a discriminator that ends in a sigmoid.
  case bce
}

/// What `Y_DP` is for a generated label map (method §7, the rows on Eq. 7).
public enum PixelTarget: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default and the paper's sentence: 1 where G, thresholded at 0.5, agrees with the truth.
  case agreement
  /// The paper's formula: 1 where they differ.
  case xor
  /// 1 − |G − Y|, without a threshold.
  case soft
}

/// What D is shown of G's output (method §7, "X_D when generated").
public enum GeneratedMap: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: the probabilities themselves.
  case soft
  /// Thresholded at 0.5. The threshold has no gradient, so G's gradient passes it unchanged (straight-through).
  case hard
}

/// Which epoch's weights the training returns (method §7, "weights kept").
public enum KeptWeights: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: the last epoch's.
  case last
  /// Those of the epoch with the best validation DSC, the earliest of equals.
  case best
}
