/// Sums over the steps of an epoch, and the record they make.
struct EpochTally: Sendable, Codable {
  let epoch: Int
  /// Worked on it so far; `nil` for an epoch that was begun by another run: files do not hold it.
  private(set) var seconds: Double?
  private(set) var steps = 0
  /// What the last step did.
  private(set) var last: StepReport?
  private var generator = GeneratorLoss(crossEntropy: 0, total: 0)
  private var discriminator: DiscriminatorLoss?
  private var predictedPixels = 0
  private var truePixels = 0
  private var sharedPixels = 0

  private enum CodingKeys: CodingKey {
    case epoch, steps, last, generator, discriminator, predictedPixels, truePixels, sharedPixels
  }

  init(epoch: Int) {
    self.epoch = epoch
    seconds = 0
  }

  mutating func add(seconds more: Double) { seconds = seconds.map { $0 + more } }

  /// Whether numbers from a file can be those of an epoch that was begun.
  var isPossible: Bool {
    let counts = StepReport(
      generator: generator, predictedPixels: predictedPixels, truePixels: truePixels, sharedPixels: sharedPixels)
    return (1...(1 << 40)).contains(steps) && counts.isPossible && last?.isPossible == true
  }

  mutating func add(_ report: StepReport) {
    steps += 1
    last = report
    generator = combined(generator, report.generator) { $0 + $1 }
    if let loss = report.discriminator {
      discriminator = discriminator.map { combined($0, loss) { $0 + $1 } } ?? loss
    }
    predictedPixels += report.predictedPixels
    truePixels += report.truePixels
    sharedPixels += report.sharedPixels
  }

  /// The mean losses, and the DSC of Eq. 11 over all the epoch's pixels: 1 if neither map has any.
  func record(validationDice: Double? = nil) -> EpochRecord {
    let count = Double(max(steps, 1))
    let pixels = predictedPixels + truePixels
    return EpochRecord(
      epoch: epoch, steps: steps, generator: combined(generator, generator) { sum, _ in sum / count },
      discriminator: discriminator.map { combined($0, $0) { sum, _ in sum / count } },
      trainingDice: pixels == 0 ? 1 : 2 * Double(sharedPixels) / Double(pixels), validationDice: validationDice,
      seconds: seconds)
  }

  private func combined(
    _ left: GeneratorLoss, _ right: GeneratorLoss, _ operation: (Double, Double) -> Double
  ) -> GeneratorLoss {
    GeneratorLoss(
      crossEntropy: operation(left.crossEntropy, right.crossEntropy),
      dice: right.dice.map { operation(left.dice ?? 0, $0) },
      verdict: right.verdict.map { operation(left.verdict ?? 0, $0) },
      pixels: right.pixels.map { operation(left.pixels ?? 0, $0) },
      selfTaught: right.selfTaught.map { operation(left.selfTaught ?? 0, $0) },
      trusted: right.trusted.map { operation(left.trusted ?? 0, $0) }, total: operation(left.total, right.total))
  }

  private func combined(
    _ left: DiscriminatorLoss, _ right: DiscriminatorLoss, _ operation: (Double, Double) -> Double
  ) -> DiscriminatorLoss {
    func both(_ term: KeyPath<DiscriminatorLoss, Double?>) -> Double? {
      right[keyPath: term].map { operation(left[keyPath: term] ?? 0, $0) }
    }
    return DiscriminatorLoss(
      verdictOnReal: both(\.verdictOnReal), pixelsOfReal: both(\.pixelsOfReal),
      verdictOnGenerated: both(\.verdictOnGenerated), pixelsOfGenerated: both(\.pixelsOfGenerated))
  }
}
