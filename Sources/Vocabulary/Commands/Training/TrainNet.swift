import Language
import Networks

extension Command {
  static let trainNet = Command(
    "train-net", "train a network alone against the masks",
    [
      TrainingParameters.data,
      TrainingParameters.network("network", "the network to train; left out, a U-Net of the given width"),
      TrainingParameters.width, TrainingParameters.momentum, TrainingParameters.from,
    ] + TrainingParameters.learning + TrainingParameters.keeping + [Randomness.seedOption],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "The loss is the binary cross-entropy of Eq. 3. Ctrl-C stops after the current step and keeps the network so far.",
      examples: [
        "net = train-net (phantom 4 size: 64) width: 4 epochs: 1",
        "fcn = train-net (phantom 4 size: 64) network: (fcn8 width: 4) epochs: 1",
      ],
      method: "U-Net and FCN-8s of the paper's Table 1: one network, L_bce (Eq. 3), Adam at 0.0002, batches of 2.",
      explanation: .trainingAlone),
    plan: plan, run: TrainingRun.train)
}

private func plan(_ call: inout CheckedCall) -> Planned<TrainingPlan> {
  let training = CheckedTraining(&call)
  let network = training.start("network", &call)
  training.reportMisfits(network, nil, &call)
  let result = Known.network(training.trained(network, beside: NetworkFacts.Partner.none))
  guard let model = network.model else { return Planned(nil, result: result) }
  return Planned(training.plan({ (try model($0), nil) }, TrainingParameters.options, call), result: result)
}

extension Explanation {
  static let trainingAlone = Explanation(
    commands: ["train-net"], title: "Training a network alone",
    text: """
        L_bce = −Σᵢ ( yᵢ·log ŷᵢ + (1 − yᵢ)·log(1 − ŷᵢ) )     (3)

      The U-Net and the FCN-8s of the paper's Table 1 learn this. Here it is the mean over pixels, as Keras computes it;
      `bce: sum` takes the formula. Adam at 0.0002, batches of 2, 100 epochs. `dice: 1` adds 1 − the soft DSC,
      1 − (2·Σ p·y + 1) / (Σ p + Σ y + 1), which small regions need more than the cross-entropy gives them.
      """)
}
