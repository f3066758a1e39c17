import Language
import Testing
import Vocabulary

/// Every command's help is a promise: its examples run as they stand, its parameters say what they are.
struct CommandExamplesTests {
  static let commands = standardRegistry().commands.values.sorted { $0.name < $1.name }

  @Test(arguments: commands.map(\.name))
  func examplesRun(name: String) throws {
    let command = try #require(standardRegistry().commands[name])
    #expect(!command.help.examples.isEmpty, "\(name) has no example")
    try run(command.help.examples.joined(separator: "\n"))
  }

  @Test(arguments: commands.map(\.name))
  func parametersAreDocumented(name: String) throws {
    let command = try #require(standardRegistry().commands[name])
    #expect(!command.summary.isEmpty && !command.summary.hasSuffix("."))
    for parameter in command.parameters {
      #expect(!parameter.help.isEmpty, "\(name): \(parameter.name) is not explained")
    }
  }

  @Test func everyCommandThatDrawsTakesASeed() {
    for command in Self.commands where command.isRandom {
      #expect(command.parameters.contains { $0.name == "seed" }, "\(command.name) has no seed")
    }
  }
}
