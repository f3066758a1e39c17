/// A figure under construction: a page of fixed width that is filled from the top.
struct Sheet {
  static let margin: Double = 8
  /// Between neighbouring images.
  static let gap: Double = 4

  var layers: [Figure.Layer] = []
  var marks: [Figure.Mark] = []
  var labels: [Figure.Label] = []
  let width: Double
  /// Where the next thing goes, from the top of the page.
  var y = Sheet.margin

  /// Starts a page, with its title in up to two lines where there is one.
  init(width: Double, title: String?) {
    self.width = width
    guard let title, !title.isEmpty else { return }
    let lines = Typography.wrap(title, width: inside, size: Typography.title, weight: .bold, lines: 2)
    for line in lines {
      labels.append(
        Figure.Label(
          line, at: Figure.Point(Self.margin, y), vertical: .top, size: Typography.title, weight: .bold,
          maximumWidth: inside))
      y += Typography.title * Typography.leading
    }
    y += 4
  }

  /// The width between the margins.
  var inside: Double { width - 2 * Self.margin }

  /// Writes text as up to `lines` centred lines under `top`; gives the height taken.
  @discardableResult
  mutating func addCentred(
    _ text: String, x: Double, width: Double, top: Double, size: Double, weight: Figure.Label.Weight = .regular,
    colour: Colour = Palette.ink, lines: Int = 2, bottomAligned height: Double? = nil
  ) -> Double {
    let wrapped = Typography.wrap(text, width: width, size: size, weight: weight, lines: lines)
    let taken = Double(wrapped.count) * size * Typography.leading
    let start = top + (height.map { $0 - taken } ?? 0)
    for (index, line) in wrapped.enumerated() {
      labels.append(
        Figure.Label(
          line, at: Figure.Point(x + width / 2, start + Double(index) * size * Typography.leading),
          horizontal: .center, vertical: .top, size: size, weight: weight, colour: colour, maximumWidth: width))
    }
    return taken
  }

  func figure(caption: String? = nil) -> Figure {
    Figure(
      size: Figure.Size(width: width, height: (y + Self.margin).rounded(.up)), layers: layers, marks: marks,
      labels: labels, caption: caption)
  }
}
