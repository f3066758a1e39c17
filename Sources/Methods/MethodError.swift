/// Why a segmenter can't be fitted.
package enum MethodError: Error, Hashable {
  /// None of the training angiograms has a mask.
  case nothingToTuneOn

  package var code: String { "mask-missing" }
  package var message: String { "none of the training angiograms has a mask to find the best threshold with" }
  package var hint: String? { nil }
}
