import Angiography
import Imaging
import Methods
import Tensors
import Testing

/// Parameters that are chosen on training images.
struct TuningTests {
  private func tuning(_ name: String, _ search: ParameterSearch, seed: UInt64 = 1) throws -> Tuning {
    let method = try #require(Segmenters.tunable.first { $0.name == name })
    let data = try phantomDataset(PhantomOptions(count: 4, size: 64, seed: 3, nonPerfusion: 0.1...0.4))
    return try Tuning(
      of: method, on: TrainingSet(data), by: search, stream: RandomStream(seed: seed), progress: { _, _ in })
  }

  @Test func theBestOfAGridIsTaken() throws {
    let found = try tuning(
      "regions", ParameterSearch(.grid, candidates: [("texture", [0.2, 0.5, 1.5]), ("brightness", [0.5, 1.1])]))
    #expect(found.trials.count == 6 && Set(found.trials.map(\.values)).count == 6)
    #expect(found.trials.allSatisfy { $0.mean <= found.best.mean && $0.scores.count == 4 })
    // What is measured is what the method does.
    let data = try phantomDataset(PhantomOptions(count: 4, size: 64, seed: 3, nonPerfusion: 0.1...0.4))
    let fitted = try found.segmenter.fitted(with: found.best.values, to: TrainingSet(data))
    let masks = try fitted.probabilityMaps(of: data).map { Mask($0, atLeast: 0.5) }
    let report = try MetricsReport(predictions: masks, samples: data.samples)
    #expect(abs((report.summary(of: .dice).mean ?? 0) - found.best.mean) < 1e-12)
    for entry in found.flatness { #expect(entry.tried.contains(entry.range.lowerBound)) }
    #expect(found.flatness.map(\.parameter.name) == ["texture", "brightness"])
    #expect(found.good.contains { $0.values == found.best.values })
  }

  @Test func drawsAreRepeatableAndAllowed() throws {
    let search = ParameterSearch(tries: 12)
    let (one, again, other) = (
      try tuning("valleys", search), try tuning("valleys", search), try tuning("valleys", search, seed: 2)
    )
    #expect(one.trials.map(\.values) == again.trials.map(\.values))
    #expect(one.trials.map(\.values) != other.trials.map(\.values))
    #expect(one.trials[0].values == one.segmenter.initialValues, "the defaults are among them")
    for trial in one.trials {
      for (parameter, value) in zip(one.segmenter.parameters, trial.values) {
        #expect(parameter.allows(value))
        #expect(value <= 2.01 * (parameter.initial ?? 0) && value >= 0.49 * (parameter.initial ?? 0))
      }
    }
  }

  /// A method that learns is measured on cases that it has not learnt from.
  @Test func whatLearnsIsMeasuredOnOthers() throws {
    let found = try tuning("texture-ensemble", ParameterSearch(.grid, candidates: [("stumps", [1, 20])]))
    #expect(found.trials.count == 2 && found.trials.allSatisfy { $0.scores.count == 4 })
  }
}
