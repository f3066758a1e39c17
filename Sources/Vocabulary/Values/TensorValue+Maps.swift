import Angiography
import Figures

/// Tensors that are pictures: one map, `[height, width]` or `[height, width, channels]`, or a batch of them.
extension TensorValue {
  /// The axes of a picture; `nil` for a tensor that is none, such as verdicts or weights.
  private var maps: (count: Int, height: Int, width: Int, channels: Int)? {
    let maps: (count: Int, height: Int, width: Int, channels: Int)
    switch shape.count {
    case 2: maps = (1, shape[0], shape[1], 1)
    case 3: maps = (1, shape[0], shape[1], shape[2])
    case 4: maps = (shape[0], shape[1], shape[2], shape[3])
    default: return nil
    }
    return maps.height > 1 && maps.width > 1 && maps.count > 0 && maps.channels > 0 ? maps : nil
  }

  /// The picture of a tensor that is a single map; `nil` for others.
  var plane: Plane? {
    guard let maps, maps.count == 1, maps.channels == 1 else { return nil }
    return plane(0, 0)
  }

  private func plane(_ image: Int, _ channel: Int) -> Plane {
    guard let maps else { preconditionFailure("only maps have planes") }
    let first = image * maps.height * maps.width * maps.channels + channel
    let pixels = (0..<maps.height * maps.width).map { elements[first + $0 * maps.channels] }
    return Plane(width: maps.width, height: maps.height, pixels: pixels)
  }

  /// Its maps side by side: the images of a batch; with several channels an image a row, its channels in columns. Values
  /// outside of [0, 1] are scaled so that the least is black and the largest white.
  ///
  /// - Returns: `nil` for a tensor that is no picture.
  /// - Throws: what drawing throws.
  func figure() throws -> Figure? {
    guard let maps else { return nil }
    let finite = elements.lazy.filter(\.isFinite)
    let (least, most) = (finite.min() ?? 0, finite.max() ?? 1)
    let isScaled = least < 0 || most > 1
    let scale = most > least ? 1 / (most - least) : 1
    func cell(_ image: Int, _ channel: Int) -> PanelCell {
      var picture = plane(image, channel)
      if isScaled { picture.pixels = picture.pixels.map { ($0 - least) * scale } }
      return PanelCell(.image(picture))
    }
    let (images, channels) = (min(maps.count, Self.mostShown), min(maps.channels, Self.mostShown))
    let rows =
      maps.channels == 1
      ? [PanelRow(cells: (0..<images).map { cell($0, 0) })]
      : (0..<images).map { image in
        PanelRow(title: maps.count == 1 ? "" : "[\(image)]", cells: (0..<channels).map { cell(image, $0) })
      }
    let columns =
      maps.channels > 1
      ? (0..<channels).map { "channel \($0)" } : images > 1 ? (0..<images).map { "[\($0)]" } : []
    let isCut = images < maps.count || channels < maps.channels
    let notes = [isScaled ? "the least is black, the largest white" : nil, isCut ? "the first ones are shown" : nil]
    return try .panel(
      rows: rows, columnTitles: columns, caption: ([display] + notes.compactMap(\.self)).joined(separator: "; "))
  }

  /// More images or channels would be too small to see.
  private static let mostShown = 6
}
