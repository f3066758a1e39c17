import Angiography
import Imaging

/// A function that makes probabilities what they say, fitted on pixels whose truth is known. It never falls: it does not
/// change which of two pixels is the likelier.
package enum Calibrator: Sendable, Hashable, Codable {
  case temperature(TemperatureScaling)
  case isotonic(IsotonicRegression)

  /// How it is found.
  package enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    case temperature, isotonic
  }

  /// - Returns: `nil` without pixels.
  package init?(_ method: Method, _ tally: ProbabilityTally) {
    guard tally.count > 0 else { return nil }
    switch method {
    case .temperature: self = .temperature(TemperatureScaling(tally.coarseGroups))
    // Where a pool ends hangs on single pixels.
    case .isotonic: self = .isotonic(IsotonicRegression(tally.groups))
    }
  }

  package var method: Method {
    switch self {
    case .temperature: .temperature
    case .isotonic: .isotonic
    }
  }

  /// A map of the same size; NaN, and what is below 0, is taken for 0, what is above 1 for 1.
  package func callAsFunction(_ map: Plane) -> Plane {
    Plane(
      width: map.width, height: map.height,
      pixels: map.pixels.map { pixel in
        let probability = pixel > 0 ? Double(min(pixel, 1)) : 0
        return switch self {
        case .temperature(let scaling): Float(scaling(probability))
        case .isotonic(let regression): Float(regression(probability))
        }
      })
  }
}

/// A calibrator with what it was fitted on.
package struct FittedCalibrator: Sendable, Hashable, Codable {
  package let calibrator: Calibrator
  /// What made the predictions.
  package let predictions: String
  package let images: [Image]

  package typealias Image = LearntImage

  package init(_ calibrator: Calibrator, predictions: String, images: [Image]) {
    (self.calibrator, self.predictions, self.images) = (calibrator, predictions, images)
  }

  /// - Returns: `nil` where no pixel counts.
  /// - Throws: `mask-missing`.
  package init?(_ method: Calibrator.Method, on found: Predictions) throws(DatasetError) {
    guard let calibrator = Calibrator(method, try ProbabilityTally(found)) else { return nil }
    self.init(calibrator, predictions: found.method, images: found.samples.map(Image.init))
  }

  /// The same angiograms with their maps calibrated.
  package func calibrated(_ found: Predictions) -> Predictions {
    Predictions(
      method: "\(found.method), \(calibrator.method.rawValue)", samples: found.samples,
      maps: found.maps.map { calibrator($0) })
  }

  /// In words, angiograms that it was fitted on, and other angiograms of their patients, among those to be calibrated: on
  /// these it looks better than it is.
  package func leaks(into samples: [Sample]) -> [String] {
    images.leaks(into: samples, deed: "the calibrator was fitted on")
  }
}

extension ProbabilityTally {
  /// The pixels of predictions that their masks judge: graded, and inside the field of view.
  ///
  /// - Throws: `mask-missing`.
  package init(_ found: Predictions) throws(DatasetError) {
    self.init()
    let unmarked = found.samples.filter { $0.mask == nil }.map(\.name)
    guard unmarked.isEmpty else { throw DatasetError([.withoutMask(names: unmarked)]) }
    for (map, sample) in zip(found.maps, found.samples) {
      if let truth = sample.mask { add(map, truth: truth, within: sample.judged()) }
    }
  }
}
