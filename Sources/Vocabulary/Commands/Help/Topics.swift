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
  let cards = ShippedModels.pathsWithCards.map { "  explain \(quoted($0))" }
  let models = cards.isEmpty ? [] : ["Models that come with the program: their cards"] + cards
  let books = "\(BookPage.title)\n  help books"
  return (pages + [books] + models + ["Words, as `explain IoU`"] + words).joined(separator: "\n")
}
