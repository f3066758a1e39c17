import Imaging
import Testing

@Suite struct Regions {
  private let fixtures = BlockFixtures.shared

  @Test func componentsAreScikitImages() {
    for (pixels, four, eight) in [
      (fixtures.blobs, fixtures.labels4, fixtures.labels8),
      (fixtures.specks, fixtures.speckLabels4, fixtures.speckLabels8),
    ] {
      #expect(fixtures.mask(pixels).components(.four).labels == four)
      #expect(fixtures.mask(pixels).components(.eight).labels == eight)
    }
    #expect(Mask(width: 3, height: 2).components().count == 0)
    #expect(Mask(width: 1, height: 1, filledWith: true).components().labels == [1])
  }

  /// Against a flood from each pixel, over rows that are no multiple of a word.
  @Test func componentsAreWhatAFloodReaches() {
    var generator = SeededGenerator(5)
    for round in 0..<60 {
      let (width, height) = (Int.random(in: 1...27, using: &generator), Int.random(in: 1...9, using: &generator))
      let mask = generator.mask(width, height, share: Double(round) / 60)
      for connectivity in Connectivity.allCases {
        #expect(mask.components(connectivity).labels == floodedLabels(mask, connectivity))
      }
    }
  }

  @Test func shapesAreScikitImages() {
    for (pixels, connectivity, expected) in [
      (fixtures.blobs, Connectivity.eight, fixtures.shapes), (fixtures.specks, .four, fixtures.speckShapes),
    ] {
      let table = fixtures.mask(pixels).components(connectivity).properties
      #expect(table.count == expected.count)
      for (row, shape) in zip(table, expected) {
        #expect(row.area == shape.area && [row.columns.lowerBound, row.columns.upperBound] == Array(shape.box[0...1]))
        #expect([row.rows.lowerBound, row.rows.upperBound] == Array(shape.box[2...3]))
        #expect(abs(row.centroidX - shape.x) < 1e-12 * 40 && abs(row.centroidY - shape.y) < 1e-12 * 40)
        #expect(abs(row.perimeter - shape.perimeter) < 1e-9, "region \(row.label)")
        #expect(abs(row.solidity - shape.solidity) < 1e-12, "region \(row.label)")
      }
    }
  }

  @Test func aConvexShapeIsSolidAndAnEmptyLabelHasNoRow() {
    var square = Mask(width: 12, height: 12)
    for y in 3..<8 { for x in 4..<10 { square[x, y] = true } }
    let labels = LabelMap(
      width: 12, height: 12, labels: square.pixels.map { $0 ? 2 : 0 }, count: 3)
    let table = labels.properties
    #expect(table.map(\.label) == [2] && table[0].solidity == 1)
    #expect(labels.areas == [0, 30, 0])
  }

