import Imaging
import Methods
import Testing

/// Agreement of graders against scikit-learn, statsmodels, pingouin, SciPy and SimpleITK.
@Suite struct AgreementStatisticsTests {
  private let fixtures: AgreementFixtures

  init() throws { fixtures = try AgreementFixtures.shared.get() }

  @Test func distributionsAsSciPy() {
    var (beta, f, t, nct) = (WorstError(), WorstError(), WorstError(), WorstError())
    for row in fixtures.distributions.beta {
      beta.add(IncompleteBeta.ratio(row[0], row[1], x: row[2], y: 1 - row[2]), row[3])
    }
    for row in fixtures.distributions.f {
      f.add(FDistribution.quantile(row[0], row[1], row[2]), row[3], relative: true)
    }
    for row in fixtures.distributions.t {
      t.add(StudentDistribution.quantile(row[0], freedom: row[1]), row[2], relative: true)
    }
    for row in fixtures.distributions.nct {
      nct.add(NoncentralStudent(freedom: row[1], offset: row[2]).quantile(row[0]), row[3], relative: true)
    }
    #expect(beta.value < 1e-12, "\(beta.value)")
    #expect(f.value < 1e-10, "\(f.value)")
    #expect(t.value < 1e-10, "\(t.value)")
    #expect(nct.value < 1e-8, "\(nct.value)")
  }

  @Test func kappaAsStatsmodels() throws {
    var (value, error, ends) = (WorstError(), WorstError(), WorstError())
    for expected in fixtures.kappas {
      let weights = try #require(CohenKappa.Weights(rawValue: expected.weights))
      let found = try #require(CohenKappa(counts: expected.counts, weights: weights))
      value.add(found.value, expected.value)
      error.add(found.standardError, expected.error)
      ends.add(found.interval.lowerBound, expected.low)
      ends.add(found.interval.upperBound, expected.high)
    }
    #expect(value.value < 1e-13 && error.value < 1e-13 && ends.value < 1e-12, "\(value) \(error) \(ends)")
  }

  @Test func kappaAtItsEnds() throws {
    #expect(try #require(CohenKappa(both: 30, firstAlone: 0, secondAlone: 0, neither: 70)).value == 1)
    #expect(try #require(CohenKappa(both: 30, firstAlone: 0, secondAlone: 0, neither: 70)).standardError < 1e-9)
    #expect(abs(try #require(CohenKappa(both: 10, firstAlone: 20, secondAlone: 20, neither: 40)).value) < 1e-15)
    #expect(try #require(CohenKappa([0, 1, 1], [1, 0, 0], categories: 2)).value < 0)
    // Nothing to agree about.
    #expect(CohenKappa(both: 0, firstAlone: 0, secondAlone: 0, neither: 9) == nil)
    #expect(CohenKappa(both: 5, firstAlone: 0, secondAlone: 0, neither: 0) == nil)
    #expect(CohenKappa([], [], categories: 3) == nil)
    #expect(try #require(CohenKappa(both: 0, firstAlone: 9, secondAlone: 0, neither: 0)).value == 0)
    for weights in CohenKappa.Weights.allCases {
      #expect(try #require(CohenKappa([0, 1, 2, 3], [0, 1, 2, 3], categories: 4, weights: weights)).value == 1)
    }
  }

  @Test func correlationAsPingouin() throws {
    var worst = WorstError()
    for expected in fixtures.correlations {
      let found = try #require(IntraclassCorrelation(expected.table))
      worst.add(found.value, expected.value)
      worst.add(found.interval.lowerBound, expected.low)
      worst.add(found.interval.upperBound, expected.high)
    }
    #expect(worst.value < 1e-10, "\(worst)")
  }

  @Test func correlationAtItsEnds() throws {
    let perfect = try #require(IntraclassCorrelation([[1, 1, 1], [4.1, 4.1, 4.1], [9, 9, 9]]))
    #expect(perfect.value == 1 && perfect.interval == 1...1)
    #expect(IntraclassCorrelation([[3, 3], [3, 3]]) == nil)
    // A rater who is always two higher agrees less than one who is the same.
    let shifted = try #require(IntraclassCorrelation([[1, 3], [5, 7], [9, 11]]))
    #expect(shifted.value < 1 && shifted.value > 0.8 && shifted.interval.contains(shifted.value))
  }

