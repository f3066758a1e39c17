import Figures
import Language

extension Command {
  static let sheet = Command(
    "sheet", "angiograms side by side, with the outlines of their masks",
    [
      .argument("data", Angiograms.accepts, Angiograms.help),
      .option("count", .integer(.within(1...400)), default: .number(12), "at most so many are drawn"),
      .option("outlines", .truth, default: .truth(true), "draw the masks"),
    ],
    result: .object(FigureValue.typeName),
    help: Help("Fig. 1 of the paper: how much non-perfusion varies.", examples: ["show (sheet (phantom 2 size: 64))"])
  ) { arguments, context in
    .object(
      FigureValue(
        try Figure.contactSheet(
          try Angiograms.dataset(arguments["data"], context).samples, limit: arguments.integer("count"),
          outlined: arguments.truth("outlines"))))
  }
}
