import Angiography
import Imaging
import Testing

@Suite struct Folds {
  private func dataset(_ cases: [String?], prefix: String = "image") -> Dataset {
    let samples = cases.enumerated().map { i, name in
      Sample(
        name: "\(prefix) \(i)", image: Plane(width: 2, height: 2, filledWith: Float(i) / 1000), mask: nil,
        fieldOfView: Mask(width: 2, height: 2, filledWith: true), facts: SampleFacts(caseName: name))
    }
    return Dataset(name: "random", samples: samples, workingSize: 16, features: [.grey, .mean(scale: 4)])
  }

  @Test func everyImageIsTestedOnceAndNoCaseIsOnBothSides() throws {
    for seed in 0..<200 {
      var generator = SeededGenerator(UInt64(seed))
      let cases = Int.random(in: 2...12, using: &generator)
      // Every case once, then more images of cases drawn at random.
      let names =
        Array(0..<cases)
        + (0..<Int.random(in: 0...20, using: &generator)).map { _ in
          Int.random(in: 0..<cases, using: &generator)
        }
      let data = dataset(names.map { "\($0)" })
      let count = Int.random(in: 2...cases, using: &generator)
      let folds = try data.folds(count, by: .byCase, using: &generator)
      #expect(folds.count == count)
      #expect(folds.flatMap { $0.test.samples.map(\.name) }.sorted() == data.samples.map(\.name).sorted())
      for fold in folds {
        let (train, test) = (
          Set(fold.train.samples.map(\.facts.caseName)), Set(fold.test.samples.map(\.facts.caseName))
        )
        #expect(train.isDisjoint(with: test) && !test.isEmpty)
        #expect(fold.train.samples.count + fold.test.samples.count == names.count)
        #expect(fold.train.features == data.features && fold.test.workingSize == 16)
      }
      let sizes = folds.map(\.test.samples.count)
      let largest = Dictionary(grouping: names) { $0 }.values.map(\.count).max() ?? 0
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= largest)
    }
  }

  @Test func foldsOfSingleImagesDifferByOneAtMost() throws {
    for count in 2...10 {
      var generator = SeededGenerator(UInt64(count))
      let sizes = try dataset([String?](repeating: nil, count: 23)).folds(count, by: .image, using: &generator)
        .map(\.test.samples.count)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
  }

  @Test func theSameSeedFoldsAlikeWhateverTheOrder() throws {
    let data = dataset((0..<20).map { "\($0 % 7)" })
    let reversed = Dataset(name: "reversed", samples: data.samples.reversed())
    var (first, second, other) = (SeededGenerator(5), SeededGenerator(5), SeededGenerator(6))
    func tested(_ folds: [DatasetSplit]) -> [Set<String>] { folds.map { Set($0.test.samples.map(\.name)) } }
    let one = tested(try data.folds(4, by: .byCase, using: &first))
    #expect(one == tested(try reversed.folds(4, by: .byCase, using: &second)))
    #expect(one != tested(try data.folds(4, by: .byCase, using: &other)))
  }

  /// Two images meet whichever of them is tested: they are told of once.
  @Test func pairsAreToldOfOnce() throws {
    var options = PhantomOptions()
    (options.count, options.size) = (3, 64)
    let eyes = try phantomDataset(options).samples
    let twin = Sample(name: "twin", image: eyes[0].image, mask: eyes[0].mask, fieldOfView: eyes[0].fieldOfView)
    let data = Dataset(name: "eyes", samples: eyes + [twin])
    for seed in 0..<8 {
      var generator = SeededGenerator(UInt64(seed))
      let folds = try data.folds(4, by: .image, using: &generator)
      let warnings = folds.flatMap(\.warnings)
      #expect(warnings.count == 1 && warnings[0].hasPrefix("the same image is on both sides"))
      #expect(folds.allSatisfy { $0.train.samples.count == 3 && $0.test.samples.count == 1 })
    }
  }

  @Test func impossibleFoldsAreRefused() throws {
    var generator = SeededGenerator(3)
    let data = dataset(["a", "b", "b"])
    for count in [-1, 0, 1, 3] {
      let error = #expect(throws: DatasetError.self) { try data.folds(count, by: .byCase, using: &generator) }
      #expect(error?.code == "folds-impossible" && error?.message.contains("2 cases") == true)
    }
    let error = #expect(throws: DatasetError.self) {
      try dataset(["a", nil]).folds(2, by: .byCase, using: &generator)
    }
    #expect(error?.code == "case-unknown")
  }

  @Test func joinedDatasetsKeepTheFirstOnesSettings() throws {
    let (marked, empty) = (dataset(["1", "2"]), dataset([nil, nil, nil], prefix: "normal"))
    let joined = try marked.joined(with: empty)
    #expect(joined.samples.map(\.name) == (marked.samples + empty.samples).map(\.name))
    #expect(joined.features == marked.features && joined.workingSize == 16)
    let error = #expect(throws: DatasetError.self) { try joined.joined(with: empty) }
    #expect(error?.code == "same-name" && error?.problems.count == 3)
  }
}
