/// Names of the networks' inputs.
public enum NetworkInput {
  /// The angiogram: grey in [0, 1], then any features computed from it: `[batch, height, width, channels]`.
  public static let image = "image"
  /// The label map a discriminator judges, in [0, 1]: `[batch, height, width, 1]`.
  public static let map = "map"
}

/// Names of the networks' outputs.
public enum NetworkOutput {
  /// G(X): probability of non-perfusion, `[batch, height, width, 1]`.
  public static let probability = "probability"
  /// Probability of the territory that holds the non-perfusion, `[batch, height, width, 1]`, of generators that draw it.
  public static let territory = "territory"
  /// De(X): "is this label map real?", one value or more for each part of it that D sees at once:
  /// `[batch, rows, columns, 1]`.
  public static let verdict = "De"
  /// Dd(X): "which pixels of it are right?", `[batch, height, width, 1]`.
  public static let pixels = "Dd"
}
