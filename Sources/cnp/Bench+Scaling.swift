import Base
import Benchmarks
import Kernels
import Language

extension Bench {
  /// Measures how time and memory grow, and says what that comes to.
  func showScaling() throws(BenchmarkError) {
    say(
      "Measuring for up to \(duration(Double(seconds), inTenths: false)), threads: \(Workers.count); a convolution reaches "
        + "\(fixedPoint(ConvolutionSpeed.measured() / 1e9, decimals: 0)) GFLOP/s by the direct count.")
    let study = try ScalingStudy(threads: Workers.count, seconds: Double(seconds)) { measurement in
      writeToStandardError("  \(measurement.row.name): \(Self.time(measurement.seconds))\n")
    }
    for trend in study.trends { show(trend) }
    for (row, reason) in study.leftOut { say("\nleft out: \(row.name): \(reason)") }
    let (steps, predictions) = (study.costs(of: .step), study.costs(of: .prediction))
    say("\nWhat predicts each measurement from all others (relative error: median, largest):")
    show(steps, "a training step")
    show(predictions, "a prediction")
    show(PaperTraining(steps, predictions), steps)
  }

  private func show(_ trend: ScalingTrend) {
    guard let first = trend.points.first?.measurement.row else { return }
    let fixed =
      [
        ("side", "\(first.side)²"), ("width", "width \(first.width)"),
        ("batch", "\(first.count) image\(first.count == 1 ? "" : "s")"),
      ]
      .filter { $0.0 != trend.series.title && !($0.0 == "batch" && trend.series.title == "images") }
      .map(\.1).joined(separator: ", ")
    say("\n\(trend.series.kind == .step ? "GAN step" : "Prediction"), \(fixed)")
    say("  \(trend.series.title.leftPadded(8))\("time".leftPadded(12))\("peak MiB".leftPadded(11))")
    for (size, measurement) in trend.points {
      say(
        "  \("\(size)".leftPadded(8))\(Self.time(measurement.seconds).leftPadded(12))"
          + fixedPoint(measurement.peakMebibytes, decimals: 0).leftPadded(11))
    }
    if let time = Self.power(trend.time, of: trend.series.title),
      let memory = Self.power(trend.memory, of: trend.series.title)
    {
      say("  time ∝ \(time), memory ∝ \(memory)")
    }
  }

  /// `side^1.93 ± 0.04`
  private static func power(_ law: PowerLaw?, of title: String) -> String? {
    law.map {
      "\(title)^\(fixedPoint($0.exponents[0], decimals: 2))"
        + ($0.errors.map { " ± \(fixedPoint($0[0], decimals: 2))" } ?? "")
    }
  }

  private func show(_ costs: CostModel, _ what: String) {
    for form in CostModel.Form.allCases {
      guard let error = costs.errors[form] else { continue }
      let name =
        switch form {
        case .powerLaw: "c · side^p · width^q · images^r"
        case .countedWork: "a · runs + b · operations + c · numbers + d · weights"
        }
      say(
        "  \(what): \(name): \(Self.percent(error.median)), \(Self.percent(error.largest))"
          + (form == costs.form ? "  used below" : ""))
    }
    guard costs.form == .countedWork, let units = costs.units else { return }
    say("    " + units.map { "\(fixedPoint($0.cost, decimals: 3)) \($0.unit)" }.joined(separator: ", "))
  }

  private func show(_ paper: PaperTraining?, _ steps: CostModel) {
    guard let paper else { return say("\nToo little was measured to tell the time of the paper's training.") }
    let error = steps.errors[steps.form]
    say(
      """

      The paper's training on this machine: \(PaperTraining.images) images of \(PaperTraining.side)², augmented, width \
      \(PaperTraining.width), \(paper.steps) steps:
        \(duration(paper.seconds))\(error.map { ", give or take \(Self.percent($0.largest))" } ?? ""); \
      \(Self.time(paper.step)) a step, \(Self.time(paper.preparation)) to prepare its batch, \
      \(duration(paper.statistics)) for batch norm's statistics at the end
        peak memory about \(MemoryError.written(Int(paper.peakMebibytes * 1_048_576)))
      """)
    show(RankEfficiency(paper))
  }

  private func show(_ ranks: RankEfficiency) {
    say(
      """

      The same step shared by several such machines, \(ranks.images) images on each, by arithmetic (efficiency where all wait for
      gradients, and where these travel behind the backward pass):
      """)
    let titles = RankEfficiency.networks.map { $0.name.leftPadded(20) }.joined()
    say("  machines   sent by each\(titles)")
    for machines in RankEfficiency.machines {
      let sent = fixedPoint(ranks.bytesSent(machines: machines) / 1e9, decimals: 2) + " GB"
      let shares = RankEfficiency.networks.map { network in
        [false, true].map {
          Self.percent(ranks.efficiency(machines: machines, over: network, gradientsHidden: $0))
        }.joined(separator: ", ").leftPadded(20)
      }
      say("  \("\(machines)".leftPadded(8))\(sent.leftPadded(15))\(shares.joined())")
    }
  }

  private static func time(_ seconds: Double) -> String {
    seconds < 1 ? fixedPoint(seconds * 1000, decimals: 1) + " ms" : fixedPoint(seconds, decimals: 2) + " s"
  }

  private static func percent(_ share: Double) -> String { fixedPoint(100 * share, decimals: 1) + " %" }
}
