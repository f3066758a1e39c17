/// What stands behind commands: their equations, where these come from, and the reading in force where the source leaves a
/// choice. It stands with the first of its commands.
public struct Explanation: Sendable {
  public let commands: [String]
  /// Options and other words that it is about.
  public let topics: [String]
  public let title: String
  public let text: String

  /// At least one command or one topic.
  public init(commands: [String] = [], topics: [String] = [], title: String, text: String) {
    precondition(!commands.isEmpty || !topics.isEmpty, "an explanation is of something")
    self.commands = commands
    self.topics = topics
    self.title = title
    self.text = text
  }

  /// By which it is asked for: its commands, then its topics.
  public var names: [String] { commands + topics }
}
