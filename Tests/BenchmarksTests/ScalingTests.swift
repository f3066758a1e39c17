import Benchmarks
import Glibc
import Networks
import Testing

/// What is made of measurements: fits of known laws give these back, and estimates are what their parts add up to.
@Suite struct ScalingTests {
  @Test func aPowerLawIsFoundAgain() throws {
    let points = [(128.0, 4.0), (256, 4), (512, 8), (128, 16), (1024, 32), (256, 64)].map { side, width in
      (x: [side, width], y: 3e-9 * pow(side, 1.9) * pow(width, 1.4))
    }
    let law = try #require(PowerLaw(points))
    #expect(abs(law.exponents[0] - 1.9) < 1e-9 && abs(law.exponents[1] - 1.4) < 1e-9)
    #expect(abs(law.factor / 3e-9 - 1) < 1e-7)
    #expect(try #require(law.errors).allSatisfy { $0 < 1e-6 })
    #expect(abs(law.value(at: [2048, 8]) / (3e-9 * pow(2048, 1.9) * pow(8, 1.4)) - 1) < 1e-7)
  }

  @Test func noiseShowsInTheErrorOfAnExponent() throws {
    let points = [1.0, 2, 4, 8, 16].enumerated().map { index, x in
      (x: [x], y: x * (index.isMultiple(of: 2) ? 1.1 : 0.9))
    }
    let law = try #require(PowerLaw(points))
    let error = try #require(law.errors)[0]
    #expect(error > 0.01 && error < 0.2 && abs(law.exponents[0] - 1) < 2 * error)
    #expect(PowerLaw(Array(points.prefix(2)))?.errors == nil, "a line through two points leaves nothing over")
  }

  @Test func anExponentOfWhatStaysTheSameIsOpen() {
    #expect(PowerLaw([(x: [4], y: 1), (x: [4], y: 2)]) == nil)
    #expect(PowerLaw([]) == nil)
  }

  @Test func addedCostsAreFoundAgain() throws {
    let amounts: [[Double]] = [[1, 10, 5], [1, 100, 8], [1, 1000, 90], [1, 40, 900], [1, 7, 30]]
    let costs = [2e-3, 5e-6, 3e-5]
    let fit = try #require(AddedCosts(amounts.map { ($0, zip($0, costs).reduce(0) { $0 + $1.0 * $1.1 }) }))
    for (found, cost) in zip(fit.costs, costs) { #expect(abs(found / cost - 1) < 1e-6) }
    #expect(abs(fit.value(for: [1, 1e6, 0]) - (2e-3 + 5)) < 1e-4)
  }

  /// A negative cost would make a larger training take less time.
  @Test func noCostIsNegative() throws {
    let fit = try #require(AddedCosts([([1, 1], 1), ([1, 2], 2.2), ([1, 4], 5)]))
    #expect(fit.costs[0] == 0 && fit.costs[1] > 1)
  }

  @Test func everyPointIsPredictedFromTheOthers() throws {
    // The mean of all others: 2.5, 2, 1.5 for 1, 2, 3.
    let error = try #require(
      PredictionError(of: [1.0, 2, 3], measured: { $0 }) { others, _ in others.reduce(0, +) / Double(others.count) })
    #expect(abs(error.largest - 1.5) < 1e-12 && abs(error.median - 0.5) < 1e-12)
    #expect(PredictionError(of: [1.0, 2], measured: { $0 }) { _, _ in nil } == nil)
  }

  /// A study of made-up times: the steps that all series have.
  private func study(_ kind: ScalingRow.Kind, seconds: (ScalingRow, Work) -> Double) throws -> ScalingStudy {
    let rows = Set(ScalingSeries.all.filter { $0.kind == kind }.flatMap(\.rows))
    return ScalingStudy(
      measurements: try rows.sorted { $0.name < $1.name }.map { row in
        let work = try row.work()
        return .init(row: row, work: work, seconds: seconds(row, work), peakMebibytes: 30 + work.numbers * 1e-5)
      })
  }

  @Test func countedWorkIsUsedWhereTimesAreMadeOfIt() throws {
    let rates = WorkRates(perRun: 3e-5, perOperation: 4e-12, perNumber: 1e-9, perMoved: 2e-9)
    let costs = try study(.step) { _, work in rates.seconds(for: work) }.costs(of: .step)
    #expect(costs.form == .countedWork)
    #expect(try #require(costs.errors[.countedWork]).largest < 1e-6)
    #expect(try #require(costs.errors[.powerLaw]).largest > 0.05)
    let paper = ScalingRow(kind: .step, side: 512, width: 64, count: 2)
    #expect(abs(try #require(costs.seconds(of: paper)) / rates.seconds(for: paper.work()) - 1) < 1e-6)
    let peak = try #require(costs.peakMebibytes(of: paper))
    #expect(abs(peak / (30 + (try paper.work().numbers) * 1e-5) - 1) < 1e-6)
  }

