import Figures
import Language
import Networks

extension Command {
  static let curves = Command(
    "curves", "losses and DSC by epoch",
    [
      .argument(
        "x", .either([.object(NetworkValue.typeName), .record, .object(ComparisonValue.typeName)]),
        "a trained network, several of them by title, or a comparison")
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "Of one network: the generator's loss terms, the discriminator's loss where there was one, and the DSC on the training "
        + "batches. Of several: the cross-entropy and the DSC of each, over all folds of a comparison in the mean.",
      examples: [
        "show (curves (train-net (phantom 4 size: 64) width: 4 epochs: 2))",
        "c = compare (phantom 6 size: 64) systems: [\"unet\", \"cgan\"] folds: 2 width: 4 epochs: 2",
        "show (curves c)",
      ]),
    plan: plan, run: run)
}

/// Whose curves are drawn.
private enum Plan {
  case one(NetworkValue)
  case several([(title: String, value: NetworkValue)])
  case comparison(ComparisonValue)
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  if let network: NetworkFacts = call.facts("x"), network.hasHistory == false {
    call.report(NetworkValue.withoutCurves("this network"), on: "x")
  }
  if let network = call.object("x", as: NetworkValue.self) { return Planned(.one(network)) }
  if let comparison = call.object("x", as: ComparisonValue.self) { return Planned(.comparison(comparison)) }
  for (title, value) in call["x"].fields ?? [] {
    if !value.mayBe(NetworkValue.typeName) {
      let words = "curves takes networks under their titles; “\(title)” is something else"
      call.report(Failure("wrong-kind", words), on: "x")
    } else if (value.facts as? NetworkFacts)?.hasHistory == false {
      call.report(NetworkValue.withoutCurves("“\(title)”"), on: "x")
    }
  }
  return Planned(call.record("x", of: NetworkValue.self).map { .several($0) })
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  switch plan {
  case .one(let network): return .object(FigureValue(try historyFigure(network.history)))
  case .several(let networks):
    return .object(FigureValue(try severalHistories(networks.map { ($0.title, [$0.value.history]) })))
  case .comparison(let comparison):
    let learned = try comparison.ranked.filter { !$0.networks.isEmpty }
    return .object(FigureValue(try severalHistories(learned.map { ($0.title, $0.networks.map(\.history)) })))
  }
}

private func historyFigure(_ history: [EpochRecord]) throws -> Figure {
  func series(_ name: String, _ value: (EpochRecord) -> Double?) -> Series? {
    guard history.contains(where: { value($0) != nil }) else { return nil }
    return Series(name, byEpoch: history.map { value($0) ?? .nan })
  }
  let generator = [
    series("L_bce") { $0.generator.crossEntropy }, series("1 − soft DSC") { $0.generator.dice },
    series("L_DC") { $0.generator.verdict },
    series("L_DP") { $0.generator.pixels }, series("L_semi") { $0.generator.selfTaught },
  ].compactMap { $0 }
  let judge = [
    series("D, real") { $0.discriminator?.real },
    series("D, generated") { $0.discriminator?.generated },
  ].compactMap { $0 }
  let dice = [series("training") { $0.trainingDice }, series("validation") { $0.validationDice }].compactMap { $0 }
  var charts = [Chart(generator, yLabel: "loss of G")]
  if !judge.isEmpty { charts.append(Chart(judge, yLabel: "loss of D")) }
  charts.append(Chart(dice, yLabel: "DSC", yRange: 0...1))
  return try Figure.curves(charts, xLabel: "epoch")
}

/// One curve a system, the mean of its trainings; an epoch that not all of them reached is the mean of those that did.
private func severalHistories(_ systems: [(title: String, histories: [[EpochRecord]])]) throws -> Figure {
  func chart(_ label: String, _ range: ClosedRange<Double>?, _ value: (EpochRecord) -> Double?) -> Chart? {
    let series = systems.compactMap { title, histories -> Series? in
      let epochs = histories.map(\.count).max() ?? 0
      let means = (0..<epochs).map { epoch -> Double in
        let values = histories.compactMap { epoch < $0.count ? value($0[epoch]) : nil }
        return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
      }
      return means.contains { !$0.isNaN } ? Series(title, byEpoch: means) : nil
    }
    return series.isEmpty ? nil : Chart(series, yLabel: label, yRange: range)
  }
  let charts = [
    chart("L_bce", nil) { $0.generator.crossEntropy },
    chart("loss of D", nil) { $0.discriminator?.total },
    chart("training DSC", 0...1) { $0.trainingDice },
    chart("validation DSC", 0...1) { $0.validationDice },
  ].compactMap { $0 }
  return try Figure.curves(charts, xLabel: "epoch")
}
