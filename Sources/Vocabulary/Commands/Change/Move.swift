import Angiography
import Imaging
import Language
import Tensors

extension Command {
  static let move = Command(
    "move", "angiograms as the camera sees them when the eye has moved",
    [
      .argument("eyes", ChangedAngiograms.accepts, ChangedAngiograms.help),
      .option(
        "shift", .list(of: .number(.pixels, .within(-10_000...10_000))), default: .list([.number(0), .number(0)]),
        "to the right and down, in pixels"),
      .option(
        "rotate", .number(.degrees, .within(-180...180)), default: .number(0, .degrees), "clockwise, about the middle"),
      .option("scale", .number(.one, .within(0.25...4)), default: .number(1), "how much larger, about the middle"),
      .option(
        "random", .number(.one, .within(0...2)), default: .number(0),
        "besides, each eye by chance, as visits differ: at 1 up to 10° and 10 % of the side either way, and 5 % in scale"
      ),
      Randomness.seedOption,
    ],
    result: ChangedAngiograms.result, isRandom: true,
    help: Help(
      "Image, mask and field of view move together; what comes in from outside is 0 and no field. For trying `register` and "
        + "`change` where the truth is known.",
      examples: [
        "eye = (phantom 1 size: 64)[0]", "show (move eye shift: [4px, -2px] rotate: 5deg scale: 1.03)",
        "later = move (phantom 3 size: 64 seed: 7 visit: 2) random: 0.5",
      ]),
    codes: [
      CodeEntry("no-move", "a move that leaves all where it is", .program("move (phantom 1 size: 64)[0] rotate: 0deg")),
      CodeEntry(
        "bad-shift", "a shift that isn't two numbers", .program("move (phantom 1 size: 64)[0] shift: [4px]")),
    ],
    rules: [
      CallRule(on: "shift") { call throws(Failure) in
        guard case .list(let shift)? = call.value("shift"), shift.count != 2 else { return }
        throw Failure(
          "bad-shift", "a shift is two numbers, to the right and down, found \(shift.count)",
          hint: "`shift: [4px, -2px]`")
      },
      CallRule(on: "seed") { call throws(Failure) in
        guard call.isNone("seed") == false, case .number(0, _)? = call.value("random") else { return }
        throw Failure("idle-option", "`seed:` says nothing where nothing is random", hint: "give `random:` too")
      },
    ]
  ) { arguments, context in
    let move = try EyeMove(arguments, context)
    return try ChangedAngiograms.changed(arguments["eyes"], .pictures, by: "move", context, move.applied(to:at:))
  }
}

/// How the camera sees other eyes than before: all moved alike, and each by chance besides.
private struct EyeMove {
  private let shift: [Double]
  private let degrees, scale, random: Double
  private let stream: RandomStream

  /// - Throws: `no-move`.
  init(_ arguments: Arguments, _ context: Context) throws(Failure) {
    shift = arguments.list("shift").map { value in
      guard case .number(let length, _) = value else { preconditionFailure("the signature asks for numbers") }
      return length
    }
    (degrees, scale, random) = (arguments.number("rotate"), arguments.number("scale"), arguments.number("random"))
    stream = Randomness.stream(arguments, context)
    guard shift != [0, 0] || degrees != 0 || scale != 1 || random != 0 else {
      throw Failure("no-move", "nothing moves here", hint: "give `shift:`, `rotate:`, `scale:` or `random:`")
    }
  }

  func applied(to sample: Sample, at index: Int) -> Sample {
    var draws = stream.substream(index)
    func chance() -> Double { random * Double(draws.uniform(in: -1...1)) }
    let side = Double(max(sample.image.width, sample.image.height))
    return sample.moved(
      right: shift[0] + 0.1 * side * chance(), down: shift[1] + 0.1 * side * chance(),
      degrees: degrees + 10 * chance(), scale: scale * (1 + 0.05 * chance()))
  }
}
