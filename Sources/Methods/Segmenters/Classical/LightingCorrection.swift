import Imaging

/// How uneven lighting is taken away.
package enum LightingCorrection: String, Sendable, CaseIterable {
  case homomorphic, median, gaussian, none

  /// - Parameter filter: where it is homomorphic.
  /// - Returns: grey values inside the field, 0 outside.
  package func corrected(
    _ image: Plane, fieldOfView: Mask, scale: ImageScale, filter: HomomorphicFilter = HomomorphicFilter()
  ) -> Plane {
    switch self {
    case .homomorphic: return filter(image, within: fieldOfView)
    case .median:
      return image.evened(
        by: image.medianBackground(side: scale.window(81), within: fieldOfView), within: fieldOfView)
    case .gaussian:
      return image.evened(by: image.gaussianMean(sigma: scale.sigma(40), within: fieldOfView), within: fieldOfView)
    case .none:
      return image.evened(by: Plane(width: image.width, height: image.height, filledWith: 1), within: fieldOfView)
    }
  }
}
