import Angiography
import Figures
import Imaging
import Language

extension Command {
  static let retinalGrid = Command(
    "grid", "where non-perfusion lies: how much of each field of a grid on the retina",
    [
      MarkedAngiograms.parameter,
      .option(
        "form", default: RetinalGrid.Form.etdrs,
        "etdrs: 1, 3 and 6 mm, in quadrants; clock: rings × 12 hours; polar: cells of one area; zones: to 10, to 15 mm, beyond"
      ),
      .option("centre", .choice(["fovea", "disc"]), default: .text("fovea"), "what the grid lies around"),
      .option(
        "ring", .number(.millimetres, .within(0.1...20)), default: .number(2.5, .millimetres),
        "of `clock`: the width of a ring; of `polar`: the radius of the innermost cells"),
      .option("rings", .integer(.within(1...20)), default: .number(6), "of `clock` and `polar`: how many"),
      .option("sectors", .integer(.within(1...36)), default: .number(8), "of `polar`: cells of each ring"),
    ],
    result: .object(GridValue.typeName),
    help: Help(
      "Shares are of the gradable retina in each cell, so a cell that the picture cuts is judged by what there is of it. Sectors are the "
        + "picture's: superior is up; nasal and temporal by the eye, else by the side of the disc, else they are left and right. `.table` has "
        + "the numbers, of several images their means; `.figure` draws one image's.",
      examples: [
        "eye = (phantom 1 size: 128)[0]", "g = grid eye", "show g", "print g.table",
        "show (grid eye form: clock ring: 1.2mm)",
      ],
      method:
        "ETDRS report 10: rings of 1, 3 and 6 mm in diameter; rings and hours as in ultra-widefield studies; the zones are those of "
        + "posterior pole, mid-periphery and far periphery (10 and 15 mm)."),
    codes: ClinicalOptions.codes,
    rules: CallRule.options("ring", "rings", countWith: "clock", "polar", of: "form")
      + CallRule.options("sectors", countWith: "polar", of: "form")
  ) { arguments, _ in
    let marked = try MarkedAngiograms(arguments)
    let form = RetinalGrid(
      arguments.choice("form"), ringWidth: arguments.number("ring"), count: arguments.integer("rings"),
      sectors: arguments.integer("sectors"))
    var areas: [GriddedArea] = []
    for (sample, mask) in zip(marked.samples, marked.masks) {
      guard let scale = sample.scale else { throw ClinicalOptions.unknownScale(of: sample) }
      let what = arguments.text("centre")
      let landmarks = sample.facts.landmarks
      guard let centre = what == "fovea" ? landmarks.fovea : landmarks.disc else {
        throw ClinicalOptions.unknownPlace(what, of: sample)
      }
      areas.append(GriddedArea(of: mask, in: sample, grid: form, centre: centre, scale: scale))
    }
    return .object(GridValue(areas, samples: marked.samples, masks: marked.masks))
  }
}
