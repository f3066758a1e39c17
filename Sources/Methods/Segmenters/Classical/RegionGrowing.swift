import Imaging

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
        if distance <= allowed { queue.insert(next, allowed > 0 ? distance / allowed : 0) }
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
