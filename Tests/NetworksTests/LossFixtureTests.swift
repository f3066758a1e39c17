import Networks
import Tensors
import Testing

/// Equations 3 to 7 and Adam against PyTorch.
@Suite struct LossFixtureTests {
  let prediction = hashed("losses/prediction", [2, 6, 5, 1], from: 0.01, to: 0.99)
  let truth = hashedLabels("losses/truth", [2, 6, 5, 1])

  /// Each number takes a logarithm or a square, a division and a product; values are summed in double precision.
  static let roundings: Float = 8

  @Test("Eq. 3, as mean and as sum", arguments: CrossEntropyReduction.allCases)
  func crossEntropy(_ reduction: CrossEntropyReduction) throws {
    let loss = MethodLosses.crossEntropy(prediction, truth, reduction: reduction)
    try compare(loss, with: "cross-entropy \(reduction.rawValue)")
  }

  @Test("Eq. 4 to 6") func squaredError() throws {
    try compare(MethodLosses.adversarial(prediction, against: 1, .mse), with: "squared error to 1")
    try compare(MethodLosses.adversarial(prediction, against: truth, .mse), with: "squared error to truth")
  }

  @Test("the adversarial loss as cross-entropy") func adversarialCrossEntropy() throws {
    try compare(MethodLosses.adversarial(prediction, against: 0, .bce), with: "cross-entropy to 0")
  }

  @Test("the soft Dice loss, with a mask and without") func dice() throws {
    try compare(MethodLosses.dice(prediction, truth), with: "dice")
    try compare(MethodLosses.dice(prediction, Tensor(prediction.shape)), with: "dice of nothing")
  }

  @Test("Eq. 7 in its three readings", arguments: PixelTarget.allCases) func pixelTarget(_ rule: PixelTarget) throws {
    let target = MethodLosses.pixelTarget(generated: prediction, truth: truth, rule: rule)
    let reference = try Fixture("losses")["pixel target \(rule.rawValue)"]
    // 1 − |G − Y| rounds twice; the other two are exact.
    expectClose(target, reference, roundings: rule == .soft ? 2 : 0, rule.rawValue)
  }

  @Test("four steps of Adam") func adam() throws {
    let fixture = try Fixture("losses")
    let spec = ParameterSpec(name: "p", shape: [40], initialiser: .zeros)
    var parameters = Parameters([spec], stream: RandomStream(seed: 0))
    parameters["p"] = hashed("adam/parameter", [40])
    var state = AdamState(for: parameters)
    var gradients = parameters
    for step in 1...4 {
      gradients["p"] = hashed("adam/gradient \(step)", [40], from: -0.01, to: 0.01)
      adamStep(parameters: &parameters, clearing: &gradients, state: &state, rate: 1e-3)
      // Each step rounds the parameter once; the step itself, a thousandth of it, adds next to nothing.
      expectClose(parameters["p"], try fixture["adam/after \(step)"], roundings: Float(step), "after \(step)")
    }
  }

  private func compare(_ loss: Loss, with name: String) throws {
    let fixture = try Fixture("losses")
    let value = Tensor([1], values: [Float(loss.value)])
    expectClose(value, try fixture[name], roundings: Self.roundings, name)
    expectClose(loss.gradient, try fixture["\(name)/gradient"], roundings: Self.roundings, "gradient of \(name)")
  }
}
