import Tensors

/// What ranks that share the images of a batch send each other in one step, counted from the networks' graphs: a step that learns
/// from labels alone, in which all pixels are judged.
package struct StepExchange: Sendable, Hashable {
  /// Gradients that are summed over the ranks: of D for each kind of map by itself.
  package let gradients: Int
  /// Times that all wait for numbers of each other: the statistics of each batch norm and their gradients, losses, and whether
  /// to go on.
  package let gatherings: Int
  /// Numbers in double precision that these bring of each image.
  package let numbersPerImage: Int

  /// - Parameter discriminator: nil where the network learns alone.
  package init(of generator: Architecture, against discriminator: Architecture?, _ options: TrainingOptions) {
    let (drawing, judging) = (Sums(of: generator), discriminator.map(Sums.init))
    // G goes forward and back. D goes forward and back on the real and the generated map in each of its steps, and in G's,
    // where the gradients of its weights are not needed.
    let passes = 2 * options.discriminatorSteps
    let terms = options.dice > 0 ? 2 : 1
    let answers = judging.map { $0.answers * (passes + 1) } ?? 0
    gradients = drawing.gradients + (judging?.gradients ?? 0) * passes
    // Besides statistics: losses, the counts of the DSC, whether images and masks are finite, and whether to stop.
    gatherings = 2 * drawing.layers + 2 * (judging?.layers ?? 0) * (passes + 1) + terms + answers + 4
    numbersPerImage =
      2 * (2 * drawing.channels + 2 * (judging?.channels ?? 0) * (passes + 1)) + terms + answers + 3
  }

  /// Bytes that one of `ranks` sends on average where they share a batch of `images`, at least one each: of every gradient the
  /// others' slices of each of its sums, then the sum of its own slice, and its images' numbers to all others.
  package func bytesSent(byOneOf ranks: Int, images: Int) -> Double {
    let others = Double(ranks - 1)
    // Images that are neighbours in the order of sums, one sum each; a rank may have several.
    let nodes = (0..<ranks).reduce(0) {
      $0 + ImageTree.nodes(of: ($1 * images / ranks)..<(($1 + 1) * images / ranks)).count
    }
    let sums = Double(nodes) / Double(ranks) + 1
    let ofGradients = 4 * Double(gradients) * sums * others / Double(ranks)
    return ofGradients + 8 * Double(numbersPerImage * images) / Double(ranks) * others
  }

  /// Of one network: batch norms and their channels, weights of convolutions, whose gradients are summed over images, outputs.
  private struct Sums {
    let layers, channels, gradients, answers: Int

    init(of architecture: Architecture) {
      let graph = architecture.configuration.graph()
      let means = graph.parameterSpecs.filter { $0.name.hasSuffix(Model.meanSuffix) }
      layers = means.count
      channels = means.reduce(0) { $0 + $1.count }
      // A batch norm's own two gradients come with its sums.
      gradients = architecture.trainableCount - 2 * channels
      answers = graph.outputNames.count
    }
  }
}
