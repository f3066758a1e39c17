/// One curve of a chart: a value for each place, in the order of drawing.
public struct Series: Sendable, Hashable {
  public enum Style: String, Sendable, Hashable { case line, dashed, points }

  public var name: String
  public var x: [Double]
  /// As many as `x`; where one is NaN or infinite the line has a gap.
  public var y: [Double]
  /// How far error bars go up and down from each value: none, or as many as `y`; NaN and 0 give no bar.
  public var errors: [Double]
  public var style: Style
  /// `nil` takes the next colour of the palette.
  public var colour: Colour?

  public init(
    _ name: String, x: [Double], y: [Double], errors: [Double] = [], style: Style = .line, colour: Colour? = nil
  ) {
    precondition(x.count == y.count, "a series has a value for every place")
    precondition(errors.isEmpty || errors.count == y.count, "a series has an error for every value")
    self.name = name
    self.x = x
    self.y = y
    self.errors = errors
    self.style = style
    self.colour = colour
  }

  /// A value for each epoch, from epoch 1.
  public init(_ name: String, byEpoch y: [Double], style: Style = .line, colour: Colour? = nil) {
    self.init(name, x: y.indices.map { Double($0 + 1) }, y: y, style: style, colour: colour)
  }
}

/// Series over one vertical axis.
public struct Chart: Sendable, Hashable {
  public var series: [Series]
  public var yLabel: String
  public var isLogarithmic: Bool
  /// Ends of the vertical axis; `nil` fits them to the values.
  public var yRange: ClosedRange<Double>?

  public init(
    _ series: [Series], yLabel: String, isLogarithmic: Bool = false, yRange: ClosedRange<Double>? = nil
  ) {
    self.series = series
    self.yLabel = yLabel
    self.isLogarithmic = isLogarithmic
    self.yRange = yRange
  }
}

extension Series {
  /// The ends of the error bars that can be drawn; on a logarithmic axis a bar that would go below 0 has only an upper part.
  func errorBars(isLogarithmic: Bool) -> [(x: Double, lower: Double, upper: Double)] {
    zip(zip(x, y), errors).compactMap { place, error in
      let (x, y) = place
      guard error > 0, [x, y - error, y + error].allSatisfy({ abs($0) <= Axis.largest }),
        !isLogarithmic || y >= 1 / Axis.largest
      else { return nil }
      return (x, isLogarithmic && y - error < 1 / Axis.largest ? y : y - error, y + error)
    }
  }

  /// Stretches of points that can be drawn, unbroken by gaps; on a logarithmic axis only those above 0.
  func stretches(isLogarithmic: Bool) -> [[Figure.Point]] {
    var stretches: [[Figure.Point]] = [[]]
    for (x, y) in zip(x, y) {
      if abs(x) <= Axis.largest, abs(y) <= Axis.largest, !isLogarithmic || y >= 1 / Axis.largest {
        stretches[stretches.count - 1].append(Figure.Point(x, y))
      } else if stretches.last?.isEmpty == false {
        stretches.append([])
      }
    }
    return stretches.filter { !$0.isEmpty }
  }
}
