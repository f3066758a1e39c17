import Figures

/// The colours of a report, by name: on light ground and on dark.
enum HTMLColours {
  private static let own: [(name: String, light: String, dark: String)] = [
    ("paper", "#fdfdfb", "#17191c"), ("ink", "#1b1c1e", "#e4e5e3"), ("soft", "#5d6167", "#a0a5ab"),
    ("rule", "#d9dadb", "#383c41"), ("wash", "#f3f4f2", "#202328"), ("link", "#1f4e79", "#8fbfe8"),
    ("bad", "#a3261b", "#f2a197"), ("bad-wash", "#fbefec", "#321f1d"), ("keyword", "#7a2e6b", "#d9a0cd"),
    ("text", "#2d6a35", "#9fcfa4"), ("number", "#1f5a8c", "#9cc6ea"), ("label", "#8a5a00", "#dbb978"),
  ]

  /// As variables: by the reader's setting, or as the page's `data-theme` says; a browser that cannot choose has the light
  /// ones.
  static let style: String = {
    let all = own + PageColour.all.map { ($0.name, $0.light.hexadecimal, $0.dark.hexadecimal) }
    let light = all.map { "--\($0.name): \($0.light);" }.joined(separator: " ")
    let both = all.map { "--\($0.name): light-dark(\($0.light), \($0.dark));" }.joined(separator: " ")
    return """
      :root { \(light) }
      @supports (color: light-dark(#000, #fff)) { @media screen { :root { color-scheme: light dark; \(both) }
        :root[data-theme="light"] { color-scheme: light; } :root[data-theme="dark"] { color-scheme: dark; } } }

      """
  }()
}
