import Angiography
import Imaging

/// What a colour or a line means.
struct LegendEntry: Hashable {
  enum Sign: Hashable {
    case area(Colour)
    case line(Figure.Stroke)
    case scale(ColourMap)
  }

  var sign: Sign
  var text: String
}

extension Sheet {
  private static let lineHeight: Double = 16

  /// Adds the entries, each once, from left to right in as many lines as they need.
  mutating func addLegend(_ entries: [LegendEntry]) {
    var seen: Set<LegendEntry> = []
    let entries = entries.filter { seen.insert($0).inserted }
    guard !entries.isEmpty else { return }
    var x = Self.margin
    y += 6
    for entry in entries {
      let signWidth: Double = if case .scale = entry.sign { 68 } else { 16 }
      let textWidth = Typography.width(of: entry.text, size: Typography.body)
      if x > Self.margin, x + signWidth + 5 + textWidth > width - Self.margin {
        x = Self.margin
        y += Self.lineHeight
      }
      add(entry.sign, at: Figure.Rectangle(x: x, y: y + 1, width: signWidth, height: 9))
      labels.append(
        Figure.Label(
          entry.text, at: Figure.Point(x + signWidth + 5, y + 5.5), vertical: .middle,
          maximumWidth: max(width - Self.margin - x - signWidth - 5, 20)))
      x += signWidth + 5 + textWidth + 12
    }
    y += 11
  }

  private mutating func add(_ sign: LegendEntry.Sign, at frame: Figure.Rectangle) {
    switch sign {
    case .area(let colour):
      marks.append(Figure.Mark("legend", .rectangle(frame), fill: colour))
    case .line(let stroke):
      let middle = frame.center.y
      marks.append(
        Figure.Mark(
          "legend", .polyline([Figure.Point(frame.x, middle), Figure.Point(frame.right, middle)]),
          stroke: Figure.Stroke(stroke.colour, width: max(stroke.width, 1.8), dash: stroke.dash)))
    case .scale(let map):
      let ramp = Plane(width: 64, height: 1, pixels: (0..<64).map { Float($0) / 63 })
      let bar = Figure.Rectangle(x: frame.x + 9, y: frame.y, width: 48, height: frame.height)
      layers.append(Figure.Layer(.plane(ramp, map), in: bar))
      labels.append(
        Figure.Label("0", at: Figure.Point(bar.x - 3, bar.center.y), horizontal: .right, vertical: .middle))
      labels.append(Figure.Label("1", at: Figure.Point(bar.right + 3, bar.center.y), vertical: .middle))
    }
  }
}
