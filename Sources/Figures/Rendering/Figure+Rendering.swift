/// The files a figure can be written as.
public enum FigureFormat: String, Sendable, Hashable, CaseIterable {
  case png, pgm, svg, pdf
}

extension Figure {
  /// Device pixels to a point when nothing else is asked: sharp on the screens of today.
  public static let defaultScale: Double = 2

  /// The figure as a file of `format` in memory.
  ///
  /// - Parameter scale: pixels to a point, for PNG and for PGM of anything but a sole grey image.
  public func file(_ format: FigureFormat, scale: Double = Figure.defaultScale) throws(FigureError) -> [UInt8] {
    switch format {
    case .png: try png(scale: scale)
    case .pgm: try pgm(scale: scale)
    case .svg: try svg()
    case .pdf: try pdf()
    }
  }

  /// The rasterised figure, opaque, `scale` pixels to a point.
  public func pixels(scale: Double = Figure.defaultScale) throws(FigureError) -> ColourPixels {
    try drawn(on: .pixels(scale: scale)).colourPixels()
  }

  /// A PNG of 8-bit RGB, `scale` pixels to a point; an animated one where drawings take turns, which readers that know no
  /// animation show as the first.
  ///
  /// - Throws: `figure-sizes-differ` for turns of another size, besides what drawing throws.
  public func png(scale: Double = Figure.defaultScale) throws(FigureError) -> [UInt8] {
    let first = try drawn(on: .pixels(scale: scale)).finishedFile()
    guard !turns.isEmpty else { return first }
    var files = [first]
    for turn in turns {
      guard turn.size == size else {
        throw .sizesDiffer(
          what: "a drawing that takes turns", width: Int(turn.size.width), height: Int(turn.size.height),
          expectedWidth: Int(size.width), expectedHeight: Int(size.height))
      }
      files.append(try turn.drawn(on: .pixels(scale: scale)).finishedFile())
    }
    return animatedPNG(files, seconds: Self.secondsOfTurn)
  }

  /// A self-contained SVG 1.1 document: images are inlined, letters are outlines.
  ///
  /// Identifiers in it are made from its content, so that several such documents can stand in one page.
  public func svg() throws(FigureError) -> [UInt8] {
    renumbered(try drawn(on: .svg).finishedFile())
  }

  /// A PDF of one page of the figure's size.
  public func pdf() throws(FigureError) -> [UInt8] {
    try drawn(on: .pdf).finishedFile()
  }

  /// Throws what drawing would throw for its size, without drawing.
  public func check(scale: Double = Figure.defaultScale) throws(FigureError) {
    guard size.width > 0, size.height > 0 else { throw .nothingToDraw(what: "an empty page") }
    _ = try Canvas.extent(of: size, scale: scale)
  }

  func drawn(on kind: Canvas.Kind) throws(FigureError) -> Canvas {
    guard size.width > 0, size.height > 0 else { throw .nothingToDraw(what: "an empty page") }
    if case .pixels(let scale) = kind { precondition(scale > 0, "a figure is drawn at a positive scale") }
    let canvas = try Canvas(kind, size: size)
    try canvas.draw(self)
    return canvas
  }
}
