import Base

extension Change {
  /// Pixels as mm²; `nil` without a scale.
  public func squareMillimetres(_ pixels: Double) -> Double? {
    millimetresPerPixel.map { $0 * $0 * pixels }
  }

  /// Pixels as disc areas; `nil` without a scale.
  public func discAreas(_ pixels: Double) -> Double? { squareMillimetres(pixels).map { $0 / DiscArea.usual.rawValue } }

  /// What changed, in plain words: in mm² where a scale is known, else in pixels.
  public func sentence(_ noise: GradingNoise?) -> String {
    var sentence =
      "gained \(text(areas.gained, areas.gainedRange)), lost \(text(areas.lost, areas.lostRange)), "
      + "stable \(number(Double(areas.stable))) \(unit)"
    if let noise {
      let least = noise.smallestChange(of: areas.common)
      let largest = Double(max(areas.gained, areas.lost))
      sentence += "; changes under \(number(least)) \(unit) can't be told from grading noise"
      if largest > 0 { sentence += largest < least ? ", so this one can't" : ", and this one is larger" }
    }
    return sentence
  }

  private var unit: String { millimetresPerPixel == nil ? "px" : "mm²" }

  private func text(_ pixels: Int, _ range: ClosedRange<Double>) -> String {
    "\(number(Double(pixels))) \(unit) [\(number(range.lowerBound)), \(number(range.upperBound))]"
  }

  private func number(_ pixels: Double) -> String {
    let area = squareMillimetres(pixels)
    guard abs(area ?? pixels) < 1e12 else { return numberText(area ?? pixels) }
    guard let area else { return "\(Int(pixels.rounded()))" }
    let hundredths = Int((100 * area).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
