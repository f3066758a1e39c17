import Angiography
import Imaging

/// A segmenter of the literature that trains no network and needs no masks: an algorithm whose parameters have defaults.
///
/// What it makes of an image on the way are its stages, the last of which is a map of probabilities: 0.5 and more is what the
/// algorithm marks, and how far a pixel is from its thresholds decides the rest.
package protocol ClassicalSegmenter: ParametricSegmenter, TunableSegmenter {
  /// - Parameters:
  ///   - image: grey in [0, 1].
  ///   - fieldOfView: what lies outside is never marked, and changes nothing inside.
  func stages(of image: Plane, fieldOfView: Mask, _ settings: MethodSettings) -> [MethodStage]
}

extension ClassicalSegmenter {
  /// Those that nobody has tuned.
  package var initialSettings: MethodSettings {
    MethodSettings(parameters, values: parameters.map { $0.initial ?? 0 })
  }

  /// Nothing is learnt: `tune` chooses others.
  package func values(for training: TrainingSet) throws(MethodError) -> [Double] { initialSettings.values }

  package func fitted(with values: [Double], to training: TrainingSet) -> any FittedSegmenter {
    ParametricFit(of: self, values: values)
  }

  package func stages(of sample: Sample, with values: [Double], taughtBy training: TrainingSet?) -> [MethodStage] {
    stages(of: sample.image, fieldOfView: sample.fieldOfView, MethodSettings(parameters, values: values))
  }

  package func probabilityMaps(of dataset: Dataset, with values: [Double]) -> [Plane] {
    let settings = MethodSettings(parameters, values: values)
    return dataset.samples.map { probabilities(in: $0.image, fieldOfView: $0.fieldOfView, settings) }
  }

  package func probabilities(in image: Plane, fieldOfView: Mask, _ settings: MethodSettings) -> Plane {
    let stages = stages(of: image, fieldOfView: fieldOfView, settings)
    guard case .probabilities(let plane)? = stages.last?.content else {
      preconditionFailure("the last stage is a map of probabilities")
    }
    return plane
  }
}

/// Something that a method makes of an image on its way to a map of probabilities.
package struct MethodStage: Sendable {
  package enum Content: Sendable {
    /// Of any range, which is shown from its least to its largest value inside the field.
    case plane(Plane)
    case mask(Mask)
    case regions(LabelMap)
    /// In [0, 1].
    case probabilities(Plane)
    /// A number for each round of an iteration.
    case series([Double])

    package var form: Form {
      switch self {
      case .plane: .plane
      case .mask: .mask
      case .regions: .regions
      case .probabilities: .probabilities
      case .series: .series
      }
    }
  }
  package enum Form: Sendable { case plane, mask, regions, probabilities, series }

  /// As a member of the value that holds it: `vessels`.
  package let name: String
  /// Above its picture.
  package let title: String
  package let content: Content

  package init(_ name: String, _ title: String, _ content: Content) {
    (self.name, self.title, self.content) = (name, title, content)
  }
}

/// How lengths that are said of an image of 512 pixels read in another: all sizes of the methods scale with the image.
package struct ImageScale: Sendable {
  private let factor: Double

  /// - Parameter image: its longer side counts.
  package init(of image: Plane) { factor = Double(max(image.width, image.height)) / 512 }

  /// A length in pixels, at least 1.
  package func length(_ pixels: Double) -> Int { max(1, Int((pixels * factor).rounded())) }
  /// The side of a window: odd, at least 3.
  package func window(_ side: Int) -> Int { max(3, 2 * Int((Double(side - 1) / 2 * factor).rounded()) + 1) }
  /// Pixels of an area, at least 1.
  package func area(_ pixels: Double) -> Int { max(1, Int((pixels * factor * factor).rounded())) }
  /// The σ of a Gaussian.
  package func sigma(_ pixels: Double) -> Double { max(0.5, pixels * factor) }
}

/// How uneven lighting is taken away.
package enum LightingCorrection: String, Sendable, CaseIterable {
  case homomorphic, median, gaussian, none

  /// - Parameter filter: where it is homomorphic.
  /// - Returns: grey values inside the field, 0 outside.
  package func corrected(
    _ image: Plane, fieldOfView: Mask, scale: ImageScale, filter: HomomorphicFilter = HomomorphicFilter()
  ) -> Plane {
    switch self {
    case .homomorphic: return filter(image, within: fieldOfView)
    case .median:
      return image.evened(
        by: image.medianBackground(side: scale.window(81), within: fieldOfView), within: fieldOfView)
    case .gaussian:
      return image.evened(by: image.gaussianMean(sigma: scale.sigma(40), within: fieldOfView), within: fieldOfView)
    case .none:
      return image.evened(by: Plane(width: image.width, height: image.height, filledWith: 1), within: fieldOfView)
    }
  }
}
