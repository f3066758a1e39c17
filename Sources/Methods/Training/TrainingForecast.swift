import Angiography
import Base
import Kernels
import Networks

/// How long a training will take, told before its first step.
///
/// The work of a step is counted from the networks' graphs; what a unit of it takes was fitted once on one machine, and is
/// scaled by how fast the machine at hand computes one convolution, measured when the training starts.
package struct TrainingForecast: Sendable {
  package let work: TrainingWork
  private let rates: WorkRates

  /// - Parameter speed: floating-point operations in a second, as `ConvolutionSpeed` measures them.
  package init(of work: TrainingWork, atSpeed speed: Double) {
    self.work = work
    rates = Self.fittedRates * (Self.fittedSpeed / speed)
  }

  package var step: Double { rates.seconds(for: work.step) }
  package var epochEnd: Double { rates.seconds(for: work.epochEnd) }
  package var finish: Double { rates.seconds(for: work.finish) }
  /// What a step takes longer that learns from unlabelled angiograms too.
  private var unlabelled: Double { rates.seconds(for: work.unlabelled) }

  package var stepCount: Int { work.epochs * work.stepsPerEpoch }

  /// What is left after so many steps.
  package func seconds(afterSteps done: Int) -> Double {
    let epochsLeft = work.epochs - done / work.stepsPerEpoch
    let more = unlabelled * Double(stepCount - max(done, work.labelledSteps))
    return step * Double(stepCount - done) + more + epochEnd * Double(epochsLeft) + finish
  }

  /// As how many steps like those just done the steps count that are left after so many: later ones may take longer.
  func steps(leftAfter done: Int) -> Double {
    let left = Double(stepCount - done)
    guard done <= work.labelledSteps, work.labelledSteps < stepCount, step > 0 else { return left }
    return left + unlabelled / step * Double(stepCount - work.labelledSteps)
  }

  /// Least squares of the relative errors of nine steps of the GAN, 128² to 512² with widths 4 to 64, in processor seconds of
  /// one thread of an Intel Xeon with AVX-512 that others used too, 2026-11-29: six of them lie within a sixth, all within
  /// 35 %.
  private static let fittedRates = WorkRates(
    perRun: 3.2e-5, perOperation: 2.2e-12, perNumber: 7.3e-10, perMoved: 1.6e-8)
  /// What that thread computed of one convolution in a second.
  private static let fittedSpeed = 2.5e11
}

extension TrainingForecast {
  /// Of one training on this machine; `nil` where the networks do not take images of that size.
  init?(
    of generator: Architecture, against discriminator: Architecture?, on batches: TrainingBatches,
    unlabelled: UnlabelledBatches?, validatedOn validated: Int, _ options: TrainingOptions
  ) {
    guard
      let work = try? TrainingWork(
        of: generator, against: discriminator, images: batches.imageCount, batch: batches.imagesInStep,
        height: batches.height, width: batches.width, validatedOn: validated, sharedBy: Ranks.current.countAtWork,
        unlabelled: unlabelled?.imagesInStep ?? 0, options)
    else { return nil }
    self.init(of: work, atSpeed: ConvolutionSpeed.measured())
  }
}
