import Angiography

extension Canvas {
  /// Draws the whole scene.
  func draw(_ figure: Figure) throws(FigureError) {
    for layer in figure.layers {
      try draw(
        layer.premultipliedPixels(), width: layer.width, height: layer.height, in: layer.frame,
        interpolation: layer.interpolation)
    }
    for mark in figure.marks { draw(mark) }
    for label in figure.labels { draw(label) }
  }

  private func draw(_ mark: Figure.Mark) {
    switch mark.shape {
    case .polyline(let points):
      add(points)
    case .polygon(let rings):
      for ring in rings where !ring.isEmpty {
        add(ring)
        closePath()
      }
    case .rectangle(let frame):
      addRectangle(frame)
    case .circle(let center, let radius):
      addCircle(center: center, radius: radius)
    }
    if let fill = mark.fill { self.fill(fill) }
    if let stroke = mark.stroke {
      if let halo = stroke.halo { self.stroke(halo, width: stroke.width * 1.9) }
      self.stroke(stroke.colour, width: stroke.width, dash: stroke.dash)
    }
    endPath()
  }

  private func add(_ points: [Figure.Point]) {
    guard let first = points.first else { return }
    move(to: first)
    for point in points.dropFirst() { line(to: point) }
  }

  private func draw(_ label: Figure.Label) {
    let (text, size) = fitted(label)
    guard !text.isEmpty else { return }
    let start: Double =
      switch label.horizontal {
      case .left: 0
      case .center: -width(of: text) / 2
      case .right: -width(of: text)
      }
    let baseline: Double =
      switch label.vertical {
      case .top: Typography.capHeight * size
      case .middle: Typography.capHeight * size / 2
      case .baseline: 0
      }
    show(
      text, at: label.anchor, offset: Figure.Point(start, baseline), upward: label.direction == .upward,
      colour: label.colour)
  }

  /// Sets the font and gives the text as it will be shown: whole, a little smaller, or cut with an ellipsis.
  private func fitted(_ label: Figure.Label) -> (text: String, size: Double) {
    let text = String(label.text.map { $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } ? " " : $0 })
    setFont(size: label.size, bold: label.weight == .bold)
    let needed = width(of: text)
    guard let room = label.maximumWidth, needed > room, room > 0 else { return (text, label.size) }
    // Below 9 points text cannot be read at report size, so nothing shrinks further than that.
    let size = max(label.size * room / needed, min(label.size, max(Typography.body, label.size * 0.8)))
    setFont(size: size, bold: label.weight == .bold)
    guard width(of: text) > room * 1.001 else { return (text, size) }
    var kept = Array(text)
    var (low, high) = (0, kept.count)
    while low < high {
      let middle = (low + high + 1) / 2
      if width(of: String(kept[..<middle]) + "…") <= room { low = middle } else { high = middle - 1 }
    }
    kept.removeSubrange(low...)
    while kept.last == " " { kept.removeLast() }
    return (String(kept) + "…", size)
  }
}

extension Figure.Layer {
  /// `0xAARRGGBB` with colours already multiplied by alpha, as Cairo wants them.
  func premultipliedPixels() -> [UInt32] {
    switch content {
    case .plane(let plane, let map, let range):
      let colours: [UInt32] = (0...255).map { Self.word(map.colour(at: Float($0) / 255)) }
      let missing = Self.word(map.colour(at: .nan))
      let (lower, scale) = (range.lowerBound, 255 / (range.upperBound - range.lowerBound))
      return plane.pixels.map { value in
        guard !value.isNaN else { return missing }
        let level = min(max((value - lower) * scale, 0), 255)
        return level.isNaN ? missing : colours[Int(level.rounded())]
      }
    case .colour(let pixels):
      return (0..<pixels.width * pixels.height).map { index in
        let alpha = UInt32(pixels.bytes[index * 4 + 3])
        let word = (0..<3).reduce(alpha) { word, channel in
          word << 8 | (UInt32(pixels.bytes[index * 4 + channel]) * alpha + 127) / 255
        }
        return word
      }
    }
  }

  private static func word(_ colour: Colour) -> UInt32 {
    0xFF00_0000 | UInt32(colour.red) << 16 | UInt32(colour.green) << 8 | UInt32(colour.blue)
  }
}
