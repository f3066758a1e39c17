import Imaging

/// Valleys of an image, found in a pyramid of its extremes and grown, after Agarwal, Sivaswamy, Rani and Das (Automatic
/// detection of capillary non-perfusion, Indian Conference on Computer Vision 2008).
package struct Valleys: ClassicalSegmenter {
  package let name = "valleys"
  package let title = "valleys"
  package let source = "Agarwal, Sivaswamy, Rani and Das 2008"
  package let algorithm = """
    source: Non-uniform light is corrected.
    ours:   by the Gaussian mean of σ 40 px; vessels are cut at 1.5 times the field's median, then the image is smoothed by σ
            `smoothing`, so that capillaries are a brightness and no detail.
    source: Non-perfusion is a valley, darker than its surround: troughs are detected on an extrema pyramid.
    ours:   each cell of a level holds the largest value of 2 × 2 cells of the level below; a cell is a trough
            if its largest value is below the mean of its eight neighbours' largest values by `depth` of the field's
            range, and so is the cell around it on the next level. (Below the mean of their least values, as one may read it
            too, only a valley of a cell's own size lies.)
    source: Troughs seed a region growing by variance.
    ours:   a region takes the neighbour nearest to its seed's mean, while that is within `spread` deviations of it and the
            region's variance at most `variance` times that of the seed's neighbourhood; never across large vessels.
    ours:   Large vessels are what is brighter than the disc of 8 px around it once discs of 2 px are opened away, above Otsu's
            level of that, from 100 px up.
    source: Regions have from 100 to 55,000 px.
    """

  package let stageForms: [(name: String, form: MethodStage.Form)] = [
    ("corrected", .plane), ("depths", .plane), ("troughs", .mask), ("large-vessels", .mask), ("grown", .mask),
    ("probabilities", .probabilities),
  ]

  package init() {}

  package let parameters: [MethodParameter] = [
    .number("smoothing", 0.5...20, 4, unit: "px at 512", "σ of the Gaussian before the pyramid"),
    .whole("levels", 2...8, 6, "levels of the pyramid"),
    .number("depth", 0...1, 0.15, "δ, how far a trough lies below its surround, as a part of the range"),
    .number("spread", 0...10, 2.5, "how many deviations of its seed a region spreads over"),
    .number("variance", 0...20, 1.5, "how many times the neighbourhood's variance a region may have"),
    .number("minimum-area", 0...100_000, 100, unit: "px at 512", origin: .source, "smaller regions are discarded"),
    .number("maximum-area", 1...262_144, 55_000, unit: "px at 512", origin: .source, "larger ones too"),
  ]

  package func conflict(in settings: MethodSettings) -> (parameter: String, message: String)? {
    guard settings["minimum-area"] > settings["maximum-area"] else { return nil }
    return ("minimum-area", "no region has at least `minimum-area` and at most `maximum-area` pixels")
  }

  package func stages(of image: Plane, fieldOfView: Mask, _ settings: MethodSettings) -> [MethodStage] {
    let scale = ImageScale(of: image)
    let corrected = LightingCorrection.gaussian.corrected(image, fieldOfView: fieldOfView, scale: scale)
    let smooth = corrected.clipped(aboveMedianTimes: 1.5, within: fieldOfView).gaussianMean(
      sigma: scale.sigma(settings["smoothing"]), within: fieldOfView)
    let range = smooth.usualRange(within: fieldOfView)
    let pyramid = ExtremaPyramid(smooth, within: fieldOfView, levels: settings.whole("levels"))
    let depths = pyramid.troughDepths
    let delta = Float(settings["depth"]) * max(range.upperBound - range.lowerBound, .ulpOfOne)
    let troughs = pyramid.troughs(depths, delta: delta, within: fieldOfView)
    let vessels = corrected.largeVessels(within: fieldOfView, scale: scale)
    let growing = RegionGrowing(
      smooth, within: fieldOfView.intersection(vessels.complement), spread: settings["spread"],
      variance: settings["variance"],
      reach: scale.length(12))
    let grown = growing.grown(from: troughs.components())
    let (least, most) = (scale.area(settings["minimum-area"]), scale.area(settings["maximum-area"]))
    let kept = grown.components().kept { least <= $0 && $0 <= max(least, most) }
    let probabilities = graded(kept, smooth, within: fieldOfView)
    return [
      MethodStage("corrected", "even lighting", .plane(smooth)),
      MethodStage("depths", "depth of troughs", .plane(pyramid.plane(of: depths, within: fieldOfView))),
      MethodStage("troughs", "troughs", .mask(troughs)), MethodStage("large-vessels", "large vessels", .mask(vessels)),
      MethodStage("grown", "grown", .mask(grown)),
      MethodStage("probabilities", "probability", .probabilities(probabilities)),
    ]
  }

  /// Inside of what is kept from 0.5 up by how deep it lies below the field's median, outside below 0.5 by how dark it is.
  private func graded(_ kept: Mask, _ smooth: Plane, within fieldOfView: Mask) -> Plane {
    let median = max(smooth.percentile(50, within: fieldOfView) ?? 0, .ulpOfOne)
    var result = Plane(width: smooth.width, height: smooth.height)
    for i in result.pixels.indices where fieldOfView.pixels[i] {
      let darkness = min(1, max(0, 1 - smooth.pixels[i] / (2 * median)))
      result.pixels[i] = kept.pixels[i] ? 0.5 + 0.5 * darkness : 0.499 * darkness
    }
    return result
  }
}

extension LabelMap {
  /// The regions whose area in pixels is wanted.
  func kept(_ isWanted: (Int) -> Bool) -> Mask {
    let areas = areas
    return mask { isWanted(areas[$0 - 1]) }
  }
}
