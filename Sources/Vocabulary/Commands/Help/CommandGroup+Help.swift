import Language

extension CommandGroup {
  /// Output, what there is, and what is behind it.
  static let showingAndHelp = CommandGroup(
    "showing and help", [.print, .show, .describe, .helpCommand, .explain, .apropos, .topics, .languageCommand],
    isFolded: true, chapter: "Datasets and figures")
}
