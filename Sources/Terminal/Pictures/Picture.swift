// The one file that wraps chafa.
import CChafa

/// The screen that a picture is drawn on.
package struct PictureFrame: Sendable {
  /// Of the terminal, in characters.
  package var columns: Int
  package var rows: Int
  package var colours: TerminalColours
  package var graphics = TerminalGraphics.blocks
  /// A character's size in pixels. A character is about twice as high as it is wide.
  package var cell = (width: 10, height: 20)

  package init(
    columns: Int, rows: Int, colours: TerminalColours, graphics: TerminalGraphics = .blocks,
    cell: (width: Int, height: Int)? = nil
  ) {
    self.columns = columns
    self.rows = rows
    self.colours = colours
    self.graphics = graphics
    if let cell { self.cell = cell }
  }

  /// The characters that a picture of so many pixels takes: as large as fits without scrolling it away, with the prompt
  /// and the line above in sight.
  package func extent(width: Int, height: Int) -> (columns: Int, rows: Int) {
    var extent = (columns: Int32(max(columns - 1, 1)), rows: Int32(max(rows - 2, 1)))
    let shape = Float(cell.width) / Float(cell.height)
    chafa_calc_canvas_geometry(Int32(width), Int32(height), &extent.columns, &extent.rows, shape, 0, 0)
    return (Int(extent.columns), Int(extent.rows))
  }
}

/// Pixels as the terminal takes them.
///
/// - Parameter rgba: `[height, width, 4]`, red, green, blue and opacity, 8 bits each.
/// - Returns: rows of blocks with colour sequences, or one sequence of a graphics protocol; no newline at the end.
package func terminalPicture(rgba: [UInt8], width: Int, height: Int, in frame: PictureFrame) -> String {
  precondition(rgba.count == width * height * 4, "a picture holds 4 bytes a pixel")
  let (graphics, extent) = (frame.graphics, frame.extent(width: width, height: height))

  let symbols = chafa_symbol_map_new()
  defer { chafa_symbol_map_unref(symbols) }
  chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_BLOCK)
  chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_SPACE)
  let config = chafa_canvas_config_new()
  defer { chafa_canvas_config_unref(config) }
  chafa_canvas_config_set_pixel_mode(config, graphics.pixelMode)
  chafa_canvas_config_set_canvas_mode(
    config, graphics == .blocks ? frame.colours.canvasMode : CHAFA_CANVAS_MODE_TRUECOLOR)
  chafa_canvas_config_set_cell_geometry(config, Int32(frame.cell.width), Int32(frame.cell.height))
  chafa_canvas_config_set_geometry(config, Int32(extent.columns), Int32(extent.rows))
  chafa_canvas_config_set_symbol_map(config, symbols)
  let canvas = chafa_canvas_new(config)
  defer { chafa_canvas_unref(canvas) }
  chafa_canvas_draw_all_pixels(
    canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, rgba, Int32(width), Int32(height), Int32(width * 4))
  // Knows the sequences of every protocol.
  let terminal = chafa_term_db_get_fallback_info(chafa_term_db_get_default())
  defer { chafa_term_info_unref(terminal) }
  guard let printed = chafa_canvas_print(canvas, terminal) else { return "" }
  defer { g_string_free(printed, 1) }
  return String(cString: printed.pointee.str)
}

extension TerminalGraphics {
  fileprivate var pixelMode: ChafaPixelMode {
    switch self {
    case .kitty: CHAFA_PIXEL_MODE_KITTY
    case .iterm: CHAFA_PIXEL_MODE_ITERM2
    case .sixel: CHAFA_PIXEL_MODE_SIXELS
    case .blocks: CHAFA_PIXEL_MODE_SYMBOLS
    }
  }
}

/// How many colours the terminal can show.
package enum TerminalColours: Sendable {
  case all, indexed256, indexed16
  /// Black and white, by the terminal's own two colours.
  case none

  /// What the terminal says of itself in its environment.
  package static var ofEnvironment: TerminalColours {
    if let depth = environmentVariable("COLORTERM"), depth == "truecolor" || depth == "24bit" { return .all }
    let terminal = environmentVariable("TERM") ?? ""
    if terminal.hasSuffix("-direct") || terminal.contains("kitty") { return .all }
    return terminal.contains("256color") ? .indexed256 : .indexed16
  }

  fileprivate var canvasMode: ChafaCanvasMode {
    switch self {
    case .all: CHAFA_CANVAS_MODE_TRUECOLOR
    case .indexed256: CHAFA_CANVAS_MODE_INDEXED_240
    case .indexed16: CHAFA_CANVAS_MODE_INDEXED_16
    case .none: CHAFA_CANVAS_MODE_FGBG
    }
  }
}
