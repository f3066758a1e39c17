import Angiography
import Imaging
import Language

extension Command {
  static let move = Command(
    "move", "an angiogram as the camera sees it when the eye has moved",
    [
      .argument("eye", .record, "a sample of a dataset (`eyes[0]`)"),
      .option(
        "shift", .list(of: .number(.pixels, .within(-10_000...10_000))), default: .list([.number(0), .number(0)]),
        "to the right and down, in pixels"),
      .option(
        "rotate", .number(.degrees, .within(-180...180)), default: .number(0, .degrees), "clockwise, about the middle"),
      .option("scale", .number(.one, .within(0.25...4)), default: .number(1), "how much larger, about the middle"),
    ],
    result: .record,
    help: Help(
      "Image, mask and field of view move together; what comes in from outside is 0 and no field. For trying `register` and "
        + "`change` where the truth is known.",
      examples: ["eye = (phantom 1 size: 64)[0]", "show (move eye shift: [4px, -2px] rotate: 5deg scale: 1.03)"]),
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
      }
    ]
  ) { arguments, _ in
    guard case .record(let record) = arguments["eye"] else { preconditionFailure("the signature asks for a record") }
    let sample = try Angiograms.sample(record)
    let shift = arguments.list("shift").map { value -> Double in
      guard case .number(let length, _) = value else { preconditionFailure("the signature asks for numbers") }
      return length
    }
    let (rotation, scale) = (arguments.number("rotate"), arguments.number("scale"))
    guard shift != [0, 0] || rotation != 0 || scale != 1 else {
      throw Failure("no-move", "nothing moves here", hint: "give `shift:`, `rotate:` or `scale:`")
    }
    let moved = sample.moved(right: shift[0], down: shift[1], degrees: rotation, scale: scale)
    return try DatasetValue(Dataset(name: moved.name, samples: [moved])).element(at: 0)
  }
}
