/// Why a segmenter can't be fitted, or a file of one can't be read.
package enum MethodError: Error, Hashable {
  /// None of the training angiograms has a mask.
  case nothingToTuneOn
  /// A segmenter that learns is measured on cases that it has not learnt from, and there is one alone.
  case tooFewCases(segmenter: String)
  /// A gate is learnt from angiograms without anything to mark too, and there are none.
  case nothingToGateOn(segmenter: String)
  /// A comparison's networks are to start with another's weights, and one of its systems draws maps by another network.
  case unlikeStart(system: String)
  /// Intervals are learnt from so many eyes at least.
  case tooFewEyes(needed: Int, found: Int)
  /// An ensemble of one, or none at all, has no members to tell apart.
  case oneMember
  /// A segmenter that tells true candidates from false ones finds one kind alone.
  case oneKind(segmenter: String, isTrue: Bool?)
  /// A file holds no segmenter.
  case noSegmenter(path: String, _ reason: String)
  /// A file is of another version's format.
  case unknownVersion(path: String, Int)
  /// A file names a method that isn't there, or that learns no numbers.
  case unknownMethod(path: String, String)
  /// A number of a fit is missing, can't be, or is one too many.
  case wrongParameter(path: String, _ name: String, _ reason: String)
  /// A file holds no calibrator.
  case noCalibrator(path: String, _ reason: String)

  package var code: String {
    switch self {
    case .nothingToTuneOn: "mask-missing"
    case .tooFewCases: "too-few-cases"
    case .nothingToGateOn: "no-negatives"
    case .unlikeStart: "unlike-start"
    case .tooFewEyes: "too-few-eyes"
    case .oneMember: "one-member"
    case .oneKind: "one-kind"
    case .noSegmenter: "not-a-segmenter"
    case .unknownVersion: "segmenter-version-unknown"
    case .unknownMethod: "segmenter-method-unknown"
    case .wrongParameter: "segmenter-parameter-wrong"
    case .noCalibrator: "not-a-calibrator"
    }
  }

  package var message: String {
    switch self {
    case .nothingToTuneOn: "none of the training angiograms has a mask to learn from"
    case .tooFewCases(let name):
      "`\(name)` learns from masks, so it is tuned on cases that it has not learnt from: two at least, and there is one"
    case .nothingToGateOn(let name):
      "`gate: learnt` of `\(name)` needs angiograms with empty masks among those it learns from, and there are none"
    case .unlikeStart(let system):
      "the networks of `\(system)` can't start with the weights of `from:`, which is another network"
    case .tooFewEyes(let needed, let found):
      "an interval of this level is learnt from \(needed) eyes or more, and these are \(found)"
    case .oneMember: "this is no ensemble of several networks: there are no members to tell apart"
    case .oneKind(let name, nil): "`\(name)` finds no candidates in the training angiograms"
    case .oneKind(let name, let isTrue?):
      "`\(name)` learns to tell true candidates from false ones, and all that it finds in the training angiograms are "
        + (isTrue ? "true" : "false")
    case .noSegmenter(let path, let reason): "\(path) holds no segmenter: \(reason)"
    case .unknownVersion(let path, let version): "\(path) holds a segmenter of version \(version)"
    case .unknownMethod(let path, let name): "\(path) holds a segmenter of the method '\(name)', which is not there"
    case .wrongParameter(let path, let name, let reason): "\(path) holds a segmenter whose `\(name)` \(reason)"
    case .noCalibrator(let path, let reason): "\(path) holds no calibrator: \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .nothingToTuneOn, .wrongParameter: nil
    case .tooFewCases: "give it the angiograms of more patients"
    case .nothingToGateOn: "`join` adds eyes without non-perfusion: load \"negatives\" empty-masks: true"
    case .unlikeStart: "train it with the same width, and on images with the same features"
    case .tooFewEyes: "give it more eyes, or ask for a lower `level:`"
    case .oneMember:
      "`by: augmentation` takes one network too; `compare … ensemble: 4` fits ensembles, and `ensemble` makes one of networks"
    case .oneKind: "give it angiograms with masks that mark a part of the field"
    case .noSegmenter: "`save` writes a segmenter that `fit-method`, `ensemble` or `compare` has made"
    case .noCalibrator: "`save` writes a calibrator that `calibrate` has fitted"
    case .unknownVersion: "this cnp reads version 1"
    case .unknownMethod:
      "there is \((Segmenters.parametric.map(\.name) + [TextureEnsemble().name, StackedSegmenter().name]).joined(separator: ", "))"
    }
  }
}
