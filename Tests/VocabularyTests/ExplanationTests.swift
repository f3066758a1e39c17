import Language
import Testing
import Vocabulary

/// What `explain`, `help` and `apropos` say is true of the commands that there are.
struct ExplanationTests {
  private static let registry = standardRegistry()

  /// `name:` in an explanation is an option of some command.
  @Test(arguments: ["train-gan", "train-net", "unet", "pixel-discriminator", "augment", "metrics", "predict"])
  func everyOptionExists(command: String) throws {
    let text = try run("explain \(command)")
    let options = Set(Self.registry.commands.values.flatMap { $0.parameters.map(\.name) })
    let isBetween = { (letter: Character) -> Bool in letter.isWhitespace || "`(),;".contains(letter) }
    let pieces: [Substring] = text.split(whereSeparator: isBetween)
    let named =
      pieces
      .filter { $0.last == ":" && $0.count > 1 && $0.first?.isLowercase == true }.map { String($0.dropLast()) }
      .filter { !Self.words.contains($0) }
    for option in named { #expect(options.contains(option), "\(option): of “explain \(command)”") }
  }

  /// Words of the sentences that end in a colon.
  private static let words: Set<String> = ["happen", "it", "changes", "undo", "classifier", "decoder", "force"]

  @Test func equationsBearTheirNumbers() throws {
    let text = try run("explain train-gan")
    for number in 1...7 { #expect(text.contains("(\(number))"), "Eq. \(number)") }
    let measures = try run("explain metrics")
    for number in 8...11 { #expect(measures.contains("(\(number))"), "Eq. \(number)") }
  }

  @Test func whatHasNoPageOfItsOwn() throws {
    #expect(try run("explain fcn8").contains("Long, Shelhamer"))
    #expect(try mistake(in: "explain \"print\"") == "nothing-to-explain")
    #expect(try mistake(in: "explain \"train-gam\"") == "unknown-command")
    #expect(try run("explain").contains("train-gan") && run("help \"topics\"").contains("train-gan"))
  }

  @Test func aproposFindsByWord() throws {
    #expect(try run("apropos \"VESSEL\"").contains("features"))
    #expect(try mistake(in: "apropos \"zebra\"") == "nothing-found")
  }
}
