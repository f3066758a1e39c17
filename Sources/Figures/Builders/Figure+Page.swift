extension Figure {
  /// A page to file: headings, pictures side by side, tables, paragraphs.
  public struct Page: Sendable, Hashable, Codable {
    public struct Table: Sendable, Hashable, Codable {
      public var title: String
      public var rows: [[String]]

      /// - Parameter rows: with as many texts each; the first row heads the columns.
      public init(_ title: String, rows: [[String]]) { (self.title, self.rows) = (title, rows) }
    }

    public var title: String
    /// Under the title, a line each.
    public var lines: [String]
    public var pictures: [Figure]
    public var tables: [Table]
    public var paragraphs: [String]
    /// At the foot, set off: what has to be read.
    public var warning: String

    public init(
      title: String, lines: [String], pictures: [Figure], tables: [Table], paragraphs: [String], warning: String
    ) {
      (self.title, self.lines, self.pictures) = (title, lines, pictures)
      (self.tables, self.paragraphs, self.warning) = (tables, paragraphs, warning)
    }
  }

  /// The page, as wide as A4 and at least as high.
  ///
  /// - Throws: `figure-empty` for a table without rows.
  public static func page(_ page: Page) throws(FigureError) -> Figure {
    guard page.tables.allSatisfy({ !$0.rows.isEmpty }) else { throw .nothingToDraw(what: "a table without rows") }
    var setting = PageSetting(title: page.title)
    setting.add(page.lines)
    setting.add(page.pictures)
    for table in page.tables { setting.add(table) }
    for paragraph in page.paragraphs { setting.addParagraph(paragraph) }
    setting.addWarning(page.warning)
    var figure = setting.sheet.figure(caption: ([page.title] + page.lines + [page.warning]).joined(separator: ". "))
    figure.size.height = max(figure.size.height, PageSetting.height)
    return figure
  }
}

/// A page under construction. Lengths are in points; A4 is 595 × 842.
private struct PageSetting {
  static let width = 595.0
  static let height = 842.0
  private static let edge = 36.0
  private static let lineHeight = Typography.body * 1.35

  var sheet: Sheet

  init(title: String) {
    sheet = Sheet(width: Self.width, title: nil)
    sheet.y = Self.edge
    sheet.labels.append(
      Figure.Label(
        title, at: Figure.Point(Self.edge, sheet.y), vertical: .top, size: 15, weight: .bold, maximumWidth: inside))
    sheet.y += 24
  }

  private var inside: Double { Self.width - 2 * Self.edge }

  mutating func add(_ lines: [String]) {
    for line in lines { addText(line, indent: 0) }
    sheet.y += 6
  }

  /// Side by side, of one height.
  mutating func add(_ pictures: [Figure]) {
    guard !pictures.isEmpty else { return }
    let gap = 10.0
    let ratios = pictures.map { $0.size.width / $0.size.height }
    let height = min((inside - gap * Double(pictures.count - 1)) / ratios.reduce(0, +), 300)
    var x = Self.edge
    for (picture, ratio) in zip(pictures, ratios) {
      sheet.add(picture, in: Figure.Rectangle(x: x, y: sheet.y, width: height * ratio, height: height))
      x += height * ratio + gap
    }
    sheet.y += height + 12
  }

  mutating func add(_ table: Figure.Page.Table) {
    sheet.labels.append(
      Figure.Label(
        table.title, at: Figure.Point(Self.edge, sheet.y), vertical: .top, size: Typography.title, weight: .bold,
        maximumWidth: inside))
    sheet.y += Typography.title * 1.5
    let columns = table.rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      table.rows.map { row in
        column < row.count ? Typography.width(of: row[column], size: Typography.body) + 14 : 0
      }.max() ?? 0
    }
    let shrinkage = min(1, inside / max(widths.reduce(0, +), 1))
    for (index, row) in table.rows.enumerated() {
      var x = Self.edge
      for (column, text) in row.enumerated() {
        sheet.labels.append(
          Figure.Label(
            text, at: Figure.Point(x, sheet.y), vertical: .top, weight: index == 0 ? .bold : .regular,
            maximumWidth: widths[column] * shrinkage - 4))
        x += widths[column] * shrinkage
      }
      sheet.y += Self.lineHeight
      guard index == 0 else { continue }
      addRule()
    }
    sheet.y += 8
  }

  mutating func addParagraph(_ text: String) {
    addText(text, indent: 0)
    sheet.y += 5
  }

  mutating func addWarning(_ text: String) {
    sheet.y = max(sheet.y + 6, Self.height - Self.edge - 3 * Self.lineHeight)
    addRule()
    addText(text, indent: 0, weight: .bold)
  }

  private mutating func addRule() {
    sheet.marks.append(
      Figure.Mark(
        "rule", .polyline([Figure.Point(Self.edge, sheet.y - 2), Figure.Point(Self.width - Self.edge, sheet.y - 2)]),
        stroke: Figure.Stroke(Palette.axis, width: 0.5)))
    sheet.y += 2
  }

  private mutating func addText(_ text: String, indent: Double, weight: Figure.Label.Weight = .regular) {
    for line in Typography.wrap(text, width: inside - indent, size: Typography.body, weight: weight, lines: 100) {
      sheet.labels.append(
        Figure.Label(
          line, at: Figure.Point(Self.edge + indent, sheet.y), vertical: .top, weight: weight, maximumWidth: inside))
      sheet.y += Self.lineHeight
    }
  }
}

extension Sheet {
  /// Draws a figure as large as it fits into `space`, from its upper left corner.
  mutating func add(_ figure: Figure, in space: Figure.Rectangle) {
    let scale = min(space.width / figure.size.width, space.height / figure.size.height)
    func place(_ point: Figure.Point) -> Figure.Point {
      Figure.Point(space.x + point.x * scale, space.y + point.y * scale)
    }
    func place(_ frame: Figure.Rectangle) -> Figure.Rectangle {
      let corner = place(Figure.Point(frame.x, frame.y))
      return Figure.Rectangle(x: corner.x, y: corner.y, width: frame.width * scale, height: frame.height * scale)
    }
    layers += figure.layers.map { layer in
      var layer = layer
      layer.frame = place(layer.frame)
      return layer
    }
    marks += figure.marks.map { mark in
      var mark = mark
      switch mark.shape {
      case .polyline(let points): mark.shape = .polyline(points.map(place))
      case .polygon(let rings): mark.shape = .polygon(rings.map { $0.map(place) })
      case .rectangle(let frame): mark.shape = .rectangle(place(frame))
      case .circle(let center, let radius): mark.shape = .circle(center: place(center), radius: radius * scale)
      }
      if var stroke = mark.stroke {
        stroke.width *= scale
        stroke.dash = stroke.dash.map { $0 * scale }
        mark.stroke = stroke
      }
      return mark
    }
    labels += figure.labels.map { label in
      var label = label
      label.anchor = place(label.anchor)
      label.size *= scale
      label.maximumWidth = label.maximumWidth.map { $0 * scale }
      return label
    }
  }
}
