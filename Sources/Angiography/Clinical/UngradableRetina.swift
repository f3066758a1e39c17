import Imaging

/// Retina that nobody can grade, as it is found in an angiogram: where it is dark at the rim (vignette, lids), where nothing is sharp,
/// where the camera was blinded. What is dark and has vessels or sharp borders is left alone: that may be non-perfusion.
///
/// The rules and their numbers are ours.
public struct UngradableRetina: Sendable, Hashable {
  /// At the sample's size, inside its field of view.
  public let dark, blurred, saturated: Mask
  public var all: Mask { dark.union(blurred).union(saturated) }

  /// Light below this share of the field's median is none.
  static let leastLight: Float = 0.15
  /// Grey from here on is the end of the camera's range.
  static let saturation: Float = 0.98

  /// `nil` where there is hardly a field of view.
  public init?(of sample: Sample) {
    guard let picture = SearchedPicture(sample) else { return nil }
    let (side, field) = (Double(SearchedPicture.side), picture.field)
    let ridges = VesselRidges(picture.relative, within: field).strength
    let vessels = Mask(ridges, atLeast: 0.25)
    let far = vessels.pixels.contains(true) ? vessels.distances.mapped { $0 > Float(side / 20) ? 1 : 0 } : nil
    let isFarFromVessels = far.map { Mask($0, atLeast: 0.5) } ?? field
    let light = picture.grey.gaussianMean(sigma: side / 60, within: field)
    let usual = light.percentile(50, within: field) ?? 0
    func inField(_ isWanted: (Int) -> Bool) -> Mask {
      Mask(
        width: field.width, height: field.height, pixels: field.pixels.indices.map { field.pixels[$0] && isWanted($0) })
    }
    let rim = field.intersection(field.eroded(radius: 3).complement)
    let unlit = inField {
      light.pixels[$0] < Self.leastLight * usual && (isFarFromVessels.pixels[$0] || rim.pixels[$0])
    }
    let detail = picture.relative.windowDeviation(side: 9, within: field)
    let usualDetail = detail.percentile(50, within: field) ?? 0
    let smooth = inField {
      isFarFromVessels.pixels[$0] && light.pixels[$0] >= 0.5 * usual && detail.pixels[$0] < 0.4 * usualDetail
    }
    let blinded = inField { picture.grey.pixels[$0] >= Self.saturation }
    func whole(_ found: Mask, radius: Double) -> Mask {
      found.opened(radius: radius).resized(width: sample.image.width, height: sample.image.height)
        .intersection(sample.fieldOfView)
    }
    dark = whole(unlit.touching(rim), radius: side / 100)
    blurred = whole(smooth, radius: side / 32)
    saturated = whole(blinded, radius: side / 80)
  }
}

extension Mask {
  /// The components that share a pixel with another mask.
  fileprivate func touching(_ other: Mask) -> Mask {
    let parts = components()
    var touches = Set<Int>()
    for i in pixels.indices where other.pixels[i] && parts.labels[i] > 0 { touches.insert(Int(parts.labels[i])) }
    return parts.mask(where: touches.contains)
  }
}
