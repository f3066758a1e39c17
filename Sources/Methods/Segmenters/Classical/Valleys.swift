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

  package func stages(of image: Plane, fieldOfView: Mask, _ settings: MethodSettings) -> [MethodStage] {
    let scale = ImageScale(of: image)
    let corrected = LightingCorrection.gaussian.corrected(image, fieldOfView: fieldOfView, scale: scale)
    let smooth = corrected.clipped(aboveMedianTimes: 1.5, within: fieldOfView).gaussianMean(
      sigma: scale.sigma(settings["smoothing"]), within: fieldOfView)
    let limits = smooth.percentiles([1, 99], within: fieldOfView) ?? [0, 1]
    let range = max(limits[1] - limits[0], .ulpOfOne)
    let pyramid = ExtremaPyramid(smooth, within: fieldOfView, levels: settings.whole("levels"))
    let depths = pyramid.troughDepths
    let delta = Float(settings["depth"]) * range
    let troughs = pyramid.troughs(depths, delta: delta, within: fieldOfView)
    let vessels = corrected.largeVessels(within: fieldOfView, scale: scale)
    let growing = RegionGrowing(
      smooth, within: fieldOfView.and(vessels.complement), spread: settings["spread"], variance: settings["variance"],
      reach: scale.length(12))
    let grown = growing.grown(from: troughs.components())
    let areas =
      Double(
        scale.area(settings["minimum-area"]))...Double(
        max(scale.area(settings["minimum-area"]), scale.area(settings["maximum-area"])))
    let kept = grown.components().kept { areas.contains(Double($0)) }
    let probabilities = graded(kept, smooth, troughs: depths, delta, within: fieldOfView)
    return [
      MethodStage("corrected", "even lighting", .plane(smooth)),
      MethodStage("depths", "depth of troughs", .plane(pyramid.plane(of: depths, within: fieldOfView))),
      MethodStage("troughs", "troughs", .mask(troughs)), MethodStage("large-vessels", "large vessels", .mask(vessels)),
      MethodStage("grown", "grown", .mask(grown)),
      MethodStage("probabilities", "probability", .probabilities(probabilities)),
    ]
  }

  /// Inside of what is kept from 0.5 up by how deep it lies below the field's median, outside below 0.5 by how dark it is.
  private func graded(
    _ kept: Mask, _ smooth: Plane, troughs: [Plane], _ delta: Float, within fieldOfView: Mask
  ) -> Plane {
    let median = max(smooth.percentile(50, within: fieldOfView) ?? 0, .ulpOfOne)
    var result = Plane(width: smooth.width, height: smooth.height)
    for i in result.pixels.indices where fieldOfView.pixels[i] {
      let darkness = min(1, max(0, 1 - smooth.pixels[i] / (2 * median)))
      result.pixels[i] = kept.pixels[i] ? 0.5 + 0.5 * darkness : 0.499 * darkness
    }
    return result
  }
}

/// The largest values of blocks, twice as wide on each level.
struct ExtremaPyramid {
  private let width, height: Int
  /// Level 1 first: cells of 2 × 2 pixels.
  private let levels: [Plane]

  /// A pixel outside the region is the largest of nothing.
  init(_ plane: Plane, within region: Mask, levels count: Int) {
    (width, height) = (plane.width, plane.height)
    var largest = plane
    for i in plane.pixels.indices where !region.pixels[i] { largest.pixels[i] = -.infinity }
    var levels: [Plane] = []
    while levels.count < count, min(largest.width, largest.height) >= 6 {
      largest = Self.halved(largest)
      levels.append(largest)
    }
    self.levels = levels
  }

  private static func halved(_ plane: Plane) -> Plane {
    var result = Plane(width: (plane.width + 1) / 2, height: (plane.height + 1) / 2)
    for y in 0..<result.height {
      for x in 0..<result.width {
        var value = -Float.infinity
        for v in 2 * y...min(2 * y + 1, plane.height - 1) {
          for u in 2 * x...min(2 * x + 1, plane.width - 1) { value = max(value, plane[u, v]) }
        }
        result[x, y] = value
      }
    }
    return result
  }

  /// On each level how far the largest value of a cell lies below the mean of its neighbours' largest values; −1 where it
  /// has no neighbour.
  var troughDepths: [Plane] {
    levels.map { level in
      var depths = Plane(width: level.width, height: level.height, filledWith: -1)
      for y in 0..<depths.height {
        for x in 0..<depths.width where level[x, y].isFinite {
          var (sum, count) = (Float(0), Float(0))
          for v in max(0, y - 1)...min(depths.height - 1, y + 1) {
            for u in max(0, x - 1)...min(depths.width - 1, x + 1)
            where (u, v) != (x, y) && level[u, v].isFinite {
              sum += level[u, v]
              count += 1
            }
          }
          if count > 0 { depths[x, y] = sum / count - level[x, y] }
        }
      }
      return depths
    }
  }