  @Test func statisticsAreSciPys() {
    let found = fixtures.mask(fixtures.blobs).components().statistics(of: fixtures.image)
    #expect(found.count == fixtures.statistics.means.count)
    for (row, mean) in zip(found, fixtures.statistics.means) { #expect(abs(row.mean - mean) < 1e-8) }
    for (row, deviation) in zip(found, fixtures.statistics.deviations) {
      #expect(abs(row.deviation - deviation) < 1e-8)
    }
  }

  @Test func borderSharesCountSides() {
    // A domino: six sides, one of them on the rim of the picture; the mask lies below and to the right.
    let labels = LabelMap(width: 4, height: 3, labels: [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0], count: 2)
    var mask = Mask(width: 4, height: 3)
    for x in 0..<2 { mask[x, 2] = true }
    mask[0, 1] = true  // of the region itself: no border
    #expect(labels.borderShares(on: mask) == [2.0 / 5, 0])
  }

  @Test func relabellingClosesGaps() {
    let labels = LabelMap(width: 4, height: 1, labels: [1, 2, 3, 0], count: 3)
    #expect(labels.relabelled([7, 0, 5]) == LabelMap(width: 4, height: 1, labels: [2, 0, 1, 0], count: 2))
    #expect(labels.mask { $0 != 2 }.pixels == [true, false, true, false])
  }

  @Test func basinsAreScikitImages() {
    let (plane, region) = (fixtures.plane(fixtures.distinct), fixtures.region)
    let seeds = LabelMap(width: fixtures.width, height: fixtures.height, labels: fixtures.seeds, count: 5)
    for expected in fixtures.basins {
      let connectivity: Connectivity = expected.eight ? .eight : .four
      #expect(plane.watershed(from: seeds, connectivity: connectivity).labels == expected.everywhere)
      #expect(plane.watershed(from: seeds, within: region, connectivity: connectivity).labels == expected.inField)
    }
  }

  @Test func everyDeepMinimumHasItsBasin() {
    let (image, region) = (fixtures.image, fixtures.region)
    let basins = image.watershed(depth: fixtures.h, within: region)
    let minima = image.regionalMinima(depth: fixtures.h, within: region, connectivity: .four).components(.four)
    #expect(basins.count == minima.count && basins.count > 3)
    #expect(zip(basins.labels, minima.labels).allSatisfy { $1 == 0 || $0 == $1 })
    #expect(zip(basins.labels, region.pixels).allSatisfy { ($0 > 0) == $1 })
    for label in 1...basins.count { #expect(basins.mask(of: label).components(.four).count == 1) }
  }
}

/// Components numbered in raster order, by a stack.
private func floodedLabels(_ mask: Mask, _ connectivity: Connectivity) -> [Int32] {
  var labels = [Int32](repeating: 0, count: mask.pixels.count)
  var count: Int32 = 0
  for start in mask.pixels.indices where mask.pixels[start] && labels[start] == 0 {
    count += 1
    labels[start] = count
    var stack = [start]
    while let pixel = stack.popLast() {
      let (x, y) = (pixel % mask.width, pixel / mask.width)
      for dy in -1...1 {
        for dx in -1...1 where connectivity == .eight || dx * dy == 0 {
          let (u, v) = (x + dx, y + dy)
          guard (0..<mask.width).contains(u), (0..<mask.height).contains(v) else { continue }
          let other = v * mask.width + u
          guard mask.pixels[other], labels[other] == 0 else { continue }
          labels[other] = count
          stack.append(other)
        }
      }
    }
  }
  return labels
}

@Suite struct RegionGraphs {
  /// Four quarters of a picture with a corner where all meet: no two opposite ones share a side.
  private let quarters = LabelMap(
    width: 4, height: 4, labels: [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], count: 4)

  @Test func boundariesAreOfRegionsThatShareASide() {
    let plane = Plane(width: 4, height: 4, pixels: (0..<16).map(Float.init))
    let found = quarters.boundaries(of: plane)
    #expect(Set(found.keys) == [RegionPair(1, 2), RegionPair(3, 1), RegionPair(2, 4), RegionPair(4, 3)])
    #expect(found[RegionPair(1, 2)] == RegionBoundary(sides: 2, sum: 1 + 2 + 5 + 6))
    #expect(found[RegionPair(1, 2)]?.mean == 3.5)
  }

  private func merging(_ greys: [Double]) -> RegionMerging<(sum: Double, count: Double), RegionBoundary> {
    RegionMerging(
      regions: greys.map { ($0 * 4, 4) }, boundaries: quarters.boundaries(of: Plane(width: 4, height: 4)))
  }

  private func mergedLabels(_ greys: [Double], atMost most: Double) -> [Int] {
    var merging = merging(greys)
    return merging.merge(joinRegions: { ($0.sum + $1.sum, $0.count + $1.count) }, joinBoundaries: { $0.joined($1) }) {
      one, other, _ in
      let difference = abs(one.sum / one.count - other.sum / other.count)
      return difference < most ? difference : nil
    }
  }

  @Test func theCheapestPairComesFirst() {
    // 2 and 4 join to 0.85, which is then too far from 3; had 4 and 3 joined first, all three would be one.
    #expect(mergedLabels([0, 0.8, 0.65, 0.9], atMost: 0.19) == [1, 2, 3, 2])
    #expect(mergedLabels([0, 0.8, 0.67, 0.9], atMost: 0.19) == [1, 2, 2, 2])
    #expect(mergedLabels([0, 0.5, 1, 2], atMost: 0.1) == [1, 2, 3, 4])
    #expect(mergedLabels([1, 1, 1, 1], atMost: 0.1) == [1, 1, 1, 1])
  }

  @Test func joinedBoundariesAreOne() {
    var merging = merging([0, 0, 1, 1])
    var seen: [Int] = []
    let labels = merging.merge(
      joinRegions: { ($0.sum + $1.sum, $0.count + $1.count) },
      joinBoundaries: { one, other in
        seen.append(one.joined(other).sides)
        return one.joined(other)
      }, cost: { one, other, _ in one.sum / one.count == other.sum / other.count ? 0 : nil })
    #expect(labels == [1, 1, 3, 3] && seen == [4])
    #expect(merging.regions[0]?.count == 8 && merging.regions[1] == nil)
    #expect(quarters.relabelled(labels).count == 2)
  }

  /// Against looking through all pairs again after every merger.
  @Test func mergingIsGreedy() {
    var generator = SeededGenerator(8)
    for _ in 0..<10 {
      let plane = generator.plane(14, 12)
      let basins = plane.watershed(depth: 0, connectivity: .four)
      let sums = (1...basins.count).map { label in
        zip(plane.pixels, basins.labels).reduce((sum: 0.0, count: 0.0)) {
          Int($1.1) == label ? ($0.sum + Double($1.0), $0.count + 1) : $0
        }
      }
      let boundaries = basins.boundaries(of: plane)
      typealias Sums = (sum: Double, count: Double)
      let cost = { (a: Sums, b: Sums, edge: RegionBoundary) -> Double? in
        let price = abs(a.sum / a.count - b.sum / b.count) * edge.mean
        return price < 0.06 ? price : nil
      }
      var merging = RegionMerging(regions: sums, boundaries: boundaries)
      let found = merging.merge(
        joinRegions: { ($0.sum + $1.sum, $0.count + $1.count) }, joinBoundaries: { $0.joined($1) }, cost: cost)
      #expect(found == exhaustivelyMerged(sums, boundaries, cost))
    }
  }
}

private func exhaustivelyMerged(
  _ sums: [(sum: Double, count: Double)], _ boundaries: [RegionPair: RegionBoundary],
  _ cost: ((sum: Double, count: Double), (sum: Double, count: Double), RegionBoundary) -> Double?
) -> [Int] {
  var (regions, edges, labels) = (sums, boundaries, Array(1...sums.count))
  while true {
    let priced = edges.compactMap { pair, edge in
      cost(regions[pair.first - 1], regions[pair.second - 1], edge).map { ($0, pair) }
    }
    guard let (_, pair) = priced.min(by: { $0 < $1 }) else { return labels }
    let gone = regions[pair.second - 1]
    regions[pair.first - 1].sum += gone.sum
    regions[pair.first - 1].count += gone.count
    labels = labels.map { $0 == pair.second ? pair.first : $0 }
    edges[pair] = nil
    for (other, edge) in edges where other.first == pair.second || other.second == pair.second {
      let third = other.first == pair.second ? other.second : other.first
      edges[other] = nil
      let joined = RegionPair(pair.first, third)
      edges[joined] = edges[joined].map { $0.joined(edge) } ?? edge
    }
  }
}
