extension Figure {
  /// Where each of several values was taken: numbers along one quantity, or words of which each value has one.
  public struct Scatter: Sendable, Hashable {
    public enum Places: Sendable, Hashable {
      case numbers([Double])
      /// The words from left to right, and the place of each value's among them.
      case words([String], [Int])
    }

    public var name: String
    public var places: Places

    public init(_ name: String, _ places: Places) {
      self.name = name
      self.places = places
    }
  }

  /// The same values over one quantity after another: a panel each, all over one vertical axis, with one value marked in
  /// every panel.
  ///
  /// - Parameters:
  ///   - scatters: each with as many places as there are values.
  ///   - marked: the place of the value that is marked, and what it is.
  /// - Throws: `figure-empty` without scatters.
  public static func scatters(
    _ scatters: [Scatter], values: [Double], yLabel: String, marked: (index: Int, name: String), title: String? = nil,
    caption: String? = nil, width: Double = Figure.reportWidth
  ) throws(FigureError) -> Figure {
    guard !scatters.isEmpty else { throw .nothingToDraw(what: "a row of scatter plots") }
    var sheet = Sheet(width: width, title: title)
    let columns = min(3, scatters.count)
    let y = Axis.linear(covering: values)
    let numbers = y.ticks.map { Typography.width(of: $0.text, size: Typography.body) }.max() ?? 0
    let left = Sheet.margin + Typography.body + 14 + numbers
    let column = min((width - left - Sheet.margin) / Double(columns), 260)
    for start in stride(from: 0, to: scatters.count, by: columns) {
      let top = sheet.y + 6
      var bottom = top
      for (place, scatter) in scatters[start..<min(start + columns, scatters.count)].enumerated() {
        let plot = Plot(
          frame: Rectangle(x: left + Double(place) * column, y: top, width: column - 22, height: 120),
          x: scatter.axis, y: y)
        plot.addAxes(to: &sheet, yLabel: yLabel, numbersBelow: true, isFirst: place == 0)
        let below = scatter.addWords(below: plot, to: &sheet)
        let name = sheet.addCentred(
          scatter.name, x: plot.frame.x, width: plot.frame.width, top: plot.frame.bottom + below, size: Typography.body)
        bottom = max(bottom, plot.frame.bottom + below + name)
        plot.add(scatter, values: values, marked: marked.index, to: &sheet)
      }
      sheet.y = bottom + 4
    }
    sheet.addLegend([
      LegendEntry(sign: .area(Palette.vermillion), text: marked.name),
      LegendEntry(sign: .area(Palette.blue.opacity(0.55)), text: "the others"),
    ])
    return sheet.figure(caption: caption)
  }
}

extension Figure.Scatter {
  fileprivate var axis: Axis {
    switch places {
    case .numbers(let numbers): .linear(covering: numbers, about: 3, whole: numbers.allSatisfy { $0.rounded() == $0 })
    case .words(let words, _): Axis(lower: 0, upper: Double(max(1, words.count)), isLogarithmic: false, ticks: [])
    }
  }

  fileprivate var positions: [Double] {
    switch places {
    case .numbers(let numbers): numbers
    case .words(_, let indices): indices.map { Double($0) + 0.5 }
    }
  }

  /// Writes words where an axis has no numbers.
  ///
  /// - Returns: how far below the axis the next thing goes.
  fileprivate func addWords(below plot: Plot, to sheet: inout Sheet) -> Double {
    guard case .words(let words, _) = places else { return 9 + Typography.body * Typography.leading }
    let column = plot.frame.width / Double(max(1, words.count))
    let heights = words.enumerated().map { index, word in
      sheet.addCentred(
        word, x: plot.frame.x + Double(index) * column, width: column, top: plot.frame.bottom + 7,
        size: Typography.body, colour: Palette.faintInk)
    }
    return 9 + (heights.max() ?? 0)
  }
}

extension Plot {
  /// The marked value lies over the others.
  fileprivate func add(_ scatter: Figure.Scatter, values: [Double], marked: Int, to sheet: inout Sheet) {
    let points = zip(scatter.positions, values).map { Figure.Point($0, $1) }
    precondition(points.count == values.count && points.indices.contains(marked), "each value has its place")
    for (index, point) in points.enumerated() where index != marked && abs(point.y) <= Axis.largest {
      sheet.marks.append(
        Figure.Mark(
          scatter.name, .circle(center: self.point(point), radius: 2.2), fill: Palette.blue.opacity(0.55)))
    }
    sheet.marks.append(
      Figure.Mark("marked", .circle(center: point(points[marked]), radius: 3.4), fill: Palette.vermillion))
  }
}
