import Angiography
import Imaging
import Testing

@Suite struct Splits {
  private func dataset(count: Int, cases: Int?, using generator: inout SeededGenerator) -> Dataset {
    let samples = (0..<count).map { i in
      let image = randomPlane(width: 4, height: 4, using: &generator)
      return Sample(
        name: "image \(i)", image: image, mask: nil, fieldOfView: Mask(width: 4, height: 4, filledWith: true),
        facts: SampleFacts(caseName: cases.map { "\(i % $0)" }))
    }
    return Dataset(name: "random", samples: samples, workingSize: 4)
  }

  @Test func aCaseIsNeverOnBothSides() throws {
    for seed in 0..<300 {
      var generator = SeededGenerator(UInt64(seed))
      let cases = Int.random(in: 2...9, using: &generator)
      let data = dataset(count: Int.random(in: cases...30, using: &generator), cases: cases, using: &generator)
      let wanted = Int.random(in: 1..<cases, using: &generator)
      let split = try data.split(test: .count(wanted), by: .byCase, using: &generator)
      let (train, test) = (
        Set(split.train.samples.map(\.facts.caseName)), Set(split.test.samples.map(\.facts.caseName))
      )
      #expect(train.isDisjoint(with: test))
      #expect(test.count == wanted && train.count == cases - wanted)
      #expect(split.train.samples.count + split.test.samples.count == data.samples.count)
      #expect(split.train.workingSize == 4)
    }
  }

  @Test func theSameSeedSplitsAlikeWhateverTheOrder() throws {
    var generator = SeededGenerator(1)
    let data = dataset(count: 20, cases: 7, using: &generator)
    let reversed = Dataset(name: "reversed", samples: data.samples.reversed())
    var (first, second, other) = (SeededGenerator(5), SeededGenerator(5), SeededGenerator(6))
    for unit in SplitUnit.allCases {
      let one = try data.split(test: .fraction(0.3), by: unit, using: &first).test.samples.map(\.name)
      let two = try reversed.split(test: .fraction(0.3), by: unit, using: &second).test.samples.map(\.name)
      let three = try data.split(test: .fraction(0.3), by: unit, using: &other).test.samples.map(\.name)
      #expect(one == two.reversed())
      #expect(one != three)
    }
  }

  @Test func everyUnitIsChosenAboutEquallyOften() throws {
    var generator = SeededGenerator(2)
    let data = dataset(count: 10, cases: nil, using: &generator)
    var chosen: [String: Int] = [:]
    for _ in 0..<2000 {
      let test = try data.split(test: .count(3), by: .image, using: &generator).test
      for sample in test.samples { chosen[sample.name, default: 0] += 1 }
    }
    // Binomial, n = 2000, p = 0.3: mean 600, deviation 20.5; five deviations.
    #expect(chosen.count == 10 && chosen.values.allSatisfy { abs($0 - 600) < 103 })
  }

  @Test func impossibleSplitsAreRefused() throws {
    var generator = SeededGenerator(3)
    let data = dataset(count: 4, cases: 2, using: &generator)
    for share in [TestShare.count(0), .count(2), .count(-1), .fraction(0), .fraction(1.5), .fraction(.nan)] {
      let error = #expect(throws: DatasetError.self) { try data.split(test: share, by: .byCase, using: &generator) }
      #expect(error?.code == "split-impossible")
    }
    let unknown = dataset(count: 4, cases: nil, using: &generator)
    let error = #expect(throws: DatasetError.self) {
      try unknown.split(test: .count(1), by: .byCase, using: &generator)
    }
    #expect(error?.code == "case-unknown")
    let small = try data.split(test: .fraction(0.01), by: .image, using: &generator)
    #expect(small.test.samples.count == 1)
    let large = try data.split(test: .fraction(0.99), by: .image, using: &generator)
    #expect(large.train.samples.count == 1)
  }

  @Test func namesOfPartsDoNotGrow() throws {
    var generator = SeededGenerator(6)
    let data = Dataset(name: "eyes", samples: dataset(count: 16, cases: nil, using: &generator).samples)
    func parts(_ data: Dataset) throws -> (train: Dataset, test: Dataset) {
      let split = try data.split(test: .count(2), by: .image, using: &generator)
      return (split.train, split.test)
    }
    let (train, test) = try parts(data)
    #expect([train.name, test.name] == ["eyes (train)", "eyes (test)"])
    let inner = try parts(train)
    #expect([inner.train.name, inner.test.name] == ["eyes (train)", "eyes (train, test)"])
    let innermost = try parts(try parts(inner.train).train)
    #expect([innermost.train.name, innermost.test.name] == ["eyes (train)", "eyes (train, test)"])
    #expect(try inner.train.folds(2, by: .image, using: &generator)[0].test.name == "eyes (train, fold 1 of 2)")
    let both = try parts(train.joined(with: test))
    #expect(
      [both.train.name, both.test.name] == ["eyes (train) + eyes (test) (train)", "eyes (train) + eyes (test) (test)"])
    #expect(try parts(both.train).train.name == both.train.name)
  }

  @Test func theSameImageOnBothSidesIsReported() throws {
    var generator = SeededGenerator(4)
    var samples = dataset(count: 2, cases: 2, using: &generator).samples
    samples.append(
      Sample(
        name: "a copy", image: samples[0].image, mask: nil, fieldOfView: samples[0].fieldOfView,
        facts: SampleFacts(caseName: "1")))
    let data = Dataset(name: "doubles", samples: samples)
    let split = try data.split(test: .count(1), by: .byCase, using: &generator)
    #expect(split.warnings.count == 1)
    #expect(split.warnings[0].contains("a copy") && split.warnings[0].contains("image 0"))
    let clean = try Dataset(name: "clean", samples: Array(samples.prefix(2))).split(
      test: .count(1), by: .image, using: &generator)
    #expect(clean.warnings.isEmpty)
  }
}
