import Angiography
import Language

extension CommandGroup {
  /// Images with their masks, from files or drawn.
  static let angiograms = CommandGroup(
    "angiograms", [.load, .phantom, .split, .augment, .features, .join], chapter: "Datasets and figures",
    codes: DatasetError.codes + Angiograms.codes + FeatureError.codes + PhantomError.codes)
}
