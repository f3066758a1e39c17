import Kernels

/// What the numbers of a stored map stand for: x was written through the activation `applied`, and whoever reads it
/// computes activation(normalization(x)). Nothing is written but the normalisation's statistics.
///
/// The map's gradient is gathered by the values that consumers read; this step turns it, in place, into that by the numbers
/// before `applied`.
struct Reading: Computation {
  var applied: Activation?
  var normalization: BatchNormalization?
  var activation: Activation?

  /// Whether the values are the numbers as they are stored.
  var isPlain: Bool { normalization == nil && activation == nil }

  var title: String {
    let names = [applied?.name, normalization?.title, activation?.name].compactMap { $0 }
    return names.joined(separator: ", ")
  }

  func outputShape(_ inputs: [[Int]], layer: String) throws(GraphError) -> [Int] { inputs[0] }

  func operationCount(_ inputs: [[Int]], output: [Int]) -> Int { normalization == nil ? 0 : 2 * output.reduce(1, *) }

  func savedCount(_ inputs: [[Int]], mode: Mode) -> Int { normalization?.kernel.notesCount ?? 0 }

  /// What the forward pass leaves in the notes.
  func statistics(in notes: Region) -> Region { notes.part(0, normalization?.kernel.forwardNotesCount ?? 0) }

  /// How parts read the map, whose notes these are.
  func part(_ map: Region, channels: Int, notes: Region, repeats: Int) -> MapPart {
    MapPart(
      map, channels: channels, normalization: normalization?.kernel.table(in: notes), activation: activation,
      repeats: repeats)
  }

  func forward(_ site: Site) {
    guard let normalization else { return }
    let parameters = site.parameters
    switch site.mode {
    case .training:
      let moments = normalization.kernel.moments(of: site.output, images: site.part.images.count)
      normalization.kernel.settle(
        site.part.ofAllImages(moments), pixels: site.outputShape[1] * site.outputShape[2], scale: parameters[0],
        offset: parameters[1], momentum: normalization.momentum, runningMean: parameters[2],
        runningVariance: parameters[3], notes: site.saved)
    case .inference:
      normalization.kernel.recall(
        scale: parameters[0], offset: parameters[1], runningMean: parameters[2], runningVariance: parameters[3],
        notes: site.saved)
    }
  }

  func backward(_ site: Site) {
    if let normalization {
      let images = site.part.images.count
      let sums = normalization.kernel.gradientSums(
        site.output, after: activation, gradient: site.outputGradient, notes: site.saved, images: images)
      normalization.kernel.backward(
        site.output, images: images, before: applied, after: activation, gradient: site.outputGradient,
        sums: site.part.ofAllImages(sums), notes: site.saved, scaleGradient: site.parameterGradients?[0],
        offsetGradient: site.parameterGradients?[1])
    } else {
      Activation.backward(site.output, before: applied, after: activation, gradient: site.outputGradient)
    }
  }
}
