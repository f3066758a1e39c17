import Angiography
import Figures
import Imaging
import Tensors

extension Tensor {
  /// One channel of one image of `[batch, height, width, channels]`.
  func plane(image: Int, channel: Int = 0) -> Plane {
    let (height, width, channels) = (shape[1], shape[2], shape[3])
    let first = image * height * width * channels + channel
    let values = values
    return Plane(width: width, height: height, pixels: (0..<height * width).map { values[first + $0 * channels] })
  }
}

/// Tensors that are pictures: one map, `[height, width]` or `[height, width, channels]`, or a batch of them.
extension TensorValue {
  /// The maps as `[batch, height, width, channels]`; `nil` for a tensor that is no picture, such as verdicts or weights.
  private var maps: Tensor? {
    let axes: [Int]
    switch shape.count {
    case 2: axes = [1] + shape + [1]
    case 3: axes = [1] + shape
    case 4: axes = shape
    default: return nil
    }
    return axes[1] > 1 && axes[2] > 1 && tensor.count > 0 ? Tensor(axes, values: elements) : nil
  }

  /// The picture of a tensor that is a single map; `nil` for others.
  var plane: Plane? {
    guard let maps, maps.shape[0] == 1, maps.shape[3] == 1 else { return nil }
    return maps.plane(image: 0)
  }

  /// Its maps side by side: the images of a batch; with several channels an image a row, its channels in columns. Values
  /// outside of [0, 1] are scaled so that the least is black and the largest white.
  ///
  /// - Returns: `nil` for a tensor that is no picture.
  /// - Throws: what drawing throws.
  func figure() throws -> Figure? {
    guard let maps else { return nil }
    let (count, depth) = (maps.shape[0], maps.shape[3])
    let finite = elements.lazy.filter(\.isFinite)
    let (least, most) = (finite.min() ?? 0, finite.max() ?? 1)
    let isScaled = least < 0 || most > 1
    let scale = most > least ? 1 / (most - least) : 1
    func cell(_ image: Int, _ channel: Int) -> PanelCell {
      var picture = maps.plane(image: image, channel: channel)
      if isScaled { picture.pixels = picture.pixels.map { ($0 - least) * scale } }
      return PanelCell(.image(picture))
    }
    let (images, channels) = (min(count, Self.mostShown), min(depth, Self.mostShown))
    let rows =
      depth == 1
      ? [PanelRow(cells: (0..<images).map { cell($0, 0) })]
      : (0..<images).map { image in
        PanelRow(title: count == 1 ? "" : "[\(image)]", cells: (0..<channels).map { cell(image, $0) })
      }
    let columns =
      depth > 1
      ? (0..<channels).map { "channel \($0)" } : images > 1 ? (0..<images).map { "[\($0)]" } : []
    let isCut = images < count || channels < depth
    let notes = [isScaled ? "the least is black, the largest white" : nil, isCut ? "the first ones are shown" : nil]
    return try .panel(
      rows: rows, columnTitles: columns, caption: ([display] + notes.compactMap(\.self)).joined(separator: "; "))
  }

  /// More images or channels would be too small to see.
  private static let mostShown = 6
}