  /// The pixels of cells that are at least `delta` deep on two levels, one above the other.
  func troughs(_ depths: [Plane], delta: Float, within region: Mask) -> Mask {
    var result = Mask(width: width, height: height)
    for level in depths.indices.dropLast() {
      for y in 0..<height {
        for x in 0..<width where region.pixels[y * width + x] {
          let (here, above) = (level + 1, level + 2)
          if depths[level][x >> here, y >> here] >= delta, depths[level + 1][x >> above, y >> above] >= delta {
            result.pixels[y * width + x] = true
          }
        }
      }
    }
    return result
  }

  /// The deepest of all levels in each pixel.
  func plane(of depths: [Plane], within region: Mask) -> Plane {
    var result = Plane(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width where region.pixels[y * width + x] {
        result[x, y] = depths.indices.reduce(0) { max($0, depths[$1][x >> ($1 + 1), y >> ($1 + 1)]) }
      }
    }
    return result
  }
}

/// Growing of regions from seeds, the nearest in grey first.
struct RegionGrowing {
  private let plane: Plane
  private let region: Mask
  private let spread, variance: Double
  private let reach: Int

  /// - Parameters:
  ///   - spread: in deviations of the seed, to both sides of its mean.
  ///   - variance: of the region, in those of the seed's neighbourhood.
  ///   - reach: how far the neighbourhood goes beyond the seed's box, in pixels.
  init(_ plane: Plane, within region: Mask, spread: Double, variance: Double, reach: Int) {
    (self.plane, self.region, self.spread) = (plane, region, spread)
    (self.variance, self.reach) = (variance, reach)
  }

  func grown(from seeds: LabelMap) -> Mask {
    var taken = Mask(width: plane.width, height: plane.height)
    for seed in seeds.properties { grow(seed, of: seeds, into: &taken) }
    return taken
  }

  private func grow(_ seed: RegionProperties, of seeds: LabelMap, into taken: inout Mask) {
    var moments = Moments()
    var near = Moments()
    for y in max(0, seed.rows.lowerBound - reach)..<min(plane.height, seed.rows.upperBound + reach) {
      for x in max(0, seed.columns.lowerBound - reach)..<min(plane.width, seed.columns.upperBound + reach)
      where region[x, y] {
        near.add(Double(plane[x, y]))
        if seeds[x, y] == seed.label { moments.add(Double(plane[x, y])) }
      }
    }
    guard moments.count > 0 else { return }
    let mean = moments.mean
    let allowed = spread * max(moments.variance.squareRoot(), 1.0 / 255)
    let limit = variance * near.variance
    var queue = DistanceQueue()
    var seen: Set<Int> = []
    for y in seed.rows {
      for x in seed.columns where seeds[x, y] == seed.label && region[x, y] {
        taken[x, y] = true
        seen.insert(y * plane.width + x)
      }
    }
    func look(around place: Int) {
      let (x, y) = (place % plane.width, place / plane.width)
      for (u, v) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
      where (0..<plane.width).contains(u) && (0..<plane.height).contains(v) && region[u, v] {
        let next = v * plane.width + u
        guard seen.insert(next).inserted else { continue }
        let distance = abs(Double(plane.pixels[next]) - mean)
        if distance <= allowed { queue.insert(next, distance / allowed) }
      }
    }
    for place in seen.sorted() { look(around: place) }
    while let place = queue.popNearest() {
      var wider = moments
      wider.add(Double(plane.pixels[place]))
      // The variance of a small seed is no measure yet.
      guard wider.variance <= limit || wider.count < 20 else { break }
      moments = wider
      taken.pixels[place] = true
      look(around: place)
    }
  }
}

/// The mean and the variance of numbers as they come (Welford 1962).
private struct Moments {
  private(set) var count = 0.0
  private(set) var mean = 0.0
  private var sum = 0.0

  var variance: Double { count > 0 ? sum / count : 0 }

  mutating func add(_ value: Double) {
    count += 1
    let gap = value - mean
    mean += gap / count
    sum += gap * (value - mean)
  }
}

/// Places by how near they are, in 256 classes, the first come first among those of a class.
private struct DistanceQueue {
  private var classes = [[Int]](repeating: [], count: 257)
  private var heads = [Int](repeating: 0, count: 257)
  private var least = 256

  /// - Parameter distance: from 0 to 1.
  mutating func insert(_ place: Int, _ distance: Double) {
    let index = min(256, max(0, Int(distance * 256)))
    classes[index].append(place)
    least = min(least, index)
  }

  mutating func popNearest() -> Int? {
    while least <= 256 {
      if heads[least] < classes[least].count {
        heads[least] += 1
        return classes[least][heads[least] - 1]
      }
      least += 1
    }
    least = 256
    return nil
  }
}

extension LabelMap {
  /// The regions whose area in pixels is wanted.
  func kept(_ isWanted: (Int) -> Bool) -> Mask {
    let areas = areas
    return mask { isWanted(areas[$0 - 1]) }
  }
}
