/// Why a segmenter can't be fitted, or a file of one can't be read.
package enum MethodError: Error, Hashable {
  /// None of the training angiograms has a mask.
  case nothingToTuneOn
  /// A file holds no segmenter.
  case noSegmenter(path: String, _ reason: String)
  /// A file is of another version's format.
  case unknownVersion(path: String, Int)
  /// A file names a method that isn't there, or that learns no numbers.
  case unknownMethod(path: String, String)
  /// A number of a fit is missing, can't be, or is one too many.
  case wrongParameter(path: String, _ name: String, _ reason: String)

  package var code: String {
    switch self {
    case .nothingToTuneOn: "mask-missing"
    case .noSegmenter: "not-a-segmenter"
    case .unknownVersion: "segmenter-version-unknown"
    case .unknownMethod: "segmenter-method-unknown"
    case .wrongParameter: "segmenter-parameter-wrong"
    }
  }

  package var message: String {
    switch self {
    case .nothingToTuneOn: "none of the training angiograms has a mask to find the best threshold with"
    case .noSegmenter(let path, let reason): "\(path) holds no segmenter: \(reason)"
    case .unknownVersion(let path, let version): "\(path) holds a segmenter of version \(version)"
    case .unknownMethod(let path, let name): "\(path) holds a segmenter of the method '\(name)', which is not there"
    case .wrongParameter(let path, let name, let reason): "\(path) holds a segmenter whose `\(name)` \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .nothingToTuneOn, .wrongParameter: nil
    case .noSegmenter: "`save` writes a segmenter that `fit-method` has fitted"
    case .unknownVersion: "this cnp reads version 1"
    case .unknownMethod:
      "there is \((Segmenters.parametric.map(\.name) + [TextureEnsemble().name]).joined(separator: ", "))"
    }
  }
}
