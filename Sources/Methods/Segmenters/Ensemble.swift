import Angiography
import Imaging
import Kernels
import Networks
import Tensors

/// Whom the members of an ensemble leave out.
package enum HoldOut: String, Sendable, CaseIterable {
  /// Nobody: all learn from all training images.
  case none
  /// Each another part of the training patients, which validate it and choose the level that makes a mark.
  case rotating
}

/// Several fits of one segmenter, from different random streams, whose probabilities are averaged.
package struct Ensemble: Segmenter {
  private let base: any Segmenter
  private let plan: EnsemblePlan

  package init(of base: any Segmenter, _ plan: EnsemblePlan) {
    self.base = base
    self.plan = plan
  }

  package var name: String { base.name }
  package var title: String { base.title }
  package var isRandom: Bool { base.isRandom }
  package func architectures(at scale: SystemScale) -> [Architecture] { base.architectures(at: scale) }

  /// The name of a member's fit: `unet-fold1-network1`.
  static func name(_ fit: String, member index: Int) -> String { "\(fit)-network\(index + 1)" }

  package func fit(to training: TrainingSet, _ fit: Fit) throws -> any FittedSegmenter {
    let sets = try sets(of: training, fit)
    var members: [any FittedSegmenter] = []
    var unseen: [(map: Plane, sample: Sample)] = []
    for (index, part) in sets.enumerated() {
      let member = try base.fit(to: part, fit.ofMember(index, of: plan.count)).augmentingTests(plan.augmentsTests)
      members.append(member)
      if plan.holdOut == .rotating, let held = part.validation {
        unseen += zip(try member.sharedMaps(of: held), held.samples).map { map, sample in
          (plan.preparation.prepared(map, of: sample), sample)
        }
      }
    }
    let level = OperatingLevel.best(
      maps: unseen.map(\.map), samples: unseen.map(\.sample),
      among: plan.preparation.candidates)?.level
    return FittedEnsemble(
      members: members, preparation: plan.preparation, level: level,
      unseen: level.map { level in
        UnseenMaps(unseen.map { $0.map.recalibrated(level: level) }, of: unseen.map(\.sample))
      })
  }

  /// Fits one member alone.
  func fit(member index: Int, to training: TrainingSet, _ fit: Fit) throws -> any FittedSegmenter {
    try base.fit(to: try sets(of: training, fit)[index], fit.ofMember(index, of: plan.count))
  }

  /// What each member learns from.
  private func sets(of training: TrainingSet, _ fit: Fit) throws -> [TrainingSet] {
    guard plan.holdOut == .rotating else { return Array(repeating: training, count: plan.count) }
    var generator = fit.stream.substream("held out").generator
    return try training.dataset.folds(plan.count, by: plan.unit, using: &generator).map { part in
      TrainingSet(
        part.train, more: training.more, validation: part.test, unlabelled: training.unlabelled)
    }
  }
}

/// How many members an ensemble has, and what each leaves out.
package struct EnsemblePlan: Sendable {
  package let count: Int
  package let holdOut: HoldOut
  /// What stays together where a part is held out.
  package let unit: SplitUnit
  let preparation: MapPreparation
  /// Whether maps are means over eight turns of each picture.
  let augmentsTests: Bool

  package init(
    count: Int, holdOut: HoldOut, unit: SplitUnit, preparation: MapPreparation = MapPreparation(),
    augmentsTests: Bool = false
  ) {
    self.preparation = preparation
    self.augmentsTests = augmentsTests
    self.count = count
    self.holdOut = holdOut
    self.unit = unit
  }
}

/// The mean of its members' maps, shifted so that the level that was best on those held out becomes 0.5: where nobody was, 0.5 is
/// the level of the mean itself, as it is prepared.
struct FittedEnsemble: FittedSegmenter {
  let members: [any FittedSegmenter]
  /// Of the mean, before it is shifted.
  let preparation: MapPreparation
  /// `nil` where nobody was held out.
  let level: Float?
  /// What they have learnt from, where somebody has said so.
  var toldLearntFrom: KnownAngiograms?
  /// Each by the one member that has not learnt from it.
  var unseen: UnseenMaps?

  var withoutUnseen: any FittedSegmenter {
    var other = self
    other.unseen = nil
    return other
  }

  var networks: [TrainedNetwork] { members.flatMap(\.networks) }

  /// Members have learnt from much the same images.
  func doubts(about sample: Sample) -> [String] { members[0].doubts(about: sample) }

  var learntFrom: KnownAngiograms? { .all(of: [toldLearntFrom] + members.map(\.learntFrom)) }

  var augmentsTests: Bool { members.contains { $0.augmentsTests } }
  var hasOwnLevel: Bool { level != nil }
  var mapUse: MapUse? {
    // Members that prepare maps of their own, or of which only some are turned, are no one way.
    guard members.allSatisfy({ $0 is FittedNetwork && $0.augmentsTests == augmentsTests }) else { return nil }
    return MapUse(augmentsTests: augmentsTests, preparation: preparation, level: level ?? 0.5)
  }

  func augmentingTests(_ does: Bool) -> any FittedSegmenter {
    FittedEnsemble(
      members: members.map { $0.augmentingTests(does) }, preparation: preparation, level: level,
      toldLearntFrom: toldLearntFrom,
      unseen: unseen)
  }

  /// Each shifted as their mean is.
  var memberFits: [any FittedSegmenter] {
    members.map {
      FittedEnsemble(
        members: [$0], preparation: preparation, level: level, toldLearntFrom: toldLearntFrom)
    }
  }

  func probabilityMaps(of dataset: Dataset) throws -> [Plane] {
    try probabilityMaps(of: dataset) { _, _ in }
  }

  func probabilityMaps(
    of dataset: Dataset, progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws -> [Plane] {
    var sums: [Plane] = []
    for (index, member) in members.enumerated() {
      let found = try member.probabilityMaps(of: dataset) { done, total in
        try progress((index * total + done) / members.count, total)
      }
      sums = sums.isEmpty ? found : zip(sums, found).map { $0.added(to: $1) }
    }
    let averages = sums.map { $0.multiplied(by: 1 / Float(members.count)) }
    let means = computed(averages.count) { preparation.prepared(averages[$0], of: dataset.samples[$0]) }
    return level.map { level in means.map { $0.recalibrated(level: level) } } ?? means
  }
}

/// Trained networks whose maps are averaged and prepared, as `compare` tests them; where nobody was held out, marks begin at ½.
///
/// - Parameters:
///   - networks: one at least, all of which see the same of an image; none goes on training from here.
///   - level: the probability of the prepared mean that becomes ½; `nil`: ½ itself.
package func ensemble(
  of networks: [TrainedNetwork], augmentingTests: Bool, _ preparation: MapPreparation, level: Float?,
  learntFrom: KnownAngiograms? = nil
) -> any FittedSegmenter {
  precondition(networks.first.map { first in networks.allSatisfy(first.seesTheSame) } == true, "networks of one kind")
  return FittedEnsemble(
    members: networks.map { FittedNetwork($0.settled, augmentsTests: augmentingTests) }, preparation: preparation,
    level: level, toldLearntFrom: learntFrom)
}

extension Fit {
  fileprivate func ofMember(_ index: Int, of count: Int) -> Fit {
    var own = self
    own.name = Ensemble.name(name, member: index)
    own.stream = stream.substream("network \(index)")
    if count > 1 { own.label += ", network \(index + 1)/\(count)" }
    return own
  }
}
