import Language

extension Explanation {
  /// What there is to explain, in the order of the commands that it stands with.
  package static let all = CommandGroup.subject.flatMap(\.commands).compactMap(\.help.explanation)

  /// The one for a command; `nil` where there is nothing behind it but its help.
  package static func of(_ command: String) -> Explanation? { all.first { $0.commands.contains(command) } }
}
