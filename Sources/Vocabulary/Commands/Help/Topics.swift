import Language

extension Command {
  static let topics = Command(
    "topics", "what `explain` has to say, by topic", result: .none,
    help: Help("The same as `explain` alone and as `help topics`.", examples: ["topics"])
  ) { _, context in
    context.host.emit(.rows(topicList))
    return .none
  }
}

/// What there is to explain.
var topicList: String {
  let pages = Explanation.all.map { "\($0.title)\n  explain \($0.names.joined(separator: ", "))" }
  let words = folded(Term.all.map { $0.names[0] }, indent: "  ")
  let cards = folded(ShippedModels.names.map { "\"\(ShippedModels.prefix)\($0)\"" }, indent: "  explain ")
  return
    (pages + ["\(BookPage.title)\n  help books"] + (cards.isEmpty ? [] : ["The models in the box: their cards"] + cards)
    + ["Words, as `explain IoU`"] + words).joined(separator: "\n")
}
