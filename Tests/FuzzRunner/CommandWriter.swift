import Base
import Fuzzing
import Language

/// Writes calls of commands whose arguments fit the signatures, at the edges of what they allow and a little beyond.
struct CommandWriter {
  var random: SeededGenerator
  let commands: [Command]

  /// A call, as a statement that binds its value to `it`.
  mutating func program() -> String { "it = " + call(random.pick(commands)) + "\n" + use() }

  /// What is done with the value afterwards.
  private mutating func use() -> String {
    random.pick([
      "print it", "describe it", "count it", "show it", "x = it + it", "x = it * 2", "x = -it", "x = not it",
      "x = it and it", "x = it == it", "x = it[0]", "x = it > 0.5", "save it \"it.png\"", "save it \"it.csv\"",
      "save it \"it.svg\"", "save it \"folder\"", "for e in it { print e }", "mean it", "shape it", "x = it ^ 3",
    ]) + "\n"
  }

  private mutating func call(_ command: Command) -> String {
    var text = command.name
    for parameter in command.parameters {
      switch parameter.position {
      case .positional:
        if parameter.defaultValue != nil, random.once(in: 2) { return text + labels(of: command) }
        text += " " + argument(parameter)
      case .rest: for _ in 0..<random.below(3) { text += " " + argument(parameter) }
      case .labelled: break
      }
    }
    return text + labels(of: command)
  }

  private mutating func labels(of command: Command) -> String {
    let labelled = command.parameters.filter { $0.position == .labelled }
    let share = labelled.count > 8 ? 6 : 3
    return labelled.map { parameter -> String in
      // Training for a hundred epochs finds no more than training for one.
      let isCostly = Self.costly[parameter.name] != nil && command.isRandom
      guard parameter.defaultValue == nil || isCostly || random.once(in: share) else { return "" }
      return " \(parameter.name): \(argument(parameter))"
    }.joined()
  }

  /// What keeps a call short where it takes long.
  private static let costly = [
    "epochs": ["1", "2"], "width": ["4", "5", "8"], "folds": ["2", "3"], "size": ["64", "80"],
    "systems": [
      "[\"unet\", \"dark-threshold\"]", "[\"cgan\"]", "[\"pixel-gan\", \"pointwise-gan\"]", "[]",
    ],
  ]

  private mutating func argument(_ parameter: Parameter) -> String {
    if let small = Self.costly[parameter.name], !random.once(in: 12) { return random.pick(small) }
    if parameter.name == "count", !random.once(in: 12) { return random.pick(["1", "2", "3"]) }
    if random.once(in: 40) { return value(of: .any) }
    return value(of: parameter.accepts)
  }

  private mutating func value(of accepts: Accepts) -> String {
    switch accepts {
    case .any: return random.once(in: 2) ? object(random.pick(Self.objects.keys.sorted())) : plain()
    case .truth: return random.pick(["true", "false"])
    case .number(let unit, let bounds): return number(bounds, unit.rawValue)
    case .integer(let bounds): return integer(bounds)
    case .text: return text()
    case .path: return random.once(in: 2) ? text() : random.pick(Self.paths)
    case .topic: return random.pick(["load", "epochs", "\"Eq. 3\"", "dataset", "eq 11", "-1", "d", "double", "''"])
    case .choice(let words): return random.once(in: 30) ? "no-such-choice" : random.pick(words)
    case .list(let element):
      if random.once(in: 30) { return "0..999999" }
      return "[" + (0..<random.below(4)).map { _ in value(of: element) }.joined(separator: ", ") + "]"
    case .record:
      return random.pick([
        "[:]", "[\"a\": p]", "[\"a\": p, \"b\": dark]", "[\"a\": mt]", "[\"a\": net, \"\": gan]", "[\"a\": 1]",
        "[\"\\t\": p, \"a\": mt, \"b\": net]",
      ])
    case .range: return random.pick(["0..0", "0..3", "-5..999999999999999", "-1..1"])
    case .function: return random.pick(["mean", "phantom", "print", "double", "train-net"])
    case .object(let type): return object(type)
    case .either(let alternatives): return value(of: random.pick(alternatives))
    case .optional(let inner): return random.once(in: 4) ? "none" : value(of: inner)
    }
  }

  private mutating func plain() -> String {
    switch random.below(6) {
    case 0: return number(Bounds(), "")
    case 1: return text()
    case 2: return random.pick(["true", "none", "[:]", "[]", "0..3"])
    case 3: return value(of: .list(of: .number(.one, Bounds())))
    case 4: return value(of: .list(of: .any))
    default: return value(of: .record)
    }
  }

  private mutating func number(_ bounds: Bounds, _ unit: String) -> String {
    let edges = [bounds.lower, bounds.upper].compactMap { $0 }
    switch random.below(8) {
    case 0...2 where !edges.isEmpty: return written(random.pick(edges)) + unit
    case 3 where edges.count == 2: return written((edges[0] + edges[1]) / 2) + unit
    case 4 where !edges.isEmpty: return written(random.pick(edges).nextUp) + unit
    case 5: return random.pick(["0", "1", "-1", "0.5", "2", "1e-3"]) + unit
    case 6: return random.pick(["1e308", "-1e308", "1e-320", "1e15", "9007199254740993", "1e9"])
    case 7 where random.once(in: 2): return random.pick(["(exp 1000)", "(log 0)", "(mean nans)", "(-1 * (mean nans))"])
    default: return random.pick(["0.1", "0.3", "0.25", "3"]) + unit
    }
  }

