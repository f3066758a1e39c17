import Base
import Language

extension Command {
  static let clip = Command(
    "clip", "each element moved into a range",
    [
      .argument("x", .numeric, "a number, a list of numbers, an image, a mask or a tensor"),
      .option("from", .number(.one, Bounds()), default: .number(0), "the smallest value kept"),
      .option("to", .number(.one, Bounds()), default: .number(1), "the largest value kept"),
    ],
    help: Help("Elements below `from` become `from`, those above `to` become `to`.", examples: ["print clip 1.5 to: 1"])
  ) { arguments, _ in
    let (low, high) = (arguments.number("from"), arguments.number("to"))
    guard low <= high else {
      throw Failure("empty-range", "clip needs from ≤ to; found from: \(low) and to: \(high)")
    }
    return try mapElements(of: arguments["x"]) { Swift.min(Swift.max($0, low), high) }
  }
}
