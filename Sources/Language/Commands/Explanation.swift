/// What stands behind commands: their equations, where these come from, and the reading in force where the source leaves a
/// choice. It stands with the first of its commands.
public struct Explanation: Sendable {
  public let commands: [String]
  public let title: String
  public let text: String

  public init(commands: [String], title: String, text: String) {
    self.commands = commands
    self.title = title
    self.text = text
  }
}
