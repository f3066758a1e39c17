import Imaging

/// Results that others printed, to show beside ours; never a target, since their images are not ours.
public struct PublishedResult: Sendable, Hashable {
  /// Mean and standard deviation over test images, in percent.
  public struct Value: Sendable, Hashable {
    public let mean, deviation: Double
  }
  public let method: String
  private let values: [Measure: Value]

  fileprivate init(method: String, values: [Measure: Value]) {
    self.method = method
    self.values = values
  }

  /// The printed value of a measure; `nil` where none was printed.
  public func callAsFunction(_ measure: Measure) -> Value? { values[measure] }
}

/// Table 1 of the 2021 paper (Proc. SPIE 11596, 115962D): 31 private test images.
public let table1Of2021: [PublishedResult] = [
  result("FCN-8s", (70.55, 14.65), (63.71, 19.25), (98.60, 1.40), (94.82, 3.02)),
  result("U-Net", (68.73, 13.93), (74.99, 11.78), (95.62, 3.59), (93.42, 2.79)),
  result("cGAN", (72.16, 11.86), (75.83, 11.25), (96.43, 2.97), (94.23, 2.79)),
  result("cGAN + ASPP", (69.27, 16.19), (77.95, 11.73), (93.16, 3.95), (94.81, 4.44)),
  result("pixel-discriminating GAN", (75.38, 11.15), (79.60, 9.94), (96.72, 2.78), (94.89, 2.40)),
]

private func result(
  _ method: String, _ dice: (Double, Double), _ sensitivity: (Double, Double), _ specificity: (Double, Double),
  _ accuracy: (Double, Double)
) -> PublishedResult {
  func value(_ pair: (Double, Double)) -> PublishedResult.Value { .init(mean: pair.0, deviation: pair.1) }
  return PublishedResult(
    method: method,
    values: [
      .dice: value(dice), .sensitivity: value(sensitivity), .specificity: value(specificity),
      .accuracy: value(accuracy),
    ])
}
