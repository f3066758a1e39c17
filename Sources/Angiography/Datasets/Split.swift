import Base

/// What stays together when a dataset is split.
public enum SplitUnit: String, Sendable, Hashable, CaseIterable {
  /// All images of one patient.
  case byCase = "case"
  case image
}

/// How much goes to the test side.
public enum TestShare: Sendable, Hashable {
  /// This many cases, or images.
  case count(Int)
  /// This part of the cases, or images; rounded to nearest, at least one, at most all but one.
  case fraction(Double)

  /// How many of so many cases, or images, go to the test side.
  ///
  /// - Throws: `split-impossible` when a side would be empty.
  public func count(of available: Int, by unit: SplitUnit) throws(DatasetError) -> Int {
    let wanted =
      switch self {
      case .count(let count): count
      case .fraction(let part) where part.isFinite && part > 0 && part < 1 && available > 1:
        min(max(Int((part * Double(available)).rounded()), 1), available - 1)
      case .fraction: 0
      }
    guard wanted >= 1 && wanted < available else {
      throw DatasetError([.splitImpossible(unit: unit, wanted: self, available: available)])
    }
    return wanted
  }
}

/// The two sides of a split, each in the dataset's own order.
public struct DatasetSplit: Sendable {
  public let train: Dataset
  public let test: Dataset
  /// What a careful reader should know: images, copies of images and patients that are on both sides.
  public let warnings: [String]
}

extension Dataset {
  /// Whether every sample says which case it belongs to.
  public var hasCases: Bool { !samples.isEmpty && samples.allSatisfy { $0.facts.caseName != nil } }

  /// Splits at random; the same generator gives the same split whatever the order the samples were listed in.
  ///
  /// - Throws: `DatasetError` when a sample has no case and the split is by case, or when a side would be empty.
  public func split(
    test share: TestShare, by unit: SplitUnit, using generator: inout some RandomNumberGenerator
  ) throws(DatasetError) -> DatasetSplit {
    let keyed = try samplesByUnit(unit)
    let keys = keyed.keys.sorted(by: isNaturallyBefore)
    let wanted = try share.count(of: keys.count, by: unit)
    let testKeys = Set(generator.shuffled(keys).prefix(wanted))
    return separated(testKeys.flatMap { keyed[$0] ?? [] }, of: fingerprinted(), suffixes: ("train", "test"))
  }

  /// The indices of the samples of each case, or of each image by its name.
  func samplesByUnit(_ unit: SplitUnit) throws(DatasetError) -> [String: [Int]] {
    let nameless = unit == .byCase ? samples.filter { $0.facts.caseName == nil }.map(\.name) : []
    guard nameless.isEmpty else { throw DatasetError([.withoutCase(names: nameless)]) }
    return Dictionary(grouping: samples.indices) { index in
      unit == .byCase ? samples[index].facts.caseName ?? "" : samples[index].name
    }
  }

  /// These samples to test on, all others to train on.
  ///
  /// - Parameters:
  ///   - known: all samples with their fingerprints.
  ///   - watched: of those to train on, the ones that warnings are about; left out, all.
  func separated(
    _ tested: [Int], of known: [(sample: Sample, print: Fingerprint)], watched: Set<Int>? = nil,
    suffixes: (train: String, test: String)
  ) -> DatasetSplit {
    let tested = Set(tested)
    let trained = known.indices.filter { !tested.contains($0) }
    let train = with(trained.map { known[$0].sample }, suffix: suffixes.train)
    let testSide = known.indices.filter(tested.contains).map { known[$0] }
    let test = with(testSide.map(\.sample), suffix: suffixes.test)
    let trainSide = trained.filter { watched?.contains($0) ?? true }.map { known[$0] }
    return DatasetSplit(train: train, test: test, warnings: leaks(train.name, trainSide, test.name, testSide))
  }

  func with(_ samples: [Sample], suffix: String) -> Dataset {
    Dataset(
      name: Self.name(name, partedAs: suffix), samples: samples, workingSize: workingSize, augmentation: augmentation,
      features: features)
  }

  /// The name of a part: `phantom (train)`, of whose own parts one is `phantom (train, test)` and the other
  /// `phantom (train)` still, so that names do not grow with every split.
  private static func name(_ name: String, partedAs suffix: String) -> String {
    let ownSuffix = "(\(suffix))"
    // Of two datasets that were joined, the last parenthesis is that of one alone.
    if name.contains(") + ") { return name.hasSuffix(") \(ownSuffix)") ? name : "\(name) \(ownSuffix)" }
    if name.hasSuffix(ownSuffix) || name.hasSuffix(", \(suffix))") { return name }
    return name.hasSuffix(")") && name.contains("(") ? "\(name.dropLast()), \(suffix))" : "\(name) \(ownSuffix)"
  }
}
