/// An operation on one picture that is timed, on one thread, beside SciPy and scikit-image; as in `picture-512-watershed`.
public enum PictureOperation: String, Sendable, CaseIterable {
  case gaussianMean = "gaussian-mean"
  case medianBackground = "median-background"
  case homomorphic
  case topHat = "top-hat"
  case reconstruction
  case deepMinima = "deep-minima"
  case areaOpening = "area-opening"
  case fillHoles = "fill-holes"
  case islands
  case distances
  case components
  case regionTable = "region-table"
  case watershed
  case boundaries
  case windowMean = "window-mean"
  case windowDeviation = "window-deviation"
  case entropy
  case uniformity
  case otsu
  case percentiles
  case hessian
  case structure
  case denoiseDual = "denoise-dual"
  case denoiseBregman = "denoise-split-bregman"
}
