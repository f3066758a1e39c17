import Angiography
import Imaging
import Kernels

/// Several maps of probability of the same angiograms, which differ as an honest method's do: by what it was shown, or by which of
/// several networks made them.
package struct MapDraws: Sendable, Codable {
  package enum Source: String, Sendable, Codable, CaseIterable {
    /// The picture turned by quarters and mirrored, eight ways, and each map turned back (test-time augmentation).
    case augmentation
    /// The members of an ensemble.
    case ensemble
  }

  package let source: Source
  /// [draw][sample], each of its sample's size.
  package let maps: [[Plane]]
  /// What the method makes of them all, one map a sample, where that is not the mean of what it makes of each.
  private let prediction: [Plane]?

  package init(_ source: Source, _ maps: [[Plane]], prediction: [Plane]? = nil) {
    precondition(maps.count > 1 && maps.allSatisfy { $0.count == maps[0].count }, "draws are of the same samples")
    (self.source, self.maps, self.prediction) = (source, maps, prediction)
  }

  /// What is predicted from all draws, one map a sample: their mean, or what the method makes of the mean before it is prepared.
  package var predicted: [Plane] { prediction ?? means }

  /// All that is stored, one map a sample each.
  package var stored: [[Plane]] { maps + [prediction].compactMap { $0 } }

  /// The mean over the draws, one map a sample.
  package var means: [Plane] {
    maps[0].indices.map { sample in .mean(of: maps.map { $0[sample] }) }
  }

  /// The standard deviation over the draws (÷ n − 1), one map a sample.
  package var deviations: [Plane] {
    zip(means, maps[0].indices).map { mean, sample in
      var sum = Plane(width: mean.width, height: mean.height)
      for draw in maps {
        for i in sum.pixels.indices {
          let difference = draw[sample].pixels[i] - mean.pixels[i]
          sum.pixels[i] += difference * difference
        }
      }
      for i in sum.pixels.indices { sum.pixels[i] = (sum.pixels[i] / Float(maps.count - 1)).squareRoot() }
      return sum
    }
  }

  /// The marked gradable pixels of one sample in each draw.
  package func areas(of index: Int, in sample: Sample, atLeast threshold: Double = Predictions.threshold) -> [Double] {
    maps.map { draw in Double(Mask(draw[index], atLeast: Float(threshold)).area(within: sample.gradable)) }
  }
}

extension FittedSegmenter {
  /// Several maps of each sample. Each draw is prepared and cut by itself, what is predicted from all of them as `predict` has it.
  ///
  /// - Parameter progress: told how many of all maps are there; what it throws stops the work.
  /// - Throws: `one-member` where an ensemble of one is asked for its members.
  package func draws(
    of dataset: Dataset, from source: MapDraws.Source, progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws -> MapDraws {
    let count = dataset.samples.count
    // Of networks whose maps are prepared, the mean of prepared maps is not the prepared mean.
    let isPrepared =
      mapUse.map { $0.preparation != MapPreparation() || $0.level != 0.5 } ?? !networks.isEmpty
    let isOfTurns = source == .augmentation
    let drawCount = isOfTurns ? QuarterTurn.all.count : memberFits.count
    let total = drawCount * count * (isPrepared ? 2 : 1)
    func prediction() throws -> [Plane]? {
      guard isPrepared else { return nil }
      let whole: any FittedSegmenter = isOfTurns ? augmentingTests(true) : self
      return try whole.probabilityMaps(of: dataset) { done, _ in try progress(drawCount * (count + done), total) }
    }
    switch source {
    case .ensemble:
      let members = memberFits
      guard members.count > 1 else { throw MethodError.oneMember }
      return MapDraws(
        .ensemble,
        try members.enumerated().map { index, member in
          try member.probabilityMaps(of: dataset) { done, _ in try progress(index * count + done, total) }
        }, prediction: try prediction())
    case .augmentation:
      // The mean over all turns hardly differs from one turn to another.
      let looking = augmentingTests(false)
      // The fovea that is spared is one and the same, however the picture lies.
      let placed = computed(count) { dataset.samples[$0].placingLandmarks() }
      return MapDraws(
        .augmentation,
        try QuarterTurn.all.enumerated().map { index, turn in
          let turned = dataset.with(placed.map { $0.turned(turn) })
          return try looking.probabilityMaps(of: turned) { done, _ in
            try progress(index * count + done, total)
          }.map { $0.turned(turn.inverse) }
        }, prediction: try prediction())
    }
  }
}
