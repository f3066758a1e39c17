import Imaging

/// The texture of capillaries: bright detail that an opening by a disc of 1 px radius leaves and one of 2 px
/// takes away, whatever the size of the image.
struct FineTexture {
  let plane: Plane
  /// Where it counts: vessels are no texture.
  private let region: Mask
  /// Of the means in windows over the field, so that single pixels do not decide.
  let median: Double

  init(_ plane: Plane, within region: Mask) {
    (self.plane, self.region) = (plane, region)
    median = Double(plane.windowMean(side: 15, within: region).percentile(50, within: region) ?? 0)
  }

  /// The mean in each region, that of label 1 first; 0 where a region is vessel alone.
  func means(in regions: LabelMap) -> [Double] {
    let counted = LabelMap(
      width: regions.width, height: regions.height,
      labels: zip(regions.labels, region.pixels).map { $1 ? $0 : 0 }, count: regions.count)
    return counted.statistics(of: plane).map(\.mean)
  }
}

extension Plane {
  func fineTexture(within fieldOfView: Mask, without vessels: Mask) -> FineTexture {
    let (fine, coarse) = (opened(radius: 1, within: fieldOfView), opened(radius: 2, within: fieldOfView))
    let detail = Plane(
      width: width, height: height, pixels: zip(fine.pixels, coarse.pixels).map { max(0, $0 - $1) })
    return FineTexture(detail, within: fieldOfView.intersection(vessels.complement))
  }
}
