import CCairo

/// A Cairo surface with its context: the only place that speaks to the C library.
final class Canvas {
  enum Kind {
    /// A white page of pixels, `scale` to a point.
    case pixels(scale: Double)
    case svg
    /// For the inside of a page: no ground, and stand-ins for the page's own colours.
    case pageSVG
    case pdf
  }

  /// Cairo's own limit for a side of an image.
  static let largestSide = 32_767
  /// Enough for print; no vector file needs to carry more pixels than this in an inch.
  private static let embeddedPixelsPerPoint = 300.0 / 72

  private let kind: Kind
  private let surface: OpaquePointer
  private let context: OpaquePointer
  private let sink = Sink()

  /// The pixels of a page, where it has no more than can be drawn.
  static func extent(of size: Figure.Size, scale: Double) throws(FigureError) -> (width: Double, height: Double) {
    let width = (size.width * scale).rounded(.up)
    let height = (size.height * scale).rounded(.up)
    guard width < Double(largestSide), height < Double(largestSide), width * height < 200e6 else {
      throw .tooLarge(width: Int(min(width, 1e9)), height: Int(min(height, 1e9)), limit: largestSide)
    }
    return (width, height)
  }

  init(_ kind: Kind, size: Figure.Size) throws(FigureError) {
    self.kind = kind
    let collector = Unmanaged.passUnretained(sink).toOpaque()
    switch kind {
    case .pixels(let scale):
      let (width, height) = try Self.extent(of: size, scale: scale)
      surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(max(width, 1)), Int32(max(height, 1)))
    case .svg, .pageSVG:
      surface = cairo_svg_surface_create_for_stream(Sink.write, collector, size.width, size.height)
    case .pdf:
      surface = cairo_pdf_surface_create_for_stream(Sink.write, collector, size.width, size.height)
      // The same figure is the same file, whenever it is drawn.
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "")
    }
    context = cairo_create(surface)
    if case .pixels(let scale) = kind { cairo_scale(context, scale, scale) }
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT)
    cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
    if case .pageSVG = kind {
    } else {
      set(Palette.page)
      cairo_paint(context)
    }
    try check()
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  // MARK: Paths

  func move(to point: Figure.Point) { cairo_move_to(context, point.x, point.y) }
  func line(to point: Figure.Point) { cairo_line_to(context, point.x, point.y) }
  func closePath() { cairo_close_path(context) }

  func addRectangle(_ frame: Figure.Rectangle) {
    cairo_rectangle(context, frame.x, frame.y, frame.width, frame.height)
  }

  func addCircle(center: Figure.Point, radius: Double) {
    cairo_new_sub_path(context)
    cairo_arc(context, center.x, center.y, radius, 0, 2 * Double.pi)
    cairo_close_path(context)
  }

  /// Fills the path and keeps it.
  func fill(_ colour: Colour) {
    set(colour)
    cairo_fill_preserve(context)
  }

  /// Strokes the path and keeps it.
  func stroke(_ colour: Colour, width: Double, dash: [Double] = []) {
    set(colour)
    cairo_set_line_width(context, width)
    cairo_set_dash(context, dash, Int32(dash.count), 0)
    cairo_stroke_preserve(context)
  }

  func endPath() { cairo_new_path(context) }

  // MARK: Text

  func setFont(size: Double, bold: Bool) {
    cairo_select_font_face(
      context, Typography.family, CAIRO_FONT_SLANT_NORMAL, bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, size)
  }

  /// Advance of `text` in the font that is set, in points.
  func width(of text: String) -> Double {
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  /// Writes with the baseline's start at `offset` from `anchor`, turned by `quarters` of a circle to the left.
  func show(_ text: String, at anchor: Figure.Point, offset: Figure.Point, upward: Bool, colour: Colour) {
    cairo_save(context)
    set(colour)
    cairo_translate(context, anchor.x, anchor.y)
    if upward { cairo_rotate(context, -Double.pi / 2) }
    cairo_move_to(context, offset.x, offset.y)
    cairo_show_text(context, text)
    cairo_restore(context)
    cairo_new_path(context)
  }

  // MARK: Images

  /// Draws `pixels` (premultiplied `0xAARRGGBB`, row by row) into `frame`.
  func draw(
    _ pixels: [UInt32], width: Int, height: Int, in frame: Figure.Rectangle, interpolation: Figure.Layer.Interpolation
  ) throws(FigureError) {
    guard width < Self.largestSide, height < Self.largestSide else {
      throw .tooLarge(width: width, height: height, limit: Self.largestSide)
    }
    var image = try Self.image(pixels, width: width, height: height)
    defer { cairo_surface_destroy(image) }
    let shrinks = frame.width * pixelsPerPoint < Double(width)
    let filter = interpolation == .nearest && !shrinks ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD
    let isVector: Bool = if case .pixels = kind { false } else { true }
    if isVector, shrinks || interpolation == .nearest {
      // Viewers of vector files choose their own interpolation: hand them pixels at their final size.
      let resampled = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, Int32(max(1, (frame.width * pixelsPerPoint).rounded())),
        Int32(max(1, (frame.height * pixelsPerPoint).rounded())))
      let painter = cairo_create(resampled)
      let whole = Figure.Rectangle(
        x: 0, y: 0, width: Double(cairo_image_surface_get_width(resampled)),
        height: Double(cairo_image_surface_get_height(resampled)))
      Self.paint(image, with: painter, in: whole, filter: filter, padded: true)
      cairo_destroy(painter)
      cairo_surface_destroy(image)
      image = resampled
    }
    Self.paint(image, with: context, in: frame, filter: filter, padded: !isVector)
    try check()
  }

  private var pixelsPerPoint: Double {
    if case .pixels(let scale) = kind { scale } else { Self.embeddedPixelsPerPoint }
  }

  private static func paint(
    _ image: OpaquePointer?, with context: OpaquePointer?, in frame: Figure.Rectangle, filter: cairo_filter_t,
    padded: Bool
  ) {
    cairo_save(context)
    cairo_translate(context, frame.x, frame.y)
    if padded {
      cairo_rectangle(context, 0, 0, frame.width, frame.height)
      cairo_clip(context)
    }
    cairo_scale(
      context, frame.width / Double(cairo_image_surface_get_width(image)),
      frame.height / Double(cairo_image_surface_get_height(image)))
    cairo_set_source_surface(context, image, 0, 0)
    let source = cairo_get_source(context)
    cairo_pattern_set_filter(source, filter)
    // Without padding the outermost half pixel fades; vector surfaces would rasterise a padded image.
    cairo_pattern_set_extend(source, padded ? CAIRO_EXTEND_PAD : CAIRO_EXTEND_NONE)
    cairo_paint(context)
    cairo_restore(context)
  }

  private static func image(_ pixels: [UInt32], width: Int, height: Int) throws(FigureError) -> OpaquePointer? {
    let opaque = pixels.allSatisfy { $0 >= 0xFF00_0000 }
    let image = cairo_image_surface_create(
      opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, Int32(width), Int32(height))
    guard let data = cairo_image_surface_get_data(image) else { throw .notDrawn(reason: reason(image)) }
    let stride = Int(cairo_image_surface_get_stride(image))
    cairo_surface_flush(image)
    pixels.withUnsafeBytes { source in
      for y in 0..<height {
        UnsafeMutableRawPointer(data + y * stride).copyMemory(
          from: source.baseAddress! + y * width * 4, byteCount: width * 4)
      }
    }
    cairo_surface_mark_dirty(image)
    return image
  }

  // MARK: Results

  /// The page's pixels as red, green, blue, alpha.
  func colourPixels() throws(FigureError) -> ColourPixels {
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else { throw .notDrawn(reason: Self.reason(surface)) }
    let width = Int(cairo_image_surface_get_width(surface))
    let height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    let bytes = [UInt8](unsafeUninitializedCapacity: width * height * 4) { bytes, count in
      for y in 0..<height {
        let row = UnsafeRawPointer(data + y * stride)
        for x in 0..<width {
          let pixel = row.load(fromByteOffset: x * 4, as: UInt32.self)
          let place = (y * width + x) * 4
          bytes[place] = UInt8(truncatingIfNeeded: pixel >> 16)
          bytes[place + 1] = UInt8(truncatingIfNeeded: pixel >> 8)
          bytes[place + 2] = UInt8(truncatingIfNeeded: pixel)
          bytes[place + 3] = 255
        }
      }
      count = width * height * 4
    }
    return ColourPixels(width: width, height: height, bytes: bytes)
  }

  /// The finished file: PNG for a page of pixels, else the vector format. Nothing can be drawn afterwards.
  func finishedFile() throws(FigureError) -> [UInt8] {
    try check()
    if case .pixels = kind {
      let status = cairo_surface_write_to_png_stream(
        surface, Sink.write, Unmanaged.passUnretained(sink).toOpaque())
      guard status == CAIRO_STATUS_SUCCESS else {
        throw .notDrawn(reason: String(cString: cairo_status_to_string(status)))
      }
    } else {
      cairo_show_page(context)
      cairo_surface_finish(surface)
    }
    try check()
    return sink.bytes
  }

  private func check() throws(FigureError) {
    let status = cairo_status(context)
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .notDrawn(reason: String(cString: cairo_status_to_string(status)))
    }
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else {
      throw .notDrawn(reason: Self.reason(surface))
    }
  }

  private static func reason(_ surface: OpaquePointer?) -> String {
    String(cString: cairo_status_to_string(cairo_surface_status(surface)))
  }

  private func set(_ drawn: Colour) {
    var colour = drawn
    if case .pageSVG = kind { colour = PageColour.standIn(of: drawn) ?? drawn }
    cairo_set_source_rgba(
      context, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255, colour.opacity)
  }
}

/// Collects what Cairo writes.
private final class Sink {
  var bytes: [UInt8] = []

  static let write: cairo_write_func_t = { closure, data, length in
    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue().bytes
      .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
    return CAIRO_STATUS_SUCCESS
  }
}
