import Angiography
import Imaging
import Language
import Methods

/// What an ischemic index is made of.
struct IndexRow: Sendable, Codable {
  let name: String
  /// Non-perfused; `nil` where nothing can be graded, as all that follows from it.
  let pixels: Double?
  /// In [0, 1].
  let index: Double?
  /// In [0, 1]; `nil` of an empty field.
  let gradableShare: Double?
  let squareMillimetres, discAreas: Double?
  /// Of one pixel, in mm².
  let pixelArea: Double?
  let gradable: Int
  /// Of the area, in pixels.
  private(set) var interval: ClosedRange<Double>?

  /// What an interval in pixels is divided by to be one of the index in per cent, of mm².
  var pixelsAPercent: Double? { gradable == 0 ? nil : Double(gradable) / 100 }
  var pixelsASquareMillimetre: Double? { pixelArea.map { 1 / $0 } }

  /// - Parameter unit: in pixels.
  /// - Returns: `nil` where there is no interval, or no unit.
  func intervalText(per unit: Double?, decimals: Int, between: String) -> String? {
    guard let interval, let unit, unit > 0 else { return nil }
    return formatted(interval.lowerBound / unit, decimals: decimals) + between
      + formatted(interval.upperBound / unit, decimals: decimals)
  }

  /// - Parameters:
  ///   - spread: of the area, in pixels.
  ///   - intervals: `nil` where nobody has learnt them.
  private mutating func setInterval(spread: Double, _ intervals: AreaIntervals?) {
    guard let pixels else { return }
    let reach =
      intervals?.reach(spread: spread, gradable: Double(gradable)) ?? AreaIntervals.usualFactor * spread
    interval = AreaIntervals.interval(of: pixels, reach: reach, gradable: Double(gradable))
  }

  private init(of mask: Mask, in sample: Sample, zone: FovealZone, discArea: Double) {
    let area = MarkedArea(of: mask, in: sample)
    name = sample.name
    gradable = area.gradable
    pixelArea = sample.scale.map { $0.millimetresPerPixel * $0.millimetresPerPixel }
    // A zone's area is of disc areas of 2.54 mm², whatever others are told in.
    let zonePixels =
      zone == .subtracted ? pixelArea.map { FovealZone.discAreas * DiscArea.usual.rawValue / $0 } ?? 0 : 0
    let marked = area.gradable == 0 ? nil : max(0, Double(area.pixels) - zonePixels)
    pixels = marked
    index = marked.map { $0 / Double(area.gradable) }
    gradableShare = area.gradableShare
    squareMillimetres = pixelArea.flatMap { pixel in marked.map { pixel * $0 } }
    discAreas = squareMillimetres.map { $0 / discArea }
  }

  /// A row an eye, with its interval where there are several maps of it.
  ///
  /// - Parameter arguments: of a command with `foveal-zone:`, `disc-area:` and `intervals:`.
  /// - Throws: `unknown-fovea`, `unknown-scale`, `contradiction` for intervals of another method.
  static func rows(of marked: MarkedAngiograms, _ arguments: Arguments) throws(Failure) -> [IndexRow] {
    let intervals = arguments.object("intervals", as: IntervalsValue.self)
    if let intervals, let uncertainty = marked.uncertainty { try intervals.require(uncertainty.quantity) }
    let zone: FovealZone = arguments.choice("foveal-zone")
    let samples = try ClinicalOptions.prepared(marked.samples, zone)
    return zip(samples, marked.masks).enumerated().map { index, eye in
      var row = IndexRow(of: eye.1, in: eye.0, zone: zone, discArea: ClinicalOptions.discArea(arguments))
      if let uncertainty = marked.uncertainty {
        row.setInterval(spread: uncertainty.spread(of: index, marked: eye.1), intervals?.intervals)
      }
      return row
    }
  }
}
