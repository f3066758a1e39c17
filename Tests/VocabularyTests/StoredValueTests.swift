import Base
import Language
import Testing
import Vocabulary

/// Every type of value has a stored form that gives it back to the bit.
struct StoredValueTests {
  /// An expression of each type, after what it needs.
  static let values: [String] = [
    "none", "[true, 12.5, 10%, 3px, \"é\"]", "[a: 1, b: [c: \"x\"]]", "0..7", "[]",
    "eyes", "eyes[0]", "eyes[0].image", "eyes[0].mask", "(augment eyes flip: 0.5)", "(augment eyes paste: 0.5)",
    "(features eyes)",
    "net", "net.history", "(unet width: 4)", "(pixel-discriminator width: 4)",
    "gan", "gan.discriminator", "(predict net eyes)", "(predict net eyes)[0].map",
    "(metrics (predict net eyes))", "(metrics (predict net eyes)).images",
    "(step eyes width: 4)", "(step eyes width: 4).images",
    "(panel (predict net eyes))", "(curves net)", "(diagram net)",
    "(compare eyes systems: [\"dark-threshold\", \"unet\"] folds: 2 epochs: 1 width: 4)",
    "(agreement eyes (predict net eyes))", "(agreement [eyes, dark-threshold eyes, eyes]).consensus",
    "(reliability (predict net eyes))", "(calibrate (predict net eyes))",
    "(calibrate (predict net eyes) method: isotonic)",
    "(fit-method eyes)", "(fit-method eyes method: texture-ensemble)",
    "(stages eyes[0] method: regions)", "(stages eyes[0] method: variational)",
    "(stages eyes[0] method: regions).merged", "(tune eyes method: valleys over: [depth: [0.05, 0.1]])",
    "(compare eyes systems: [\"unet\"] folds: 2 ensemble: 2 hold-out: rotating epochs: 1 width: 4).segmenters",
    "(uncertainty net eyes)", "(learn-intervals (uncertainty net eyes) level: 50%)", "(grid eyes)",
    "(clinical-report eyes[0])",
    "(grid eyes[0] form: clock)", "(annotate eyes[0] visit: \"2024-03-01\" phase: late)",
    "(register (move visit rotate: 5deg) to: visit)", "(change visit (move visit rotate: 5deg) disease: brvo)",
    "(course [annotate visit visit: \"2024-01-10\", annotate visit visit: \"2024-06-01\"] treatments: [\"2024-02-01 laser\"])",
    "[mean, twice, scaled]",
  ]

  private static let before = """
    eyes = phantom 4 size: 64
    net = train-net eyes width: 4 epochs: 2
    gan = train-gan eyes width: 4 epochs: 1
    visit = (phantom 1 size: 128)[0]
    factor = 3
    def twice x { 2 * x }
    def scaled x by: factor {
      # Comments are no part of it.
      twice x * by + factor
    }

    """

  @Test func everyTypeComesBack() throws {
    let host = try RecordingHost()
    var session = Session(registry: standardRegistry(), seed: 1)
    try session.run(parse(Source(Self.before, name: "test"), registry: session.registry).program, cell: "a", host: host)
    var types: Set<String> = []
    for (index, text) in Self.values.enumerated() {
      let program = parse(Source("found = \(text)", name: "test"), registry: session.registry)
      try #require(program.diagnostics.isEmpty, "\(text)")
      try session.run(program.program, cell: "b\(index)", host: host)
      let value = try #require(session.bindings["found"])
      let bytes = try storedForm(of: value)
      let back = try restored(Value.self, from: bytes, userInfo: [.registry: session.registry])
      #expect(try storedForm(of: back) == bytes, "\(text)")
      #expect(display(back) == display(value), "\(text)")
      #expect(try contentDigest(of: back) == contentDigest(of: value), "\(text)")
      if case .object(let object) = value { types.insert(type(of: object).typeName) }
    }
    #expect(types == Set(session.registry.types.keys), "a type has no example here")
  }

  /// What a network computes is in its weights: one that comes back computes the same.
  @Test func whatComesBackWorksOn() throws {
    let host = try RecordingHost()
    let registry = standardRegistry()
    var session = Session(registry: registry, seed: 1)
    try session.run(parse(Source(Self.before, name: "test"), registry: registry).program, cell: "a", host: host)
    var second = Session(registry: registry, seed: 1)
    for name in session.bindings.names {
      let bytes = try storedForm(of: try #require(session.bindings[name]))
      second.bind(name, to: try restored(Value.self, from: bytes, userInfo: [.registry: registry]))
    }
    let program = parse(
      Source("print mean (predict net eyes)[0].map, scaled 2, (train-net eyes width: 4 epochs: 1)", name: "test"),
      registry: registry
    ).program
    var texts: [String] = []
    for var session in [session, second] {
      let host = try RecordingHost()
      try session.run(program, cell: "c", host: host)
      texts.append(host.text)
    }
    #expect(texts[0] == texts[1])
  }

  /// How long a training took, and how a function is commented, is no part of what they are.
  @Test func contentsAreWithoutTimesAndComments() throws {
    let registry = standardRegistry()
    func digest(_ program: String, of name: String) throws -> String {
      var session = Session(registry: registry, seed: 1)
      let parsed = parse(Source(program, name: "test"), registry: registry).program
      try session.run(parsed, cell: "a", host: try RecordingHost())
      return try contentDigest(of: try #require(session.bindings[name]))
    }
    let training = "net = train-net (phantom 2 size: 64) width: 4 epochs: 1"
    #expect(try digest(training, of: "net") == digest(training, of: "net"))
    #expect(try digest("def f x { x + 1 }", of: "f") == digest("# a comment\n\ndef f x {\n  x + 1  # more\n}", of: "f"))
    #expect(try digest("def f x { x + 1 }", of: "f") != digest("def f x { x + 2 }", of: "f"))
    #expect(try digest("k = 1\ndef f x { x + k }", of: "f") != digest("k = 2\ndef f x { x + k }", of: "f"))
  }

  @Test func damagedValuesAreRefused() throws {
    let registry = standardRegistry()
    var session = Session(registry: registry, seed: 1)
    let program = parse(Source("found = [(phantom 1 size: 64)[0], unet width: 4]", name: "test"), registry: registry)
    try session.run(program.program, cell: "a", host: try RecordingHost())
    let whole = try storedForm(of: try #require(session.bindings["found"]))
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var bytes = whole
      // Near the beginning, where the shapes and names are.
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<min(2000, bytes.count), using: &generator)] =
          UInt8.random(in: .min ... .max, using: &generator)
      }
      _ = try? restored(Value.self, from: bytes, userInfo: [.registry: registry])
    }
  }
}
