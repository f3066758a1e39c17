import Angiography
import Imaging

/// Every second pixel of an image at 512 px, one at least: what trees learn from and judge. Features are of the whole image.
struct PixelGrid {
  let width, height: Int
  /// Pixels of the image to one of the grid, in each direction.
  let step: Int
  private let imageWidth, imageHeight: Int
  /// Which of its pixels lie inside the field of view, in ascending order.
  let places: [Int32]
  let field: Mask
  private let imageField: Mask

  init(_ field: Mask) {
    imageField = field
    (imageWidth, imageHeight) = (field.width, field.height)
    step = max(1, Int((Double(max(imageWidth, imageHeight)) / 256).rounded(.down)))
    (width, height) = ((imageWidth + step - 1) / step, (imageHeight + step - 1) / step)
    let pixels = Self.chosen(field.pixels, imageWidth, imageHeight, step)
    self.field = Mask(width: width, height: height, pixels: pixels)
    places = pixels.indices.filter { pixels[$0] }.map(Int32.init)
  }

  /// A σ in pixels of 512, in those of the grid.
  func sigma(_ scale: Double) -> Double { max(0.5, scale * Double(max(width, height)) / 512) }

  /// What a pixel has more than that which lies opposite, across the horizontal line through the field's middle; 0 where
  /// nothing lies there.
  func mirrorDifference(_ plane: Plane) -> [Float] {
    let rows = field.boundingBox?.rows ?? 0..<height
    var result = [Float](repeating: 0, count: width * height)
    for place in places.map(Int.init) {
      let opposite = rows.lowerBound + rows.upperBound - 1 - place / width
      let other = opposite * width + place % width
      if field.pixels[other] { result[place] = plane.pixels[place] - plane.pixels[other] }
    }
    return result
  }

  /// A place of the image on the grid.
  func sampled(_ place: Landmark) -> Landmark {
    Landmark(x: place.x / Double(step), y: place.y / Double(step), confidence: place.confidence)
  }

  func sampled(_ plane: Plane) -> Plane {
    Plane(width: width, height: height, pixels: Self.chosen(plane.pixels, imageWidth, imageHeight, step))
  }

  func sampled(_ mask: Mask) -> Mask {
    Mask(width: width, height: height, pixels: Self.chosen(mask.pixels, imageWidth, imageHeight, step))
  }

  private static func chosen<Value>(_ values: [Value], _ width: Int, _ height: Int, _ step: Int) -> [Value] {
    stride(from: 0, to: height, by: step).flatMap { y in
      stride(from: 0, to: width, by: step).map { x in values[y * width + x] }
    }
  }

  /// A plane of the grid whose pixels of the field have these values, in the order of `places`; 0 elsewhere.
  func plane(_ values: [Float]) -> Plane {
    var plane = Plane(width: width, height: height)
    for (place, value) in zip(places, values) { plane.pixels[Int(place)] = value }
    return plane
  }

  /// A plane of the grid at the image's size, bilinear between the pixels of the field that it has; 0 outside the field.
  func restored(_ plane: Plane) -> Plane {
    guard step > 1 else { return plane.values(inside: field) }
    let (values, weights) = (enlarged(plane.values(inside: field)), enlarged(field.plane))
    var result = values
    for place in result.pixels.indices {
      let isInside = imageField.pixels[place] && weights.pixels[place] > 0
      result.pixels[place] = isInside ? values.pixels[place] / weights.pixels[place] : 0
    }
    return result
  }

  private func enlarged(_ plane: Plane) -> Plane {
    let map = AffineMap.scaling(x: 1 / Double(step), y: 1 / Double(step))
      .followed(by: .translation(x: 0.5 - 0.5 / Double(step), y: 0.5 - 0.5 / Double(step)))
    var result = plane.resampled(width: imageWidth, height: imageHeight, through: map)
    // Beyond the last pixel of the grid lies no other: it goes on.
    for y in 0..<imageHeight {
      for x in 0..<imageWidth where x > (width - 1) * step || y > (height - 1) * step {
        result[x, y] = plane[min(x / step, width - 1), min(y / step, height - 1)]
      }
    }
    return result
  }
}

extension Plane {
  fileprivate func values(inside field: Mask) -> Plane {
    Plane(width: width, height: height, pixels: zip(pixels, field.pixels).map { $1 ? $0 : 0 })
  }
}
