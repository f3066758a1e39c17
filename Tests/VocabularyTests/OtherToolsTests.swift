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
    ("plot(eyes)", "show eyes"),
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
    ("torch.clamp(eyes[0].image, 0, 1)", "clip eyes[0].image 0 1"),
    ("?load", "help load"), ("load?", "help load"), ("help()", "help"), ("man load", "help load"),
    ("explain Eq. 3", "explain 'Eq. 3'"),
    ("compare(eyes, models=[\"unet\"], n_splits=2)", "compare eyes systems: [\"unet\"] folds: 2"),
    ("augment(eyes, hflip=0.5, rotation=15)", "augment eyes flip: 0.5 rotate: 15"),
  ]

  @Test(arguments: lines) func theLineThatWorks(_ theirs: String, _ ours: String) throws {
    var session = Session(registry: Self.registry, seed: 1)
    let setup = "eyes = phantom 2 size: 64\nnet = unet width: 4"
    try session.run(
      parse(Source(setup, name: "t"), registry: Self.registry).program, cell: "c", host: try RecordingHost())
    let result = parse(Source(theirs, name: "t"), registry: Self.registry)
    let found = result.diagnostics.isEmpty ? session.check(result.program) { _ in .unknown }.errors : result.diagnostics
    #expect(found.first?.hint == "write: \(ours)")
    let again = parse(Source(ours, name: "t"), registry: Self.registry)
    #expect(again.diagnostics.map { render($0) } == [])
    // Positional options of other tools may have labels here.
    if !ours.hasPrefix("clip") {
      #expect(session.check(again.program) { _ in .unknown }.errors.map { render($0) } == [])
    }
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
}
