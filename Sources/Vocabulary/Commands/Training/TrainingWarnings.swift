import Angiography
import Language

/// What a careful reader should know of the images before anything is learnt from them.
enum TrainingWarnings {
  /// Warns where a method learns from images by which it is judged or chosen: the very ones, copies, the same patients.
  static func warnOfLeaks(from learnt: Dataset, to judged: Dataset, _ host: any Host) {
    for leak in leaks(between: learnt, and: judged) { host.warn(leak) }
  }

  /// Warns where there are masks and none of them marks anything: what is learnt from them is to mark nothing.
  static func warnOfEmptyMasks(in dataset: Dataset, _ host: any Host) {
    let masks = dataset.samples.compactMap(\.mask)
    guard !masks.isEmpty, masks.allSatisfy({ $0.area == 0 }) else { return }
    host.warn(
      "nothing is marked in any mask of “\(dataset.name)”: what learns from them learns to mark nothing; `describe` shows "
        + "each mask's share")
  }
}
