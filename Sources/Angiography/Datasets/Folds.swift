import Base

extension Dataset {
  /// One fold would have nothing to train on.
  public static let leastFolds = 2

  /// k-fold cross-validation: `count` splits whose test sides hold every sample exactly once.
  ///
  /// Cases (or images) are shuffled, then dealt from the largest to the smallest, each to the fold with the fewest images
  /// so far: folds differ by no more images than the largest case has, and with one image a case by one at most. The same
  /// generator gives the same folds whatever the order the samples were listed in. As many folds as cases leave one out.
  ///
  /// - Throws: `DatasetError` when a sample has no case and the folds are by case, or when there are fewer than two folds
  ///   or fewer cases than folds.
  public func folds(
    _ count: Int, by unit: SplitUnit, using generator: inout some RandomNumberGenerator
  ) throws(DatasetError) -> [DatasetSplit] {
    let keyed = try samplesByUnit(unit)
    try checkFolds(count, of: keyed.count, by: unit)
    let shuffled = generator.shuffled(keyed.keys.sorted(by: isNaturallyBefore)).map { keyed[$0] ?? [] }
    let sizes = Set(shuffled.map(\.count)).sorted(by: >)
    var tested = [[Int]](repeating: [], count: count)
    for group in sizes.flatMap({ size in shuffled.filter { $0.count == size } }) {
      let emptiest = tested.indices.reduce(0) { tested[$1].count < tested[$0].count ? $1 : $0 }
      tested[emptiest] += group
    }
    let known = fingerprinted()
    return tested.enumerated().map { fold, samples in
      // Two images meet when either is tested: the pair is told of once.
      separated(
        samples, of: known, watched: Set(tested[(fold + 1)...].joined()),
        suffixes: ("all but fold \(fold + 1) of \(count)", "fold \(fold + 1) of \(count)"))
    }
  }

  /// This dataset's samples and then the other's, with this one's working size, augmentation and features: patients with
  /// marked non-perfusion and eyes without any, to train on both.
  ///
  /// - Throws: `DatasetError` (`same-name`) when a sample of each has the same name.
  public func joined(with other: Dataset) throws(DatasetError) -> Dataset {
    let known = Set(samples.map(\.name))
    let twins = other.samples.map(\.name).filter(known.contains)
    guard twins.isEmpty else {
      throw DatasetError(twins.map { .sameName(first: "\(name)/\($0)", second: "\(other.name)/\($0)") })
    }
    return Dataset(
      name: "\(name) + \(other.name)", samples: samples + other.samples, workingSize: workingSize,
      augmentation: augmentation, features: features)
  }
}

/// - Throws: `folds-impossible` unless so many folds can be made of so many cases, or images.
public func checkFolds(_ count: Int, of available: Int, by unit: SplitUnit) throws(DatasetError) {
  guard count >= Dataset.leastFolds && count <= available else {
    throw DatasetError([.foldsImpossible(unit: unit, wanted: count, available: available)])
  }
}
