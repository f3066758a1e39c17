import Language

extension Command {
  static let languageCommand = Command(
    "language", "how programs are written", result: .none,
    help: Help("A page of examples; the same as `help language`.", examples: ["language"])
  ) { _, context in
    context.host.emit(.rows(LanguagePage.text))
    return .none
  }
}
