import Angiography
import Imaging
import Kernels

/// The connected parts of an image that may be non-perfused, with what a booster sees of each: what no pixel shows is whether
/// the whole is a lesion (after Zheng et al., PLoS ONE 9, 2014, whose candidates come from texture alone).
struct CandidateLesions {
  /// On the grid.
  private let regions: LabelMap
  private let field: Mask
  /// [feature][candidate].
  private let features: [[Float]]

  /// Of which the mean in a candidate counts, and what that has beyond the mean around it.
  private static let measured: [Feature] = [
    .relativeGrey(scale: 80), .rank(scale: 80), .lightness(scale: 2), .topHat(scale: 3), .ridges(scale: 12),
    .texture(scale: 16), .deviation(scale: 2), .wideVesselDistance(scale: 128), .fineVesselDistance(scale: 64),
  ]
  /// σ of what is around a candidate, in pixels of 512.
  private static let surround = 24.0
  /// The least area of a candidate, as a part of the field: a disc of 6 px at 512. What is smaller is not judged.
  private static let leastArea = 1.5e-4

  static let featureCount = 2 * (measured.count + 1) + 6

  /// - Parameters:
  ///   - level: of the log-odds that pixels of a candidate have at least.
  ///   - territory: its log-odds, in the order of the grid's places, where it was learnt.
  init(above level: Float, _ scores: Plane, territory: [Float]?, of image: StackedImage) {
    let grid = image.grid
    field = grid.field
    let likely = Mask(
      width: grid.width, height: grid.height,
      pixels: scores.pixels.indices.map { grid.field.pixels[$0] && scores.pixels[$0] >= level })
    let fieldArea = Double(max(1, grid.places.count))
    let least = max(1, Int((Self.leastArea * fieldArea).rounded(.up)))
    let regions = likely.withoutComponents(smallerThan: least).components()
    let planes = [scores] + Self.measured.map(image.plane)
    var columns = planes.flatMap { plane -> [[Float]] in
      let inside = regions.statistics(of: plane).map(\.mean)
      let around = regions.statistics(
        of: plane.gaussianMean(sigma: grid.sigma(Self.surround), within: grid.field)
      ).map(\.mean)
      return [inside.map { Float($0) }, zip(inside, around).map { Float($0 - $1) }]
    }
    let shapes = regions.properties
    let all = Double(shapes.reduce(0) { $0 + $1.area })
    columns.append(shapes.map { Float($0.area) / Float(fieldArea) })
    columns.append(shapes.map { Float($0.solidity) })
    columns.append(shapes.map { shape in Float(Double(shape.area) / all) })
    columns.append(shapes.map { _ in Float(all / fieldArea) })
    columns.append(regions.statistics(of: scores).map { Float($0.deviation) })
    columns.append(
      territory.map { odds in regions.statistics(of: grid.plane(odds)).map { Float($0.mean) } } ?? shapes.map { _ in 0 }
    )
    (self.regions, features) = (regions, columns)
  }

  var count: Int { regions.count }

  /// What a booster learns from: each candidate as a part that is marked and one that isn't, of weights that add up to the root
  /// of its area, so that neither the largest nor the many small ones decide alone.
  func lesson(_ truth: Mask, within judged: Mask) -> (features: [[Float]], labels: [Bool], weights: [Float]) {
    var marked = [Double](repeating: 0, count: count)
    var counted = marked
    for (place, label) in regions.labels.enumerated() where label > 0 && judged.pixels[place] {
      counted[Int(label) - 1] += 1
      if truth.pixels[place] { marked[Int(label) - 1] += 1 }
    }
    var (rows, labels, weights) = ([Int](), [Bool](), [Float]())
    for number in 0..<count where counted[number] > 0 {
      let share = marked[number] / counted[number]
      for (isTrue, part) in [(true, share), (false, 1 - share)] where part > 0 {
        rows.append(number)
        labels.append(isTrue)
        weights.append(Float(part * counted[number].squareRoot()))
      }
    }
    return (features.map { column in rows.map { column[$0] } }, labels, weights)
  }

  /// Of each candidate, that it is non-perfused.
  func logOdds(_ booster: GradientBoosting) -> [Float] {
    guard count > 0 else { return [] }
    return booster.logOdds(features, rows: (0..<Int32(count)).map { $0 })
  }

  /// The log-odds of each pixel's probability times its candidate's; what is in no candidate has a twentieth.
  func judged(_ scores: Plane, by odds: [Float]) -> Plane {
    let shares = [Self.elsewhere] + odds.map { GradientBoosting.logistic(Double($0)) }
    var result = scores
    for place in scores.pixels.indices where field.pixels[place] {
      let p = GradientBoosting.logistic(Double(scores.pixels[place])) * shares[Int(regions.labels[place])]
      result.pixels[place] = Float(GradientBoosting.logOdds(min(max(p, 1e-7), 1 - 1e-7)))
    }
    return result
  }

  private static let elsewhere = 0.05
}
