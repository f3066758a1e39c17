extension Plane {
  /// The same inside a field, and 0 outside.
  package func cleared(outside field: Mask) -> Plane {
    precondition(width == field.width && height == field.height, "a field of the plane's size")
    var result = self
    for place in result.pixels.indices where !field.pixels[place] { result.pixels[place] = 0 }
    return result
  }
}
