import Angiography
import Imaging
import Kernels

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
  /// Nothing is learnt: `tune` chooses others.
  package func values(for training: TrainingSet) throws(MethodError) -> [Double] { initialValues }

  package func fitted(with values: [Double], to training: TrainingSet) -> any FittedSegmenter {
    ParametricFit(of: self, values: values)
  }

  package func stages(of sample: Sample, with values: [Double], taughtBy training: TrainingSet?) -> [MethodStage] {
    stages(of: sample.image, fieldOfView: sample.fieldOfView, MethodSettings(parameters, values: values))
  }

  package func probabilityMaps(of dataset: Dataset, with values: [Double]) -> [Plane] {
    let settings = MethodSettings(parameters, values: values)
    let samples = dataset.samples
    return computed(samples.count) { place in
      probabilities(in: samples[place].image, fieldOfView: samples[place].fieldOfView, settings)
    }
  }

  package func heldOutMaps(of dataset: Dataset, parts: [Int], with values: [Double]) -> [Plane] {
    probabilityMaps(of: dataset, with: values)
  }

  package func probabilities(in image: Plane, fieldOfView: Mask, _ settings: MethodSettings) -> Plane {
    let stages = stages(of: image, fieldOfView: fieldOfView, settings)
    guard case .probabilities(let plane)? = stages.last?.content else {
      preconditionFailure("the last stage is a map of probabilities")
    }
    return plane
  }
}
