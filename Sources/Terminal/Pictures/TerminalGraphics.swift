/// How a terminal can be given a picture.
package enum TerminalGraphics: String, Sendable, CaseIterable {
  /// kitty's protocol: kitty, Ghostty, WezTerm, Konsole.
  case kitty
  /// iTerm2's inline images.
  case iterm
  /// DEC's: foot, mlterm, xterm where it was built in, contour.
  case sixel
  /// Rows of half and quarter blocks: everywhere.
  case blocks

  /// The variable that overrides what the terminal says of itself.
  package static let variable = "CNP_GRAPHICS"

  /// What the terminal says of itself in its environment, or what `CNP_GRAPHICS` asks for.
  ///
  /// Inside tmux and screen pictures are blocks: these pass on no others.
  package static func choice(in environment: (String) -> String?) -> TerminalGraphics {
    if let wish = environment(variable), let graphics = TerminalGraphics(rawValue: wish) { return graphics }
    let terminal = environment("TERM") ?? ""
    let program = environment("TERM_PROGRAM") ?? ""
    if environment("TMUX") != nil || terminal.hasPrefix("screen") || terminal.hasPrefix("tmux") { return .blocks }
    if terminal.contains("kitty") || terminal.contains("ghostty") || environment("KITTY_WINDOW_ID") != nil {
      return .kitty
    }
    if program == "WezTerm" || program == "ghostty" || environment("KONSOLE_VERSION") != nil { return .kitty }
    if program == "iTerm.app" { return .iterm }
    let sixels = ["foot", "mlterm", "contour", "sixel", "yaft"]
    return sixels.contains { terminal.contains($0) } ? .sixel : .blocks
  }

  package static var ofEnvironment: TerminalGraphics { choice(in: environmentVariable) }
}
