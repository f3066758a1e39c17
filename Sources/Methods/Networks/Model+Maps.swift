import Angiography
import Base
import Imaging
import Kernels
import Networks
import Tensors

extension Model {
  /// The probability of non-perfusion, in [0, 1], in every pixel: a map for each sample, at the sample's own size.
  ///
  /// - Parameter turns: the mean over what the network says of the picture turned in these ways is taken.
  package func probabilityMaps(
    of dataset: Dataset, averagedOver turns: [QuarterTurn] = [.asItIs],
    progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws -> [Plane] {
    try probabilityMaps(
      of: dataset, averagedOver: turns, inputs: { dataset.networkInput($0) }, progress: progress)
  }

  /// The same from `inputs` that may be kept: `[1, height, width, channels]` for each sample's place.
  private func probabilityMaps(
    of dataset: Dataset, averagedOver turns: [QuarterTurn] = [.asItIs], inputs: (Int) -> Tensor,
    progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws -> [Plane] {
    precondition(!turns.isEmpty, "a mean of nothing")
    try dataset.requireMemoryForMaps()
    var maps: [Plane] = []
    let predictor = Predictor(self)
    for index in dataset.samples.indices {
      let input = inputs(index)
      var sum: Plane?
      for turn in turns {
        let output = try predictor.predict(images: input.turned(turn))
        let map = Plane(width: output.shape[2], height: output.shape[1], pixels: output.values).turned(turn.inverse)
        sum = sum?.added(to: map) ?? map
      }
      if let sum { maps.append(sum.multiplied(by: 1 / Float(turns.count))) }
      try progress(maps.count, dataset.samples.count)
    }
    return computed(maps.count) { dataset.restored(maps[$0], to: $0) }
  }

  /// Measures the mean DSC per image of a model on angiograms with masks, inside the field of view, again and again: what
  /// networks see of these images is computed once.
  package static func validation(on dataset: Dataset) -> @Sendable (Model) throws -> Double {
    let inputs = computed(dataset.samples.count) { dataset.networkInput($0) }
    return { model in
      let maps = try model.probabilityMaps(of: dataset, inputs: { inputs[$0] })
      let masks = maps.map { Mask($0, atLeast: Float(Predictions.threshold)) }
      return try MetricsReport(predictions: masks, samples: dataset.samples).summary(of: .dice).mean ?? 0
    }
  }
}

extension Dataset {
  /// Makes sure that there is room for the maps of all images, and for what a network sees of one.
  fileprivate func requireMemoryForMaps() throws {
    var (floats, largest) = (0, 0)
    for sample in samples {
      let frame = sample.frame(workingSize: workingSize)
      floats += frame.width * frame.height + sample.image.pixels.count
      largest = max(largest, frame.width * frame.height)
    }
    try AvailableMemory.require(
      bytes: (floats + 3 * largest * features.count) * MemoryLayout<Float>.stride,
      for: "the maps of \(samples.count) images", hint: "predict fewer images at a time")
  }

  /// The side in pixels of the one square that networks see of all samples; `nil` where there is none.
  package var squareSide: Int? {
    let frames = samples.map { $0.frame(workingSize: workingSize) }
    guard let side = frames.first?.width else { return nil }
    return frames.allSatisfy { $0.width == side && $0.height == side } ? side : nil
  }
}
