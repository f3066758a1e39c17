import Angiography

extension Figure {
  /// A measurement on a day.
  public struct DatedValue: Sendable, Hashable {
    public var date: CalendarDate
    public var value: Double
    public var interval: ClosedRange<Double>?

    public init(_ date: CalendarDate, _ value: Double, interval: ClosedRange<Double>? = nil) {
      (self.date, self.value, self.interval) = (date, value, interval)
    }
  }

  /// Something that was done on a day.
  public struct DatedEvent: Sendable, Hashable, Codable {
    public var date: CalendarDate
    public var text: String

    public init(_ date: CalendarDate, _ text: String) { (self.date, self.text) = (date, text) }
  }

  /// A measurement against the date, each with its interval, and a numbered line for each event; a list below says what they are.
  ///
  /// - Parameters:
  ///   - values: in the order of their dates.
  ///   - span: what the intervals are; in the legend where there is one.
  /// - Throws: `figure-empty` without values.
  public static func course(
    _ values: [DatedValue], events: [DatedEvent] = [], yLabel: String, span: String, title: String? = nil,
    caption: String? = nil, width: Double = 520
  ) throws(FigureError) -> Figure {
    guard !values.isEmpty else { throw .nothingToDraw(what: "a course") }
    var sheet = Sheet(width: width, title: title)
    let ends = values.flatMap { [$0.value, $0.interval?.lowerBound, $0.interval?.upperBound].compactMap(\.self) }
    // An area is seen against nothing.
    let y = Axis.linear(covering: ends + [0], about: 6)
    let numbers = y.ticks.map { Typography.width(of: $0.text, size: Typography.body) }.max() ?? 0
    let left = (Sheet.margin + Typography.body + 14 + numbers).rounded(.up)
    let side = width - left - Sheet.margin - 12
    let crowd = Self.crowd(events)
    let x = Axis.dates(values.map(\.date) + events.map(\.date), named: values.map(\.date), width: side)
    let plot = Plot(
      frame: Rectangle(
        x: left, y: sheet.y + (events.isEmpty ? 6 : 18 + Double(crowd) * Typography.body), width: side, height: 210),
      x: x, y: y)
    plot.addAxes(to: &sheet, yLabel: yLabel, numbersBelow: true)
    let stroke = Stroke(Palette.vermillion, width: 1.2, dash: Plot.dash)
    // Numbers that would touch the last one stand above it.
    var (lastPlace, level) = (-Double.infinity, 0)
    for (index, event) in events.enumerated() {
      let place = plot.point(Point(Double(event.date.dayNumber), y.lower)).x
      sheet.marks.append(
        Mark("event", .polyline([Point(place, plot.frame.y), Point(place, plot.frame.bottom)]), stroke: stroke))
      level = place - lastPlace < 14 ? level + 1 : 0
      lastPlace = place
      sheet.labels.append(
        Label(
          "\(index + 1)", at: Point(place, plot.frame.y - 4 - Double(level) * Typography.body), horizontal: .center,
          colour: Palette.vermillion.forText))
    }
    let points = values.map { plot.point(Point(Double($0.date.dayNumber), $0.value)) }
    if points.count > 1 {
      sheet.marks.append(Mark("course", .polyline(points), stroke: Stroke(Palette.blue.opacity(0.55), width: 1.2)))
    }
    let bars = values.compactMap { value in
      value.interval.map { (x: Double(value.date.dayNumber), lower: $0.lowerBound, upper: $0.upperBound) }
    }
    plot.addErrorBars(bars, colour: Palette.blue, to: &sheet)
    sheet.marks += points.map { Mark("visit", .circle(center: $0, radius: 3), fill: Palette.blue) }
    sheet.y = plot.frame.bottom + 7 + Typography.body + 4
    sheet.addLegend(
      (bars.isEmpty ? [] : [LegendEntry(sign: .line(Stroke(Palette.blue, width: 1)), text: span)])
        + events.enumerated().map { index, event in
          LegendEntry(sign: .line(stroke), text: "\(index + 1): \(event.date) \(event.text)")
        })
    return sheet.figure(caption: caption)
  }
}

extension Figure {
  /// How many numbers of events can stand above another one: those of a month, at the most.
  private static func crowd(_ events: [DatedEvent]) -> Int {
    let days = events.map(\.date.dayNumber)
    return (days.map { day in days.count { abs($0 - day) < 31 } }.max() ?? 1) - 1
  }
}

extension Axis {
  /// Days, with a tick at each of the named ones; where their names would touch, only at some.
  ///
  /// - Parameter width: of the axis, in points.
  static func dates(_ dates: [CalendarDate], named: [CalendarDate], width: Double) -> Axis {
    let days = dates.map { Double($0.dayNumber) }
    let (first, last) = (days.min() ?? 0, days.max() ?? 1)
    // Room for what stands at the ends.
    let room = max((last - first) * 0.07, 3)
    let (lower, upper) = (first - room, last + room)
    var free = -Double.infinity
    var ticks: [Tick] = []
    for date in named.sorted() {
      let place = (Double(date.dayNumber) - lower) / (upper - lower) * width
      let text = date.description
      let half = Typography.width(of: text, size: Typography.body) / 2
      let isRoom = place - half > free
      ticks.append(Tick(value: Double(date.dayNumber), text: isRoom ? text : ""))
      if isRoom { free = place + half + 8 }
    }
    return Axis(lower: lower, upper: upper, isLogarithmic: false, ticks: ticks)
  }
}
