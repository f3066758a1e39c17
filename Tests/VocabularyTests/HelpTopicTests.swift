import Language
import Testing
import Vocabulary

/// `help` answers for commands, headings, labels, kinds of values, and what other tools call them.
struct HelpTopicTests {
  private static let registry = standardRegistry()

  /// On a screen of 80 columns the list of all commands takes no more than about 40 lines.
  @Test func everythingOnOneScreen() throws {
    let text = try run("help")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let rows = lines.reduce(0) { $0 + max(1, (displayWidth(String($1)) + 79) / 80) }
    #expect(rows <= 45, "\(rows) rows")
    for command in Self.registry.commands.keys { #expect(text.contains(command), "\(command)") }
    for group in Self.registry.groups {
      #expect(lines.contains { $0 == group.title }, "\(group.title)")
      let page = try run("help \"\(group.title)\"")
      for command in group.commands { #expect(page.contains(command.summary)) }
    }
  }

  @Test func aLabelInEveryCommandThatHasIt() throws {
    let text = try run("help epochs")
    #expect(text.contains("in train-net, train-gan, train-system"))
    #expect(text.contains("passes over the images") && text.contains("default 100"))
    #expect(text.contains("of a network") && text.contains(".epochs"))
    #expect(try run("epochs = 5\nhelp epochs").hasSuffix(text), "a bound number hides no label")
  }

  @Test func whatOtherToolsCallIt() throws {
    #expect(try run("help lr").hasPrefix("here it is `rate:`"))
    #expect(try run("help batch_size").contains("images a step"))
    #expect(try run("help imread").hasPrefix("here it is `open`"))
  }

  @Test func kindsAndValues() throws {
    #expect(try run("help dataset").contains(".names"))
    #expect(try run("eyes = phantom 1 size: 64\nhelp eyes").contains(".cases"))
    #expect(try run("def double x by: 2 { x * by }\nhelp double").contains("`double x by: 2`"))
    #expect(try run("help help").contains("usage"))
    #expect(try run("help train-gan") == run("help \"train-gan\"") && run("help (train-gan)") == run("help train-gan"))
  }

  @Test(arguments: ["train_gan", "Train-GAN", "TRAIN_GAN", "traingan"])
  func spellingTellsNoNamesApart(_ name: String) throws {
    #expect(try run("help \(name)") == run("help train-gan"))
    #expect(try run("explain \(name)") == run("explain train-gan"))
    #expect(try run("help \"\(name) epochs\"") == run("help train-gan epochs"))
    #expect(try run("help Pixel_Target") == run("help pixel-target"))
  }

  @Test(arguments: [
    "book", "books", "params", "Cells", "cell", "\"front matter\"", "front matter", "front_matter", "notebook",
  ])
  func howBooksAreWritten(_ topic: String) throws {
    let page = try run("help books")
    #expect(page.contains("epochs: {type: int, default: 2"))
    #expect(page.contains("cnp run eyes.cnpbook -P epochs=5"))
    #expect(try run("help \(topic)") == page)
    #expect(try run("explain \(topic)") == page)
    #expect(try run("apropos \(topic)").contains("help books"))
  }

  @Test(arguments: ["':save'", "\":help\"", "':nonsense'", "keys", "shortcuts"])
  func thePromptTellsOfItself(_ topic: String) throws {
    #expect(try run("help \(topic)").hasPrefix("`:help`, alone on a line of the prompt, lists the keys"))
  }

  @Test func modelsInTheBoxHaveCards() throws {
    for name in ["unet", "pixel-gan", "stacked"] {
      let card = try run("explain \"builtin:\(name)\"")
      #expect(card.hasPrefix("# builtin:\(name)\n\n") && card.contains("\n\n## Limits\n\n"))
      #expect(card.contains("\n| licence | ") && !card.contains("\n  "), "a paragraph is a line")
      #expect(try run("help 'builtin:\(name)'") == card)
      #expect(try run("explain").contains("\n  explain 'builtin:\(name)'\n"))
    }
    #expect(try run("help models") == run("explain pretrained") && run("help models").contains("\n'builtin:unet'"))
    #expect(try run("help models").contains("predict (open 'builtin:unet')"))
    #expect(try run("apropos haemorrhage").contains("explain 'builtin:unet'"))
    for name in ["best", "", "../models/unet", "unet.md", "README"] {
      let mistake = #expect(throws: Diagnostic.self) { try run("explain 'builtin:\(name)'") }
      #expect(mistake?.code == "no-builtin", "\(name)")
    }
  }

  @Test func pagesFitAWideScreen() throws {
    for line in try run("help books").split(separator: "\n") { #expect(displayWidth(String(line)) <= 120, "\(line)") }
  }

  @Test func nearMisses() throws {
    let mistake = #expect(throws: Diagnostic.self) { try run("help epochz") }
    #expect(mistake?.code == "unknown-command" && mistake?.hint == "did you mean 'epochs'?")
  }
}
