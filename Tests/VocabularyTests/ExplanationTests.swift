import Angiography
import Language
import Networks
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

  /// An equation, however it is named; the eleventh is not the first.
  @Test(arguments: ["\"Eq. 3\"", "Eq3", "eq 3", "\"equation (3)\"", "\"eqn 3\"", "(3)", "3"])
  func equationsAreFound(_ topic: String) throws {
    let text = try run("explain \(topic)")
    #expect(text.contains("L_bce = −Σᵢ"))
    #expect(text.contains("Here both are means"))
    #expect(!text.contains("SEN = TP"))
    #expect(try run("help \(topic)") == text)
  }

  @Test func figuresTablesAndWords() throws {
    #expect(try run("explain eq 11").contains("DSC = 2") && !run("explain eq 1").contains("DSC = 2"))
    #expect(try run("explain \"Fig. 2\"").contains("explain unet"))
    #expect(try run("explain Fig4").contains("panel"))
    #expect(try run("explain soft DSC").contains("adds 1 − the soft DSC"))
    #expect(try run("explain \"Table 1\"").contains("FCN-8s"))
    #expect(try mistake(in: "explain eq 12") == "unknown-command")
  }

  /// Options of `compare` stand behind one explanation, and every other label has its help at least.
  @Test func optionsAreFound() throws {
    let title = "From the maps of networks to marks"
    for option in ["hold-out", "relative-level", "tta", "'test-time augmentation'", "Relative_Level"] {
      #expect(try run("explain \(option)").contains(title), "\(option)")
    }
    #expect(try run("explain hold-out").contains("put aside from training"), "what the word means, too")
    #expect(try run("explain fovea").contains("within r px"))
    #expect(try run("explain fovea").contains("Area and place of non-perfusion"))
    #expect(try run("topics").contains("explain ensemble, hold-out, relative-level, tta"))
    #expect(try run("explain variants") == run("help variants"))
    for line in try run("explain tta").split(separator: "\n") { #expect(displayWidth(String(line)) <= 126, "\(line)") }
  }

  /// The command of that name, and what else is called so.
  @Test func lesionsAreCountedToo() throws {
    let text = try run("explain lesions")
    #expect(text.contains("ischemic index =") && text.contains("`lesion-metrics` and `.lesions` of a comparison"))
    #expect(try run("explain lesion").hasPrefix("lesion SEN"))
  }

  /// What Tab proposes behind `explain` can be explained, all of it.
  @Test func whatIsProposedCanBeExplained() throws {
    let session = Session(registry: Self.registry)
    let proposed = completions(in: "explain ", at: 8, session: session).items.map(\.text)
    #expect(proposed.contains("train-gan") && !proposed.contains("print") && proposed.count < 64)
    for topic in proposed { #expect(try mistake(in: "explain \(topic)") == nil, "\(topic)") }
    for command in Self.registry.commands.values where !proposed.contains(command.name) {
      #expect(try mistake(in: "explain \(command.name)") == "nothing-to-explain", "\(command.name)")
    }
  }

  /// Every measure, column and system that is printed, and what else they are called.
  @Test(arguments: [
    ("iou", "TP / (TP + FP + FN)"), ("Jaccard", "DSC / (2 − DSC)"), ("dice", "2·TP / (2·TP + FP + FN)"),
    ("F1", "2·TP"), ("SEN", "(8)"), ("recall", "TP / (TP + FN)"), ("specificity", "TN / (FP + TN)"), ("ACC", "(10)"),
    ("precision", "TP / (TP + FP)"), ("TP", "marked, and non-perfused"), ("HD95", "95 % are no larger"),
    ("'HD95, px'", "95 % are no larger"), ("hausdorff", "outlines"), ("surface DSC", "2 px"),
    ("area error", "minus true"),
    ("AUC", "0.5 is guessing"), ("roc", "1 − SPE"), ("AP", "precisionₖ"), ("pooled", "counted together"),
    ("'pooled DSC'", "counted together"), ("SD", "divided by n"), ("'95 % of mean DSC'", "bootstrap"),
    ("p", "Wilcoxon"), ("CNP", "Capillaries have closed"), ("non-perfusion", "Capillaries have closed"),
    ("Non_Perfusion", "Capillaries have closed"), ("FFA", "dye"), ("pixel-gan", "De"),
    ("'pixel-discriminating GAN'", "Dd"),
    ("cgan", "patches"), ("cGAN", "patches"), ("'cGAN + ASPP'", "rates 6, 12 and 18"), ("map-gan", "β·L_DC"),
    ("pixel-only-gan", "γ·L_DP"), ("pointwise-gan", "1×1"), ("overfitting", "by heart"), ("L_bce", "Eq. 3"),
    ("L_DP", "Eq. 5"), ("L", "Eq. 1"), ("loss", "α·L_bce"),
  ])
  func wordsOfTheTrade(_ word: String, _ said: String) throws {
    #expect(try run("explain \(word)").contains(said))
    #expect(try run("apropos \(word)").contains("explain "))
  }

  /// Whatever `compare` and `metrics` name can be looked up; so can every system.
  @Test func whatIsPrintedCanBeExplained() throws {
    let systems = Self.registry.commands["compare"]?.parameters.first { $0.name == "systems" }?.accepts.choices ?? []
    for name in systems + Measure.all.map(\.symbol) + Measure.all.map(\.heading) {
      #expect(try mistake(in: "explain \"\(name)\"") == nil, "\(name)")
    }
    for system in LearnedSystem.all {
      #expect(try mistake(in: "explain \"\(system.title)\"") == nil, "\(system.title)")
    }
  }

  @Test func listsNameTheWords() throws {
    let topics = try run("topics")
    for word in ["IoU", "HD95", "overfitting", "pixel-gan", "help books"] { #expect(topics.contains(word), "\(word)") }
    #expect(try run("apropos jaccard").contains("explain IoU"))
    #expect(try run("apropos overfitting").contains("explain overfitting"))
    #expect(try run("help iou") == run("explain IoU"))
  }

  @Test func aproposFindsByWord() throws {
    #expect(try run("apropos \"VESSEL\"").contains("features"))
    #expect(try mistake(in: "apropos \"zebra\"") == "nothing-found")
    let dice = try run("apropos dice")
    #expect(dice.contains("train-gan") && dice.contains("dice:") && dice.contains("explain train-gan"))
    #expect(try run("apropos learning rate").contains("rate:"))
    #expect(try run("apropos lr").contains("rate:"))
    #expect(try run("apropos losses").contains(".history"))
    #expect(try mistake(in: "apropos") == "missing-argument")
  }
}
