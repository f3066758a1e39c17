import Angiography
import Imaging

/// One picture of a panel with the words under it.
public struct PanelCell: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    /// Grey in [0, 1].
    case image(Plane)
    /// Grey in [0, 1], a dark one drawn brighter (`Plane.drawnRange`); so are those that lie under outlines and agreement.
    case angiogram(Plane)
    /// A probability in [0, 1], in colours.
    case probability(Plane)
    /// White on black.
    case mask(Mask)
    /// Each in a colour of its own, on black.
    case regions(LabelMap)
    case outlined(Plane, [Outline])
    case agreement(Agreement)
    /// Left blank: a method that has no answer for this image.
    case empty
  }

  public var content: Content
  /// A few words under the picture, such as `DSC 81.2 %`.
  public var caption: String?

  public init(_ content: Content, caption: String? = nil) {
    self.content = content
    self.caption = caption
  }
}

/// One line of a panel: an image under every method.
public struct PanelRow: Sendable, Hashable {
  /// Written upward at the left edge; may be empty.
  public var title: String
  public var cells: [PanelCell]

  public init(title: String = "", cells: [PanelCell]) {
    self.title = title
    self.cells = cells
  }
}

extension PanelCell.Content {
  /// Size in pixels; `nil` for an empty cell.
  var pixelSize: (width: Int, height: Int)? {
    switch self {
    case .image(let plane), .angiogram(let plane), .probability(let plane), .outlined(let plane, _):
      (plane.width, plane.height)
    case .mask(let mask): (mask.width, mask.height)
    case .regions(let regions): (regions.width, regions.height)
    case .agreement(let agreement): (agreement.image.width, agreement.image.height)
    case .empty: nil
    }
  }

  /// What has to be explained of a picture `width` points wide.
  func legend(width: Double) -> [LegendEntry] {
    switch self {
    case .outlined(let plane, let outlines): outlines.map(\.legend) + brightening(plane)
    case .agreement(let agreement): agreement.legend(width: width) + brightening(agreement.image)
    case .probability: [LegendEntry(sign: .scale(.probability), text: "probability")]
    case .angiogram(let plane): brightening(plane)
    case .image, .mask, .regions, .empty: []
    }
  }

  private func brightening(_ plane: Plane) -> [LegendEntry] {
    guard plane.drawnRange != 0...1 else { return [] }
    return [LegendEntry(sign: .area(Palette.white), text: "the brightest pixel of a dark angiogram")]
  }

  func checkSizes() throws(FigureError) {
    guard case .outlined(let plane, let outlines) = self else { return }
    for outline in outlines { try outline.mask.check(on: plane, what: "the outline \"\(outline.name)\"") }
  }
}

extension Sheet {
  /// Draws a picture as large as it fits into `space`, centred.
  mutating func add(_ content: PanelCell.Content, in space: Figure.Rectangle) {
    guard let (width, height) = content.pixelSize else { return }
    let frame = space.fitting(width: width, height: height)
    switch content {
    case .image(let plane):
      layers.append(Figure.Layer(.plane(plane, .grey), in: frame))
    case .angiogram(let plane):
      layers.append(Figure.Layer(.plane(plane, .grey, range: plane.drawnRange), in: frame))
    case .probability(let plane):
      layers.append(Figure.Layer(.plane(plane, .probability), in: frame))
    case .mask(let mask):
      layers.append(Figure.Layer(.plane(mask.plane, .grey), in: frame, interpolation: .nearest))
    case .regions(let regions):
      layers.append(Figure.Layer(.colour(ColourPixels(regions)), in: frame, interpolation: .nearest))
    case .outlined(let plane, let outlines):
      layers.append(Figure.Layer(.plane(plane, .grey, range: plane.drawnRange), in: frame))
      // Veils of several masks would mix into colours that the legend does not have.
      let veil = outlines.count == 1 ? 0.22 : 0
      marks += outlines.compactMap { $0.mark(in: frame, veil: veil) }
    case .agreement(let agreement):
      layers.append(Figure.Layer(.plane(agreement.image, .grey, range: agreement.image.drawnRange), in: frame))
      layers.append(Figure.Layer(.colour(agreement.colours()), in: frame, interpolation: .nearest))
      if space.width >= Agreement.outlinedWidth {
        marks += agreement.outlines.compactMap { $0.mark(in: frame, veil: 0) }
      }
    case .empty:
      break
    }
  }
}
