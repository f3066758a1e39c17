import Language
import Testing
import Vocabulary

/// What other tools call things leads to what is here.
struct OtherToolsTests {
  private static let registry = standardRegistry()
  private static let labels = Set(registry.commands.values.flatMap { $0.parameters.map(\.name) })

  /// What somebody types and the line that works, on this vocabulary.
  static let lines: [(String, String)] = [
    ("net = train-gan eyes epochs=5", "net = train-gan eyes epochs: 5"),
    ("net = train_gan(eyes, epochs=5, lr=1e-3, batch_size=2)", "net = train-gan eyes epochs: 5 rate: 1e-3 batch: 2"),
    ("train-gan eyes learning_rate: 1e-3", "train-gan eyes rate: 1e-3"),
    ("unet n_filters: 8", "unet width: 8"),
    ("model = UNet(n_filters=8)", "model = unet width: 8"),
    (
      "train, test = train_test_split(eyes, test_size=0.5, random_state=3)",
      "train, test = split eyes test: 0.5 seed: 3"
    ),
    ("d = load data/images masks: data/masks size: 128", "d = load \"data/images\" masks: \"data/masks\" size: 128"),
    ("d = load(\"images\", masks=\"masks\", size=(128, 128))", "d = load \"images\" masks: \"masks\" size: 128"),
    ("img = cv2.imread(\"eye.png\")", "img = open \"eye.png\""),
    ("open eye.png", "open \"eye.png\""),
    ("save net net.safetensors", "save net \"net.safetensors\""),
    ("net.save(\"net.safetensors\")", "save net \"net.safetensors\""),
    ("plt.imshow(eyes[0].image)", "show eyes[0].image"),
    ("eyes[0].image.show()", "show eyes[0].image"),
    ("draw(eyes)", "show eyes"),
    ("net.fit(eyes, epochs=2)", "train-net eyes epochs: 2 network: net"),
    ("net.predict(eyes)", "predict net eyes"),
    ("net(eyes[0])", "predict net eyes[0]"),
    ("net.summary()", "describe net"),
    ("net.parameters()", "net.parameters"),
    ("eyes.shape", "eyes.count"),
    ("eyes[0].image.shape", "shape eyes[0].image"),
    ("eyes[0].image.size", "shape eyes[0].image"),
    ("len(eyes)", "eyes.count"),
    ("type(eyes)", "describe eyes"),
    ("metrics(predict(net, eyes))", "metrics (predict net eyes)"),
    ("for e in eyes: show(e)", "for e in eyes { show e }"),
    ("print(f\"{eyes.count} eyes\")", "print \"{eyes.count} eyes\""),
    ("math.sqrt(2)", "sqrt 2"),
    ("torch.clamp(eyes[0].image, 0, 1)", "clip eyes[0].image from: 0 to: 1"),
    ("?load", "help load"), ("load?", "help load"), ("help()", "help"), ("man load", "help load"),
    ("explain Eq. 3", "explain 'Eq. 3'"),
    ("compare(eyes, models=[\"unet\"], n_splits=2)", "compare eyes systems: [\"unet\"] folds: 2"),
    ("augment(eyes, hflip=0.5, rotation=15)", "augment eyes flip: 0.5 rotate: 15"),
    ("max(1,2)", "max [1, 2]"), ("min(1, 2, 3)", "min [1, 2, 3]"),
    ("phantom 4 size 128", "phantom 4 size: 128"), ("phantom 4 --size 128", "phantom 4 size: 128"),
    ("phantom 4 --size=128", "phantom 4 size: 128"), ("phantom size 128", "phantom size: 128"),
    ("phantom \"4\"", "phantom 4"), ("phantom 4 size: \"128\"", "phantom 4 size: 128"),
    ("train-gan --help", "help train-gan"),
    ("predict eyes net", "predict net eyes"),
    ("save \"net.safetensors\" net", "save net \"net.safetensors\""),
    ("compare eyes [\"unet\"] folds: 2", "compare eyes systems: [\"unet\"] folds: 2"),
    ("compare eyes systems: \"unet\" folds: 2", "compare eyes systems: [\"unet\"] folds: 2"),
    ("load \"i\" \"m\"", "load \"i\" masks: \"m\""),
    ("load ../a/b masks: ../c", "load \"../a/b\" masks: \"../c\""),
    ("split eyes 0.5", "split eyes test: 0.5"),
    ("eyes[1..]", "eyes[1..(eyes.count - 1)]"),
    ("print(\"dsc %.3f\" % m.DSC)", "print \"dsc {m.dsc}\""),
  ]

