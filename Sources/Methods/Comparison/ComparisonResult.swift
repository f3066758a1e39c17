import Angiography
import Networks

/// How segmenters did on the same images, and how sure that is.
package struct ComparisonResult: Sendable {
  /// One segmenter's part.
  package struct Entry: Sendable {
    /// Of every test image, whichever split it was in; where the splits are repeated, the first time.
    package let predictions: Predictions
    /// Each image's mean over all repeats.
    package let scores: MethodScores
    /// Of every test of an image.
    package let lesions: LesionReport
    /// What it has learnt, one a split.
    package let fits: [any FittedSegmenter]

    /// - Parameter runs: a repeat each, of the same angiograms in the same order.
    /// - Throws: `DatasetError` naming the samples without a mask, `mask-missing`.
    init(_ runs: [Predictions], _ fits: [any FittedSegmenter], empty: EmptyMasks) throws(DatasetError) {
      predictions = runs[0]
      self.fits = fits
      var scores: [MethodScores] = []
      var lesions: [LesionReport] = []
      for run in runs {
        let masks = run.masks()
        scores.append(try MethodScores(predictions: masks, samples: run.samples, empty: empty))
        lesions.append(try LesionReport(predictions: masks, samples: run.samples))
      }
      self.lesions = LesionReport(joining: lesions)
      self.scores = scores.count == 1 ? scores[0] : MethodScores(meanOf: scores)
    }

    package var title: String { predictions.method }

    /// One or more a split; empty where nothing is trained.
    package var networks: [TrainedNetwork] { fits.flatMap(\.networks) }

    /// What training adjusts: the generator's and the discriminator's; nil where nothing is trained.
    package var parameters: (generator: Int, discriminator: Int)? {
      networks.first.map {
        ($0.model.trainableParameterCount, $0.discriminator?.trainableParameterCount ?? 0)
      }
    }

    /// Training, all splits together; nil where a part of it was done by another run, and where nothing is trained.
    package var seconds: Double? {
      let networks = networks
      let times = networks.compactMap(\.seconds)
      return times.count == networks.count && !networks.isEmpty ? times.reduce(0, +) : nil
    }
  }

  package let entries: [Entry]
  /// The place of the one that the others are tested against.
  package let baseline: Int
  /// By segmenter: the interval of the mean DSC; nil where that is over fewer than two patients.
  package let intervals: [ClosedRange<Double>?]
  /// By segmenter: the test of its DSC against the baseline's, with Holm's correction; nil for the baseline, and where no
  /// image has both.
  package let tests: [(test: SignedRank, corrected: Double)?]
  /// By segmenter: what its DSC has beyond the baseline's, image by image; nil for the baseline, and where no image has both.
  package let differences: [PairedDifference?]

  init(_ entries: [Entry], baseline: Int) {
    self.entries = entries
    self.baseline = baseline
    let cases = entries[0].scores.images.map(\.caseName)
    intervals = entries.map { Bootstrap.interval(ofMean: $0.scores.values(of: .dice), cases: cases) }
    tests = Self.tests(entries.map(\.scores), against: baseline)
    differences = entries.indices.map { place in
      place == baseline ? nil : PairedDifference(of: entries[place].scores, from: entries[baseline].scores)
    }
  }

  /// Each one's DSC against the baseline's, on the images where both are defined: a pair a patient.
  private static func tests(
    _ scores: [MethodScores], against baseline: Int
  ) -> [(test: SignedRank, corrected: Double)?] {
    let cases = scores[baseline].images.map(\.caseName)
    let reference = scores[baseline].values(of: .dice)
    let tests = scores.enumerated().map { index, found -> SignedRank? in
      index == baseline ? nil : SignedRank(found.values(of: .dice), reference, cases: cases)
    }
    return zip(tests, holmCorrected(tests.map { $0?.probability })).map { test, corrected in
      if let test, let corrected { (test, corrected) } else { nil }
    }
  }
}
