import Base

/// Where the program keeps what it remembers of a user between sessions.
enum StateHome {
  /// The path of one of its files: `$XDG_STATE_HOME/cnp/NAME`, by default `~/.local/state/cnp/NAME`; `nil` without a home.
  static func path(of name: String) -> String? {
    if let state = environmentVariable("XDG_STATE_HOME"), isFromRoot(state) { return "\(state)/cnp/\(name)" }
    guard let home = environmentVariable("HOME"), isFromRoot(home) else { return nil }
    return "\(home)/.local/state/cnp/\(name)"
  }
}
