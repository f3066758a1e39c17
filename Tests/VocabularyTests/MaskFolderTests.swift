import Angiography
import Base
import Foundation
import Imaging
import Testing

/// Masks, folders and what is told of them, as a program meets them.
struct MaskFolderTests {
  /// A host with four eyes in `eyes`, and what a program gave on it.
  private func run(_ program: String, on host: RecordingHost? = nil) throws -> String {
    let host = try host ?? RecordingHost()
    return try VocabularyTests.run("eyes = phantom 4 size: 64\nsave eyes \"eyes\"\n" + program, on: host)
  }

  @Test func savedPredictionsLoadAgainAsMasks() throws {
    let text = try run(
      """
      found = dark-threshold eyes level: 0.8
      save found "marked"
      again = load "eyes/images" masks: "marked"
      for i in 0..3 { print (again[i].mask xor found[i].mask).area }
      metrics found again
      """)
    #expect(text.contains("0px\n0px\n0px\n0px") || text.contains("0 px\n0 px\n0 px\n0 px"))
    #expect(
      text.contains("note: paired by their names without “.mask” of the masks: phantom-001 with phantom-001.mask"))
    #expect(text.contains("maps of probabilities: phantom-001.probability.png"))
    #expect(text.contains("not images: predictions.csv"))
  }

  @Test func ungradedValuesAreGivenOrTaken() throws {
    let host = try RecordingHost()
    let side = 64
    let values = (0..<side * side).map { UInt16($0 % side < 20 ? 0 : $0 % side < 40 ? 1 : 255) }
    try makeFolder(host.folder + "/m")
    try writePNG(
      RasterImage(width: side, height: side, model: .grey, fullScale: 255, samples: values),
      to: host.folder + "/m/phantom-001.png")
    let text = try run(
      """
      save eyes[0].image "i/phantom-001.png"
      a = load "i" masks: "m"
      print a[0].mask.area
      b = load "i" masks: "m" label: 255 ignore: 1
      print b[0].mask.area
      print a
      print describe a
      save a "again"
      """, on: host)
    #expect(text.contains(" % of what is graded") && text.contains("non-perfusion, % of graded"), "\(text)")
    #expect(try !run("print eyes\nprint describe eyes").contains("graded"))
    #expect(text.contains("1 image, 1 mask"))
    #expect(text.contains("\(20 * side)") && text.contains("\(24 * side)"))
    #expect(text.contains("note: the mask of phantom-001: 255 beside classes is taken as not graded"))
    #expect(text.contains("note: pixels that nobody has graded are saved as unmarked, in 1 mask"))
    #expect(
      try mistake(in: "save (phantom 1 size: 64) \"p\"\nload \"p/images\" masks: \"p/masks\" label: 1 ignore: 1")
        == "contradiction")
  }

  @Test func anEmptyTrainingSetIsWarnedOf() throws {
    let warning = "warning: nothing is marked in any mask of “eyes”"
    let empty = "bare = load \"eyes/images\" empty-masks: true\n"
    #expect(try run(empty + "net = train-net bare width: 4 epochs: 1").contains(warning))
    #expect(try run(empty + "dark-threshold bare").contains(warning))
    #expect(try run(empty + "c = compare bare systems: [\"dark-threshold\"] folds: 2").contains(warning))
    #expect(try !run("net = train-net eyes width: 4 epochs: 1").contains("warning"))
  }

  @Test(arguments: [
    "net = train-net eyes width: 4 epochs: 1 validation: again",
    "dark-threshold again tuned-on: eyes",
    "c = compare (load \"eyes/images\" masks: \"eyes/masks\" size: 64) systems: [\"unet\"] width: 4 epochs: 1 folds: 2 "
      + "also: (load \"other\" empty-masks: true size: 64)",
    "c = compare eyes systems: [\"dark-threshold\"] test: again",
  ])
  func imagesThatTeachAndTestAreWarnedOf(use: String) throws {
    let host = try RecordingHost()
    let text = try run("print \"drawn\"", on: host)
    #expect(!text.contains("warning"))
    // One renamed copy: flipped, darker, of another size.
    try makeFolder(host.folder + "/other")
    let image = try readImage(host.folder + "/eyes/images/phantom-002.png").grey
    var flipped = image
    for y in 0..<image.height { for x in 0..<image.width { flipped[x, y] = 0.8 * image[image.width - 1 - x, y] } }
    try writePNG(
      flipped.resampled(width: 96, height: 96, through: .scaling(x: 64.0 / 96, y: 64.0 / 96)),
      to: host.folder + "/other/new.png")
    let found = try run("again = load \"other\" empty-masks: true\n" + use, on: host)
    #expect(found.contains("warning: copies of the same image are on both sides"), "\(use): \(found)")
    #expect(found.contains("phantom-002") && found.contains("new"))
    #expect(found.components(separatedBy: "warning: copies").count == 2)
  }

  @Test func scalesGiveAreasInSquareMillimetres() throws {
    let host = try RecordingHost()
    let text = try run(
      """
      save "image;mask;mm-per-pixel\\neyes/images/phantom-001.png;eyes/masks/phantom-001.png;0,05\\n" "list.csv"
      found = dark-threshold (load "list.csv") level: 0.9
      t = areas found
      print t
      save found "marked"
      """, on: host)
    #expect(text.contains("marked, mm²"))
    let rows = String(decoding: try readFile(host.folder + "/marked/predictions.csv"), as: UTF8.self).split(
      separator: "\n")
    let fields = rows[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(rows[0].hasSuffix(",marked-mm2"))
    let (pixels, area) = (Double(fields[3]) ?? 0, Double(fields[6]) ?? -1)
    #expect(pixels > 0 && abs(area - pixels * 0.0025) < 1e-9)
    // Nobody has said how large these pixels are.
    #expect(try !run("t = areas (dark-threshold (load \"eyes/images\") level: 0.9)\nprint t").contains("mm²"))
  }

  @Test func existsTellsWhetherSomethingIsThere() throws {
    #expect(
      try run("print (exists \"eyes\"), (exists \"eyes/manifest.csv\"), (exists \"nowhere\")").hasSuffix(
        "true true false"))
    // What is not there is no mistake in the branch that does not run.
    #expect(
      try run("if exists \"nowhere\" { print (load \"nowhere\") } else { print \"no such folder\" }")
        .hasSuffix("no such folder"))
  }

  @Test func masksAreExplained() throws {
    #expect(try run("explain load").contains("the brighter is marked"))
  }

  /// A scale in another unit, and masks whose black and white are exchanged.
  @Test func likelyMistakesAreWarnedOf() throws {
    let host = try RecordingHost()
    let text = try run(
      """
      save "file name,label path,Patient ID,mm per pixel\\neyes/images/phantom-001.png,eyes/masks/phantom-001.png,7,100\\n" \
        "list.csv"
      found = load "list.csv"
      print found[0].case
      """.replacing(" \\\n  ", with: " "), on: host)
    #expect(
      text.contains(
        "warning: mm-per-pixel of phantom-001: 100 mm per pixel makes the image 6400 mm wide, and an eye is 24 mm long; "
          + "is it in µm?"))
    #expect(text.hasSuffix("7"))
    try makeFolder("\(host.folder)/inverted")
    for number in 1...4 {
      let name = "phantom-00\(number).png"
      let mask = try readImage("\(host.folder)/eyes/masks/\(name)").grey
      let inverted = Plane(width: 64, height: 64, pixels: mask.pixels.map { 1 - $0 })
      try writePNG(inverted, to: "\(host.folder)/inverted/\(name)")
    }
    #expect(try run("load \"eyes/images\" masks: \"inverted\"", on: host).contains("they may be inverted"))
  }
}
