import Tensors

/// One fit of a segmenter: with which settings, drawn from what, known by which name.
package struct Fit {
  /// Unlike that of any other fit of the same work: `unet-fold1`.
  package var name: String
  /// Before the epochs in progress lines: "U-Net, fold 1/5".
  package var label: String
  /// What its batches and starting weights are drawn from.
  package var stream: RandomStream
  package let settings: LearningSettings
  /// Where networks are trained.
  package let trainings: Trainings

  package init(_ name: String, label: String, stream: RandomStream, settings: LearningSettings, in trainings: Trainings)
  {
    self.name = name
    self.label = label
    self.stream = stream
    self.settings = settings
    self.trainings = trainings
  }
}