  @Test func aPowerLawIsUsedWhereTimesFollowOne() throws {
    let costs = try study(.prediction) { row, _ in
      1e-7 * pow(Double(row.side), 1.3) * pow(Double(row.width), 0.6) * Double(row.count)
    }.costs(of: .prediction)
    #expect(costs.form == .powerLaw)
  }

  @Test func trendsHaveTheExponentOfTheirSeries() throws {
    let study = try study(.step) { row, _ in 1e-6 * pow(Double(row.side), 1.8) * Double(row.count) }
    let trends = study.trends.filter { $0.series.kind == .step }
    #expect(trends.map(\.series.title) == ["side", "width", "batch"])
    for (trend, exponent) in zip(trends, [1.8, 0, 1]) {
      #expect(trend.points.count == trend.series.rows.count)
      #expect(abs(try #require(trend.time).exponents[0] - exponent) < 1e-9)
    }
    #expect(study.trends.filter { $0.series.kind == .prediction }.allSatisfy { $0.points.isEmpty && $0.time == nil })
  }

  @Test func theTrainingOfThePaperAddsUp() {
    let paper = PaperTraining(steps: 5400, preparation: 0.05, step: 10, statistics: 120, peakMebibytes: 2000)
    #expect(abs(paper.seconds - (5400 * 10.05 + 120)) < 1e-6)
  }

  @Test func itTakesItsTimesFromTheFits() throws {
    let steps = try study(.step) { _, work in work.operations * 4e-12 }.costs(of: .step)
    let predictions = try study(.prediction) { _, work in work.operations * 3e-12 }.costs(of: .prediction)
    let paper = try #require(PaperTraining(steps, predictions))
    #expect(paper.steps == 5400)
    let step = try ScalingRow(kind: .step, side: 512, width: 64, count: 2).work().operations * 4e-12
    #expect(abs(paper.step / (step * 107 / 108) - 1) < 1e-6, "the last batch of an epoch holds one image")
    let forward = try ScalingRow(kind: .prediction, side: 512, width: 64, count: 1).work().operations * 3e-12
    #expect(abs(paper.statistics / (forward * 107) - 1) < 1e-6)
    #expect(PaperTraining(CostModel([]), predictions) == nil)
  }

  @Test func sharedStepsWaitForGradientsAndForEachOther() {
    let (generator, discriminator) = LearnedSystem.pixelGAN.architectures(SystemScale(width: 16, side: 256))
    let exchange = StepExchange(of: generator, against: discriminator, TrainingOptions())
    let (slow, fast) = (RankEfficiency.networks[0], RankEfficiency.networks[1])
    func shares(_ seconds: Double, _ network: RankEfficiency.Network, hidden: Bool) -> [Double] {
      let ranks = RankEfficiency(stepSeconds: seconds, images: 2, exchange: exchange)
      return RankEfficiency.machines.map { ranks.efficiency(machines: $0, over: network, gradientsHidden: hidden) }
    }
    let waiting = shares(0.5, slow, hidden: false)
    #expect(zip(waiting, waiting.dropFirst()).allSatisfy { $0 > $1 } && waiting.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(zip(waiting, shares(0.5, slow, hidden: true)).allSatisfy { $0 < $1 })
    #expect(zip(waiting, shares(0.5, fast, hidden: false)).allSatisfy { $0 < $1 })
    // A step as long as two machines need to send each other the gradients, 8 bytes each, of which half leave each of them.
    let transfer = 4 * Double(exchange.gradients) / (10e9 / 8)
    let short = shares(transfer, slow, hidden: false)[0]
    #expect(short < 0.5 && short > 0.4)
    #expect(shares(1000, slow, hidden: true).allSatisfy { $0 > 0.999 })
  }

  @Test func severalSumsOfARankAreSentEach() {
    let (generator, _) = LearnedSystem.unet.architectures(SystemScale(width: 4, side: 64))
    let exchange = StepExchange(of: generator, against: nil, TrainingOptions())
    let numbers = 8 * Double(exchange.numbersPerImage) / 2
    // Of six images on two ranks each has three: a pair and one more.
    #expect(exchange.bytesSent(byOneOf: 2, images: 4) - 4 * numbers == 4 * Double(exchange.gradients))
    #expect(exchange.bytesSent(byOneOf: 2, images: 6) - 6 * numbers == 6 * Double(exchange.gradients))
  }
}
