import Language

extension Explanation {
  /// What there is to explain, in the order of the commands that it stands with.
  package static let all = CommandGroup.subject.flatMap(\.commands).compactMap(\.help.explanation)

  /// The one for a command; `nil` where there is nothing behind it but its help.
  package static func of(_ command: String) -> Explanation? { all.first { $0.commands.contains(command) } }

  /// The one about an option or another word, however it is spelt.
  static func about(_ topic: String) -> Explanation? {
    let key = spelling(topic)
    return all.first { $0.topics.contains { spelling($0) == key } }
  }

  /// Under its title.
  var page: String { "\(title)\n\n\(text)" }
}
