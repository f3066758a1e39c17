import Language

extension CommandGroup {
  static let showingAndHelp = CommandGroup(
    "showing and help", [.print, .show, .describe, .helpCommand, .explain, .apropos, .topics, .languageCommand],
    chapter: "Datasets and figures")
}
