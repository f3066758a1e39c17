import Language

extension CommandGroup {
  /// Output, what there is, and what is behind it.
  static let showingAndHelp = CommandGroup(
    "showing and help", [.print, .show, .assert, .describe, .helpCommand, .explain, .apropos, .topics, .languageCommand],
    chapter: "Datasets and figures")
}