  @Test func limitsAsCarkeet() throws {
    var worst = WorstError()
    for expected in fixtures.limits {
      let found = try #require(BlandAltman(expected.first, expected.second))
      let scale = expected.deviation
      for (value, other) in [
        (found.bias, expected.bias), (found.deviation, expected.deviation), (found.limits.lowerBound, expected.lower),
        (found.limits.upperBound, expected.upper), (found.biasInterval.lowerBound, expected.biasLow),
        (found.biasInterval.upperBound, expected.biasHigh), (found.upperInterval.lowerBound, expected.upperLow),
        (found.upperInterval.upperBound, expected.upperHigh),
        (found.lowerInterval.lowerBound, 2 * expected.bias - expected.upperHigh),
        (found.lowerInterval.upperBound, 2 * expected.bias - expected.upperLow),
      ] {
        worst.add(value / scale, other / scale)
      }
      #expect(found.upperInterval.contains(found.limits.upperBound))
    }
    #expect(worst.value < 1e-6, "\(worst)")
    #expect(BlandAltman([1], [2]) == nil)
    let equal = try #require(BlandAltman([1, 2, 3], [1, 2, 3]))
    #expect(equal.limits == 0...0 && equal.upperInterval == 0...0)
  }

  private func mask(_ bits: [Int], _ side: Int) -> Mask {
    Mask(width: side, height: side, pixels: bits.map { $0 == 1 })
  }

  @Test func consensusAsITK() throws {
    for expected in fixtures.consensus {
      let masks = expected.masks.map { mask($0, expected.side) }
      let all = Mask(width: expected.side, height: expected.side, filledWith: true)
      var votes = Votes(raters: masks.count)
      votes.add(masks, within: all)
      let found = try #require(STAPLE(votes))
      var (rates, pixels) = (WorstError(), WorstError())
      for (rater, other) in zip(found.raters, zip(expected.sensitivities, expected.specificities)) {
        rates.add(try #require(rater.sensitivity), other.0)
        rates.add(try #require(rater.specificity), other.1)
      }
      for (pixel, other) in zip(found.consensus(of: masks, within: all).pixels, expected.consensus) {
        pixels.add(Double(pixel), other)
      }
      #expect(
        rates.value < 1e-6 && pixels.value < 1e-5, "\(masks.count) raters: \(rates) \(pixels), \(found.rounds) rounds")
    }
  }

  /// Raters who mark at random with known rates are found out, whatever stands where nobody has graded.
  @Test func consensusFindsPlantedRates() throws {
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    let (side, rates) = (256, [(0.9, 0.98), (0.7, 0.99), (0.8, 0.9)])
    let truth = (0..<side * side).map { _ in uniform() < 0.2 }
    let graded = Mask(width: side, height: side, pixels: (0..<side * side).map { $0 % side < 200 })
    let masks = rates.map { rate in
      Mask(
        width: side, height: side,
        pixels: truth.indices.map { place in
          graded.pixels[place] ? (truth[place] ? uniform() < rate.0 : uniform() >= rate.1) : true
        })
    }
    var votes = Votes(raters: 3)
    votes.add(masks, within: graded)
    let found = try #require(STAPLE(votes))
    for (rater, rate) in zip(found.raters, rates) {
      let (sensitivity, specificity) = (try #require(rater.sensitivity), try #require(rater.specificity))
      #expect(abs(sensitivity - rate.0) < 0.03 && abs(specificity - rate.1) < 0.015)
    }
    let consensus = found.consensus(of: masks, within: graded)
    #expect(consensus.pixels.indices.allSatisfy { graded.pixels[$0] || consensus.pixels[$0] == 0 })
    let best =
      masks.map { mask in truth.indices.count { graded.pixels[$0] && mask.pixels[$0] == truth[$0] } }.max() ?? 0
    let right = truth.indices.count { graded.pixels[$0] && (consensus.pixels[$0] >= 0.5) == truth[$0] }
    #expect(right > best, "a consensus is better than the best of them")
  }

  @Test func consensusAtItsEnds() throws {
    let marked = mask([1, 1, 0, 0], 2)
    let all = Mask(width: 2, height: 2, filledWith: true)
    for (masks, sensitivity, specificity) in [
      ([marked, marked], 1.0, 1.0), ([mask([0, 0, 0, 0], 2), mask([0, 0, 0, 0], 2)], nil, 1.0), ([all, all], 1.0, nil),
    ] as [([Mask], Double?, Double?)] {
      var votes = Votes(raters: 2)
      votes.add(masks, within: all)
      let found = try #require(STAPLE(votes))
      func isClose(_ a: Double?, _ b: Double?) -> Bool {
        if let a, let b { abs(a - b) < 1e-6 } else { a == nil && b == nil }
      }
      #expect(isClose(found.raters[0].sensitivity, sensitivity) && isClose(found.raters[1].specificity, specificity))
      let map = found.consensus(of: masks, within: all)
      #expect(zip(map.pixels, masks[0].pixels).allSatisfy { abs($0 - ($1 ? 1 : 0)) < 1e-6 })
    }
    #expect(STAPLE(Votes(raters: 2)) == nil)
  }
}
