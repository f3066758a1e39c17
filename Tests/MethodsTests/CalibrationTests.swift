import Foundation
import Imaging
import Methods
import Testing

/// Reliability and calibrators against NumPy, SciPy and scikit-learn on the same pixels.
@Suite struct CalibrationTests {
  private let cases: [AgreementFixtures.Calibration]

  init() throws { cases = try AgreementFixtures.shared.get().calibrations }

  private func tally(_ pixels: [Float], _ truth: [Bool]) -> ProbabilityTally {
    var tally = ProbabilityTally()
    tally.add(
      Plane(width: pixels.count, height: 1, pixels: pixels), truth: Mask(width: truth.count, height: 1, pixels: truth),
      within: nil)
    return tally
  }

  private func tally(_ pixels: AgreementFixtures.Calibration) -> ProbabilityTally {
    tally(pixels.probabilities, pixels.truth.map { $0 == 1 })
  }

  @Test func errorsAsNumPy() throws {
    var (worst, brier) = (WorstError(), WorstError())
    for pixels in cases {
      for expected in pixels.errors {
        let binning = try #require(Reliability.Binning(rawValue: expected.binning))
        let found = try #require(Reliability(tally(pixels), bins: expected.bins, by: binning))
        worst.add(found.expectedError, expected.expected)
        worst.add(found.maximumError, expected.maximum)
        brier.add(found.brier, pixels.brier)
        let sizes = found.bins.filter { $0.count > 0 }.map { Int($0.count) }
        let differing = zip(sizes, expected.sizes).count { $0 != $1 }
        #expect(sizes.count == expected.sizes.count && differing == 0, "\(pixels.kind) \(expected.binning)")
      }
    }
    #expect(worst.value < 1e-10 && brier.value < 1e-12, "\(worst) \(brier)")
  }

  @Test func temperatureAsSciPy() {
    var worst = WorstError()
    for pixels in cases {
      worst.add(TemperatureScaling(tally(pixels).coarseGroups).temperature, pixels.temperature, relative: true)
    }
    #expect(worst.value < 1e-4, "\(worst)")
  }

  @Test func isotonicAsScikitLearn() {
    for pixels in cases {
      let found = IsotonicRegression(tally(pixels).groups)
      var (ofPixels, ofGrid) = (WorstError(), WorstError())
      for (probability, expected) in zip(pixels.probabilities, pixels.isotonicOfPixels) {
        ofPixels.add(found(Double(probability)), expected)
      }
      for (place, expected) in pixels.isotonicOfGrid.enumerated() {
        ofGrid.add(found(Double(Float(Double(place) / 400))), expected)
      }
      #expect(ofPixels.value < 1e-6 && ofGrid.value < 1e-6, "\(pixels.kind): \(ofPixels) \(ofGrid)")
    }
  }

