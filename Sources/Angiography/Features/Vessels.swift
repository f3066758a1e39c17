/// The bright vessels of an angiogram: where a white top-hat by discs of radius 3, 6 and 10 of 512 pixels, on the grey
/// relative to its background and averaged over 3 pixels, exceeds 0.4, in connected pieces of at least 160 pixels of 512².
///
/// Simple and fast, and meant as a landmark: capillaries are too faint for it, leakage with a sharp edge may pass.
///
/// - Parameter unit: pixels of the image to one of a frame 512 wide.
public func findVessels(_ image: Plane, within field: Mask, unit: Double = 1) -> Mask {
  findVessels(relative: relativeGrey(image, within: field, unit: unit), within: field, unit: unit)
}

/// The same, from grey ÷ background.
func findVessels(relative: Plane, within field: Mask, unit: Double) -> Mask {
  let smooth = relative.windowMean(side: 3, within: field)
  var vessels = Mask(width: relative.width, height: relative.height)
  for radius in [3.0, 6, 10] {
    let opened = smooth.opened(radius: radiusInPixels(radius, unit: unit), within: field)
    for i in vessels.pixels.indices where field.pixels[i] && smooth.pixels[i] - opened.pixels[i] > 0.4 {
      vessels.pixels[i] = true
    }
  }
  return vessels.withoutComponents(smallerThan: Int((160 * unit * unit).rounded()))
}

/// Grey ÷ the mean grey of the background scale, in the field; 0 outside.
func relativeGrey(_ image: Plane, within field: Mask, unit: Double) -> Plane {
  image.dividedInside(field, by: image.background(within: field, unit: unit))
}

extension Plane {
  /// The mean grey around, over the window that the dark threshold calls background.
  func background(within field: Mask, unit: Double) -> Plane {
    windowMean(side: windowSide(Feature.backgroundScale, unit: unit), within: field)
  }

  /// This ÷ the other inside the field, where the other is at least the least background; 0 outside.
  func dividedInside(_ field: Mask, by other: Plane) -> Plane {
    var result = Plane(width: width, height: height)
    for i in pixels.indices where field.pixels[i] {
      result.pixels[i] = pixels[i] / max(other.pixels[i], Feature.leastBackground)
    }
    return result
  }
}

extension Mask {
  /// The set without its pieces, connected over shared sides, of fewer than `area` pixels.
  public func withoutComponents(smallerThan area: Int) -> Mask {
    var rest = self
    var result = self
    for start in pixels.indices where rest.pixels[start] {
      let component = floodTaking(&rest, from: start)
      if component.count < area { for index in component { result.pixels[index] = false } }
    }
    return result
  }
}

/// The side of a window that reaches `scale` to each side, at least one pixel.
func windowSide(_ scale: Double, unit: Double) -> Int { 2 * radiusInPixels(scale, unit: unit) + 1 }

/// A scale as a whole number of pixels, at least one.
func radiusInPixels(_ scale: Double, unit: Double) -> Int { max(1, Int((scale * unit).rounded())) }
