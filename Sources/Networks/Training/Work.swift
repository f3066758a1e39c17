import Tensors

/// How much there is to compute, counted from a network's graph before anything runs: what times are forecast from.
package struct Work: Sendable, Hashable {
  /// Runs of a layer, forward or backward: each starts all threads.
  package var runs: Double
  /// Floating-point operations by the direct count, a multiplication and an addition counted as two.
  package var operations: Double
  /// Numbers in the layers' maps, which have to pass through memory.
  package var numbers: Double
  /// Weights that Adam moves.
  package var moved: Double

  package init(runs: Double = 0, operations: Double = 0, numbers: Double = 0, moved: Double = 0) {
    self.runs = runs
    self.operations = operations
    self.numbers = numbers
    self.moved = moved
  }

  package static func + (left: Work, right: Work) -> Work {
    Work(
      runs: left.runs + right.runs, operations: left.operations + right.operations,
      numbers: left.numbers + right.numbers, moved: left.moved + right.moved)
  }

  /// As often.
  package static func * (work: Work, times: Double) -> Work {
    Work(
      runs: work.runs * times, operations: work.operations * times, numbers: work.numbers * times,
      moved: work.moved * times)
  }

  /// The same layers on a batch of so many images: they run as often, on more.
  package func onBatch(of images: Double) -> Work {
    Work(runs: runs, operations: operations * images, numbers: numbers * images, moved: moved)
  }
}

extension Architecture {
  /// A forward pass of one image of `height` × `width` pixels. Throws `sizeNotSupported`.
  package func work(height: Int, width: Int) throws(NetworkError) -> Work {
    let layers = try layers(of: configuration.graph(), height: height, width: width)
    return layers.reduce(Work()) { sum, layer in
      sum
        + Work(
          runs: 1, operations: Double(layer.operationCount),
          numbers: Double(layer.outputShape.reduce(1, *)))
    }
  }

  /// About what training on square images takes of memory, in bytes: the maps of all layers and their gradients, of which some
  /// lie where others have lain, and the weights with their gradients, Adam's two moments and a copy to keep.
  package func trainingBytes(side: Int, batch: Int) -> Int {
    let numbers = (try? work(height: side, width: side))?.numbers ?? 0
    return (Int(2 * numbers) * batch + 5 * trainableCount) * MemoryLayout<Float>.stride
  }

  /// Numbers that training changes by gradients.
  var trainableCount: Int { configuration.graph().parameterSpecs.reduce(0) { $0 + ($1.isTrainable ? $1.count : 0) } }
}

/// Seconds that a machine takes for a unit of each kind of work.
package struct WorkRates: Sendable, Hashable {
  package var perRun: Double
  package var perOperation: Double
  package var perNumber: Double
  package var perMoved: Double

  package init(perRun: Double, perOperation: Double, perNumber: Double, perMoved: Double) {
    self.perRun = perRun
    self.perOperation = perOperation
    self.perNumber = perNumber
    self.perMoved = perMoved
  }

  package func seconds(for work: Work) -> Double {
    perRun * work.runs + perOperation * work.operations + perNumber * work.numbers + perMoved * work.moved
  }

  /// Of a machine that takes so many times as long.
  package static func * (rates: WorkRates, times: Double) -> WorkRates {
    WorkRates(
      perRun: rates.perRun * times, perOperation: rates.perOperation * times, perNumber: rates.perNumber * times,
      perMoved: rates.perMoved * times)
  }
}