  /// Groups that are merged keep their pixels and their order, and lie no further apart than they say.
  @Test func coarseGroupsKeepTheirPixels() {
    for pixels in cases {
      let (exact, coarse) = (tally(pixels).groups, tally(pixels).coarseGroups)
      #expect(
        coarse.count <= exact.count && zip(coarse, coarse.dropFirst()).allSatisfy { $0.probability < $1.probability })
      #expect(coarse.reduce(0) { $0 + $1.count } == Double(pixels.truth.count))
      #expect(coarse.reduce(0) { $0 + $1.positives } == Double(pixels.truth.reduce(0, +)))
      let (ofExact, ofCoarse) = (
        exact.reduce(0) { $0 + $1.probability * $1.count }, coarse.reduce(0) { $0 + $1.probability * $1.count }
      )
      #expect(abs(ofExact - ofCoarse) < 1e-9 * ofExact)
      var (place, farthest) = (0, 0.0)
      for group in exact {
        while place + 1 < coarse.count, coarse[place + 1].probability <= group.probability { place += 1 }
        let near = [coarse[place], coarse[min(place + 1, coarse.count - 1)]]
        farthest = max(farthest, near.map { abs($0.probability - group.probability) }.min() ?? 1)
      }
      #expect(farthest <= 6.2e-5)
    }
  }

  /// A pixel that is likelier than another stays so, and no calibrator leaves [0, 1].
  @Test func ordersStay() throws {
    for pixels in cases {
      for method in Calibrator.Method.allCases {
        let calibrator = try #require(Calibrator(method, tally(pixels)))
        var grid =
          (0...20_000).map { Float($0) / 20_000 } + pixels.probabilities + [1e-30, 1e-9, 0.999_999_9, .nan, -3, 7]
        grid.sort { $0 < $1 || $0.isNaN }
        let mapped = calibrator(Plane(width: grid.count, height: 1, pixels: grid)).pixels
        #expect(mapped.allSatisfy { (0...1).contains($0) })
        #expect(zip(mapped, mapped.dropFirst()).allSatisfy { $0 <= $1 }, "\(pixels.kind) \(method)")
      }
    }
  }

  @Test func calibrationHelps() throws {
    for pixels in cases {
      let before = tally(pixels)
      let plain = try #require(Reliability(before))
      for method in Calibrator.Method.allCases {
        let calibrator = try #require(Calibrator(method, before))
        let width = pixels.probabilities.count
        let mapped = calibrator(Plane(width: width, height: 1, pixels: pixels.probabilities)).pixels
        let truth = pixels.truth.map { $0 == 1 }
        let after = try #require(Reliability(tally(mapped, truth)))
        #expect(logLoss(mapped, truth) <= logLoss(pixels.probabilities, truth), "\(pixels.kind) \(method)")
        if method == .isotonic { #expect(after.expectedError < 0.002 && after.brier <= plain.brier) }
        if pixels.kind != "coarse" { #expect(after.expectedError < plain.expectedError) }
      }
    }
  }

  private func logLoss(_ probabilities: [Float], _ truth: [Bool]) -> Double {
    zip(probabilities, truth).reduce(0) { sum, pixel in
      let ofTruth = Double(pixel.1 ? pixel.0 : 1 - pixel.0)
      return sum - (ofTruth > 0 ? log(ofTruth) : -17)
    }
  }

  @Test func oddPixelsAreCounted() throws {
    #expect(Reliability(ProbabilityTally()) == nil && Calibrator(.isotonic, ProbabilityTally()) == nil)
    let odd = tally([.nan, -1, 2, 0, 1, 1e-30], [false, false, true, false, true, false])
    #expect(odd.groups.map(\.probability).allSatisfy { $0 < 1e-20 || $0 == 1 })
    #expect(odd.groups.map(\.count) == [3, 1, 2] && odd.squaredError < 1e-50)
    // All true or all false: temperatures stop at their ends.
    #expect(TemperatureScaling(tally([0.9, 0.8], [true, true]).groups).temperature < 0.05)
    #expect(TemperatureScaling(tally([0.9, 0.8], [false, false]).groups).temperature > 99)
    #expect(TemperatureScaling(tally([0.5], [true]).groups).temperature > 0)
    // Every group keeps its mean exactly.
    let some: [Float] = [0.1, 0.2, 0.30000001, 0.499999, 0.5, 0.500001, 0.7, 0.99999]
    #expect(tally(some, some.map { _ in true }).groups.map(\.probability) == some.map(Double.init))
  }

  @Test func filesComeBack() throws {
    for pixels in cases {
      for method in Calibrator.Method.allCases {
        let image = FittedCalibrator.Image(name: "eye \"1\"", digest: .max - 3, caseName: "p")
        let fitted = FittedCalibrator(
          try #require(Calibrator(method, tally(pixels))), predictions: "U-Net", images: [image])
        let bytes = Array(fitted.fileText.utf8)
        #expect(FittedCalibrator.isFile(bytes))
        #expect(try FittedCalibrator(decoding: bytes, at: "c.json") == fitted)
      }
    }
    for text in [
      "[]", "{", "{\"version\":1,\"calibrator\":\"other\"}", "{\"version\":2,\"calibrator\":\"isotonic\"}",
      "{\"version\":1,\"calibrator\":\"temperature\",\"temperature\":-1,\"predictions\":\"\",\"fitted-on\":[]}",
      "{\"version\":1,\"calibrator\":\"isotonic\",\"probabilities\":[0.5,0.2],\"values\":[0,1],\"predictions\":\"\",\"fitted-on\":[]}",
      "{\"version\":1,\"calibrator\":\"temperature\",\"temperature\":1,\"predictions\":\"\",\"fitted-on\":[3]}",
    ] {
      #expect(throws: MethodError.self, "\(text)") { try FittedCalibrator(decoding: Array(text.utf8), at: "c.json") }
    }
  }
}