  @Test(arguments: lines) func theLineThatWorks(_ theirs: String, _ ours: String) throws {
    var session = Session(registry: Self.registry, seed: 1)
    let setup = "eyes = phantom 2 size: 64\nnet = unet width: 4\nm = metrics (predict net eyes)"
    try session.run(
      parse(Source(setup, name: "t"), registry: Self.registry).program, cell: "c", host: try RecordingHost())
    let result = parse(Source(theirs, name: "t"), registry: Self.registry)
    let found = result.diagnostics.isEmpty ? session.check(result.program) { _ in .unknown }.errors : result.diagnostics
    #expect(found.first?.hint == "write: \(ours)")
    let again = parse(Source(ours, name: "t"), registry: Self.registry)
    #expect(again.diagnostics.map { render($0) } == [])
    #expect(session.check(again.program) { _ in .unknown }.errors.map { render($0) } == [])
  }

  /// Where a call would lack something, or nothing here reads the file, no line is proposed.
  @Test(arguments: [
    "UNet(1, 1)", "net.train()", "torch.load(\"x.pt\")", "torch.save(net,\"x.pt\")", "x = input()", "help :save",
    "phantom 4 -s 128", "phantom 4 128",
  ])
  func noLineIsProposed(_ theirs: String) throws {
    var session = Session(registry: Self.registry, seed: 1)
    let setup = parse(Source("net = unet width: 4", name: "t"), registry: Self.registry).program
    try session.run(setup, cell: "c", host: try RecordingHost())
    let result = parse(Source(theirs, name: "t"), registry: Self.registry)
    let found = result.diagnostics.isEmpty ? session.check(result.program) { _ in .unknown }.errors : result.diagnostics
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.hint?.hasPrefix("write:") != true }, "\(found.map { render($0) })")
  }

  /// Every synonym leads to something that there is, and hides nothing that there is.
  @Test func synonymsAreTrue() {
    let synonyms = Self.registry.synonyms
    for (name, command) in synonyms.commands {
      #expect(Self.registry.commands[command] != nil, "\(name) → \(command)")
      #expect(Self.registry.commands[name] == nil, "\(name) is a command")
    }
    for (name, targets) in synonyms.labels {
      #expect(targets.allSatisfy { Self.labels.contains($0) }, "\(name) → \(targets)")
    }
    #expect(synonyms.commands.count + synonyms.labels.count > 200)
  }

  /// What is called alike elsewhere and means something else is no synonym: the line would pass and do another thing.
  @Test(arguments: [
    "momentum", "iterations", "n-iter", "steps", "lambda", "lambda-l1", "eps", "step-size", "stratify", "wait",
    "validation-split", "validationpatience", "angle", "num-layers", "hidden",
  ])
  func otherMeaningsAreNoSynonyms(_ label: String) {
    #expect(Self.registry.synonyms.labels(label, among: Self.labels) == [])
    #expect(!Self.registry.synonyms.isIdle(label))
  }

  /// What changes how a network is trained is not left out unseen.
  @Test func nothingThatMattersIsIdle() {
    #expect(!["optimizer", "shuffle", "drop-last", "callbacks"].contains { Self.registry.synonyms.isIdle($0) })
    #expect(Self.registry.synonyms.labels("n_channels", among: Self.labels) == ["channels"])
    #expect(["cat", "ndim", "nansum", "find"].allSatisfy { Self.registry.synonyms.command($0) == nil })
  }
}
