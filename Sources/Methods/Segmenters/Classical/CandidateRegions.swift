import Angiography
import Imaging
import Kernels

/// Regions of an image that may be non-perfused, found by their texture without a mask, with what is measured on each.
struct CandidateRegions {
  /// What is measured, in the order of `features`.
  static let featureNames = [
    "mean", "deviation", "contrast", "area", "top-hat", "entropy", "vessels", "vessel-border", "solidity", "distance",
  ]

  let corrected: Plane
  let deviation: Plane
  /// The phase of each pixel, the darkest first.
  let phases: LabelMap
  let energies: [Double]
  let regions: LabelMap
  /// By region: a value a feature name.
  let features: [[Double]]

  init(_ image: Plane, fieldOfView: Mask, _ settings: MethodSettings) {
    let scale = ImageScale(of: image)
    corrected = LightingCorrection.gaussian.corrected(image, fieldOfView: fieldOfView, scale: scale)
      .clipped(aboveMedianTimes: 1.2, within: fieldOfView)
    let side = scale.window(settings.whole("window"))
    deviation = corrected.windowDeviation(side: side, within: fieldOfView)
    let smooth = corrected.windowMean(side: side, within: fieldOfView)
    let count = settings.whole("phases")
    var competition = Self.competition(smooth, phases: count, within: fieldOfView)
    var terms = KernelTerms([smooth, deviation], within: fieldOfView)
    let lambda = scale.areaWeight(settings["lambda"])
    energies = competition.alternate(lambda: lambda, rounds: settings.whole("rounds"), change: 1e-3, steps: 12) {
      terms.costs($0)
    }.map(\.energy)
    let order = (0..<count).sorted {
      smooth.mean(weights: competition.memberships[$0]) < smooth.mean(weights: competition.memberships[$1])
    }
    let places = (0..<count).map { phase in (order.firstIndex(of: phase) ?? 0) + 1 }
    let labels = competition.labels
    phases = LabelMap(
      width: image.width, height: image.height, labels: labels.labels.map { $0 == 0 ? 0 : Int32(places[Int($0) - 1]) },
      count: count)
    regions = Self.components(of: phases, atLeast: scale.area(settings["minimum-area"]))
    features = Self.measured(regions, corrected, fieldOfView, scale)
  }

  /// Those of several images.
  static func all(in samples: [Sample], _ settings: MethodSettings) -> [CandidateRegions] {
    computed(samples.count) { place in
      CandidateRegions(samples[place].image, fieldOfView: samples[place].fieldOfView, settings)
    }
  }

  /// Begins with phases by quantiles of the mean.
  private static func competition(_ smooth: Plane, phases: Int, within region: Mask) -> FuzzyRegions {
    let ranks = (1..<phases).map { 100 * Double($0) / Double(phases) }
    let limits = smooth.percentiles(ranks, within: region) ?? ranks.map { _ in 0 }
    let first = (0..<phases).map { phase in
      Plane(
        width: smooth.width, height: smooth.height,
        pixels: smooth.pixels.map { value in limits.count { value > $0 } == phase ? 1 : 0 })
    }
    return FuzzyRegions(first, within: region)
  }

  /// The connected parts of each phase but the brightest.
  private static func components(of phases: LabelMap, atLeast area: Int) -> LabelMap {
    var labels = [Int32](repeating: 0, count: phases.labels.count)
    var count = 0
    for phase in 1..<max(2, phases.count) {
      let found = phases.mask(of: phase).withoutComponents(smallerThan: area).components()
      for (i, label) in found.labels.enumerated() where label > 0 { labels[i] = label + Int32(count) }
      count += found.count
    }
    return LabelMap(width: phases.width, height: phases.height, labels: labels, count: count)
  }

  private static func measured(
    _ regions: LabelMap, _ corrected: Plane, _ fieldOfView: Mask, _ scale: ImageScale
  ) -> [[Double]] {
    let topHat = corrected.whiteTopHat(radius: scale.length(5), within: fieldOfView)
    let vessels = corrected.largeVessels(within: fieldOfView, scale: scale)
    let entropy = WindowHistograms(
      corrected, levels: 32, over: corrected.usualRange(within: fieldOfView), side: scale.window(15),
      within: fieldOfView
    ).entropy
    let surround = corrected.windowMean(side: scale.window(81), within: fieldOfView)
    let grey = regions.statistics(of: corrected)
    let around = regions.statistics(of: surround)
    let detail = regions.statistics(of: topHat)
    let disorder = regions.statistics(of: entropy)
    let crossed = regions.statistics(of: vessels.plane)
    let borders = regions.borderShares(on: vessels)
    let field = Double(max(1, fieldOfView.area))
    let (middleX, middleY) = (Double(corrected.width - 1) / 2, Double(corrected.height - 1) / 2)
    return regions.properties.map { region in
      let index = region.label - 1
      let (x, y) = (region.centroidX - middleX, region.centroidY - middleY)
      let distance = (x * x + y * y).squareRoot() / (Double(max(corrected.width, corrected.height)) / 2)
      return [
        grey[index].mean, grey[index].deviation, grey[index].mean - around[index].mean, Double(region.area) / field,
        detail[index].mean, disorder[index].mean, crossed[index].mean, borders[index], region.solidity, distance,
      ]
    }
  }
}
