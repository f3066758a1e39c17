import Kernels

extension Mask {
  /// The connected components, numbered in raster order of their first pixels; SciPy's and scikit-image's `label`.
  ///
  /// Cost: linear in the pixels.
  public func components(_ connectivity: Connectivity = .eight) -> LabelMap {
    LabelMap(width: width, height: height, of: labelled(pixels, width: width, connectivity))
  }

  /// The set without components of fewer than `area` pixels: islands.
  public func withoutComponents(smallerThan area: Int, _ connectivity: Connectivity = .eight) -> Mask {
    let components = components(connectivity)
    let areas = components.areas
    return components.mask { areas[$0 - 1] >= area }
  }

  /// The component with most pixels, the first of several; empty when the set is.
  public func largestComponent(_ connectivity: Connectivity = .eight) -> Mask {
    let components = components(connectivity)
    let areas = components.areas
    guard let largest = areas.indices.max(by: { (areas[$0], $1) < (areas[$1], $0) }) else { return self }
    return components.mask(of: largest + 1)
  }

  /// The set with its holes: pixels from which no path leads to the rim of the picture outside the set. SciPy's
  /// `binary_fill_holes` where the set is joined by eight neighbours, and so its outside by four.
  ///
  /// - Parameters:
  ///   - area: holes of more pixels stay; nil fills them all.
  ///   - connectivity: of the set.
  public func holesFilled(upTo area: Int? = nil, _ connectivity: Connectivity = .eight) -> Mask {
    let outside = complement.components(connectivity == .eight ? .four : .eight)
    var isOpen = [Bool](repeating: false, count: outside.count + 1)
    for x in 0..<width {
      isOpen[outside[x, 0]] = true
      isOpen[outside[x, height - 1]] = true
    }
    for y in 0..<height {
      isOpen[outside[0, y]] = true
      isOpen[outside[width - 1, y]] = true
    }
    if let area {
      for (index, size) in outside.areas.enumerated() where size > area { isOpen[index + 1] = true }
    }
    isOpen[0] = false
    return Mask(width: width, height: height, pixels: outside.labels.map { !isOpen[Int($0)] })
  }
}