  private mutating func integer(_ bounds: Bounds) -> String {
    let lower = bounds.lower ?? 0
    switch random.below(8) {
    case 0: return written(lower)
    case 1: return bounds.upper.map(written) ?? "999999999999999"
    case 2: return written(lower + 1)
    case 3: return bounds.upper.map { written(($0 + lower) / 2) } ?? "1000000"
    case 4 where random.once(in: 3): return random.pick(["2.5", "-1", "1e15", "(exp 1000)", "(mean nans)", "3px"])
    default: return written(lower + Double(random.below(4)))
    }
  }

  private func written(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e15 ? "\(Int(number))" : "\(number)"
  }

  private mutating func text() -> String {
    random.pick([
      "''", "'a'", "'été 画'", "\"tab\\tline\\n\"", "'../up.png'", "'/etc/passwd'", "'/dev/zero'", "'.'", "'/'",
      "'a/b/c.png'",
      "'it.svg'", "'it.pdf'", "'it.pgm'", "'it.safetensors'", "'it.csv'", "'it.json'", "'~'", "'con:'", "'.hidden'",
      "'^(\\d+)'", "'('", "'^([a-z]+)-'", "'phantom'", "'unet'", "'dark-threshold'", "'grey'", "'mean-8'", "'mean-0'",
      "'percentile-10-8'", "'percentile-999-99999999999'", "'deviation-1e9'", "'vessel-distance-9999999999999999999'",
      "long",
    ])
  }

  private static let paths = [
    "'set/images'", "'set/masks'", "'set/manifest.csv'", "'net.safetensors'", "'gan.checkpoint'",
  ]

  private mutating func object(_ type: String) -> String {
    guard let names = Self.objects[type] else { return "none" }
    if type == "image", random.once(in: 5) {
      return "(\(random.pick(names)) \(random.pick(["*", "+", "/", "-"])) \(random.pick(names)))"
    }
    return random.pick(names)
  }

  /// Names that the prelude binds, by type.
  static let objects = [
    "dataset": ["d", "d1", "negative", "bare", "small", "large", "moved", "seen", "some", "rest", "both"],
    "image": ["i", "black", "nans", "infinite", "wild", "wide", "p[0].map"],
    "mask": ["m", "nothing", "everything", "wide-mask", "d[1].field"],
    "tensor": ["s.images", "s.labels", "t", "bad-t", "s.de-real"],
    "network": ["u", "u4", "judge", "patches", "points", "f8", "net", "gan", "gan.discriminator", "seeing", "opened"],
    "predictions": ["p", "dark", "p-bare", "p-large"],
    "metrics": ["mt", "mt-dark"],
    "comparison": ["c"],
    "step": ["s"],
    "table": ["mt.images", "net.history", "c.details"],
    "figure": ["fig", "s.figure"],
  ]

  /// Binds something of every type: the smallest there is, and odd ones.
  static let prelude = """
    def double x { x * 2 }
    long = "{"a very long text that no path can be "}{"and on and on and on and on and on and on and on and on"}"
    long = "{long}{long}{long}{long}{long}{long}{long}{long}"
    d = phantom 3 size: 64 seed: 1
    d1 = phantom 1 size: 64 seed: 2
    negative = phantom 2 size: 64 negatives: 1 seed: 3
    set = save d "set"
    bare = load "set/images"
    small = load "set/images" masks: "set/masks" size: 16
    large = load "set/images" masks: "set/masks" size: 128
    moved = augment d
    seen = features d ["grey", "mean-8"]
    some, rest = split d test: 1 seed: 4
    other = phantom 4 size: 100 seed: 9
    wide = other[3].image
    wide-mask = other[3].mask
    both = join some rest
    i = d[0].image
    black = i * 0
    nans = black / 0
    infinite = (i + 1) / 0
    wild = i * 1e30 - 5e29
    m = d[0].mask
    nothing = m xor m
    everything = not nothing
    u = unet width: 4 depth: 1 seed: 5
    u4 = unet width: 4 seed: 5
    judge = pixel-discriminator width: 4 depth: 1 seed: 6
    patches = patch-discriminator width: 4 layers: 1 seed: 6
    points = pointwise-discriminator width: 4 seed: 6
    f8 = fcn8 width: 4 seed: 6
    net = train-net d network: u epochs: 1 seed: 7 checkpoint: "gan.checkpoint"
    gan = train-gan d generator: u discriminator: judge epochs: 1 seed: 7
    seeing = train-net seen width: 4 epochs: 1 seed: 7
    file = save gan "net.safetensors"
    opened = open "net.safetensors"
    s = step d generator: u discriminator: judge seed: 8
    t = s.generated
    bad-t = s.images / 0
    p = predict net d
    dark = dark-threshold d
    p-bare = predict net bare
    p-large = predict net large
    mt = metrics p
    mt-dark = metrics dark
    c = compare d systems: ["unet", "dark-threshold"] folds: 2 width: 4 epochs: 1 seed: 9
    fig = boxes c

    """
}
