import Language

/// What an editor asks about the input that is being typed.
package struct InputGuide: Sendable {
  /// What completes at an offset in bytes.
  package let completions: @Sendable (_ input: String, _ offset: Int) -> CompletionList
  /// Whether Enter runs it, or begins another line.
  package let isWhole: @Sendable (_ input: String) -> Bool
  /// Whether a name means a command.
  package let isCommand: @Sendable (_ name: String) -> Bool
  /// Whether something has ended elsewhere that is to be said now.
  package let hasNews: @Sendable () -> Bool

  package init(
    completions: @escaping @Sendable (String, Int) -> CompletionList, isWhole: @escaping @Sendable (String) -> Bool,
    isCommand: @escaping @Sendable (String) -> Bool, hasNews: @escaping @Sendable () -> Bool
  ) {
    self.completions = completions
    self.isWhole = isWhole
    self.isCommand = isCommand
    self.hasNews = hasNews
  }
}
