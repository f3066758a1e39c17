import Angiography
import Imaging

/// A segmenter that learns from masks alone: it trains no network and draws nothing at random.
package protocol TaughtSegmenter: Segmenter {
  /// - Throws: `MethodError.nothingToTuneOn`.
  func taught(by training: TrainingSet) throws(MethodError) -> any FittedSegmenter
}

/// A segmenter whose fit is a few numbers: it trains no network and draws nothing at random.
package protocol ParametricSegmenter: Segmenter {
  /// What a fit consists of.
  var parameters: [MethodParameter] { get }
  /// The numbers that fit a training set, in the order of `parameters`.
  ///
  /// - Throws: `MethodError.nothingToTuneOn`.
  func values(for training: TrainingSet) throws(MethodError) -> [Double]
  /// The probability of non-perfusion in every pixel of every sample by a fit's numbers, each map of its sample's own size.
  func probabilityMaps(of dataset: Dataset, with values: [Double]) -> [Plane]
}

extension ParametricSegmenter {
  package func fit(to training: TrainingSet, _ fit: Fit) throws -> any FittedSegmenter { try self.fit(to: training) }

  package func fit(to training: TrainingSet) throws(MethodError) -> ParametricFit {
    ParametricFit(of: self, values: try values(for: training))
  }
}

/// The numbers that a segmenter has learnt, which are all that it has learnt.
package struct ParametricFit: FittedSegmenter {
  package let segmenter: any ParametricSegmenter
  /// In the order of the segmenter's parameters.
  package let values: [Double]

  init(of segmenter: any ParametricSegmenter, values: [Double]) {
    precondition(values.count == segmenter.parameters.count, "a value a parameter")
    self.segmenter = segmenter
    self.values = values
  }

  package func probabilityMaps(of dataset: Dataset) -> [Plane] {
    segmenter.probabilityMaps(of: dataset, with: values)
  }
}
