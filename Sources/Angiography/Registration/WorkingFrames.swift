import Imaging

/// Two frames of one eye, shrunk until neither's longer side exceeds 512 px and a pixel of both is as much of the retina, as
/// far as that is known: by mm-per-pixel of both, else as if both showed one field.
struct WorkingFrames {
  static let longestSide = 512.0
  /// Smaller ones are enlarged: closest points and ridges need pixels to tell vessels apart.
  static let leastSide = 256.0

  let baseline, followUp: WorkingFrameOfEye
  /// Sides of the search's grids are told in the longer of both frames' sides, in working pixels.
  let side: Double

  init(_ baseline: Sample, _ followUp: Sample) {
    func longer(_ sample: Sample) -> Double { Double(max(sample.image.width, sample.image.height)) }
    // Pixels of the follow-up to one of the baseline.
    var ratio = longer(followUp) / longer(baseline)
    if let first = baseline.scale?.millimetresPerPixel, let second = followUp.scale?.millimetresPerPixel {
      ratio = first / second
    }
    // Pixels of the baseline to a working one.
    let longest = max(longer(baseline), longer(followUp) / ratio)
    let shrinkage = max(longest / Self.longestSide, min(max(1, 1 / ratio), longest / Self.leastSide))
    self.baseline = WorkingFrameOfEye(baseline, shrinkage: shrinkage)
    self.followUp = WorkingFrameOfEye(followUp, shrinkage: shrinkage * ratio)
    side = Double(
      max(self.baseline.image.width, self.baseline.image.height, self.followUp.image.width, self.followUp.image.height))
  }
}

/// One of them.
struct WorkingFrameOfEye {
  let image: Plane
  let field: Mask
  /// Pixels of the sample to one of this.
  let shrinkage: Double

  init(_ sample: Sample, shrinkage: Double) {
    let (width, height) = (
      max(1, Int((Double(sample.image.width) / shrinkage).rounded(.up))),
      max(1, Int((Double(sample.image.height) / shrinkage).rounded(.up)))
    )
    self.shrinkage = shrinkage
    guard shrinkage != 1 else {
      (image, field) = (sample.image, sample.fieldOfView)
      return
    }
    let map = AffineMap.scaling(x: shrinkage, y: shrinkage)
    image = sample.image.resampled(width: width, height: height, through: map)
    field = sample.fieldOfView.resampled(width: width, height: height, through: map)
  }

  var centre: SIMD2<Double> { SIMD2(Double(image.width) / 2, Double(image.height) / 2) }
}
