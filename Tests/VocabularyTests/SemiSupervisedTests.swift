import Language
import Testing
import Vocabulary

/// Angiograms without masks in programs: `unlabelled:` of the commands that train GANs, and `pseudo-label`.
struct SemiSupervisedTests {
  /// Four eyes with masks, and two without.
  private static let before = """
    eyes, others = split (phantom 6 size: 64 seed: 1) test: 2 seed: 1
    folder = save others "others"
    frames = load "{folder}/images"

    """
  private static let shown = "print sum (predict net eyes)[0].map, net.history[3].L"

  private func lastLine(_ text: String) -> Substring? { text.split(separator: "\n").last }

  @Test func theyTeachAndTheSameSeedGivesTheSameNumbers() throws {
    func trained(_ options: String) throws -> Substring? {
      let call = "net = train-gan (augment eyes) width: 4 epochs: 4 rate: 1e-3 seed: 5 \(options)"
      return lastLine(try run("\(Self.before)\(call)\n\(Self.shown)"))
    }
    let both = try trained("unlabelled: frames")
    #expect(try both == trained("unlabelled: frames unlabelled-from: 2 trust: 0.2 unlabelled-weight: 0.1"))
    let others = [
      "", "unlabelled: frames unlabelled-from: 1", "unlabelled: frames trust: 0.6",
      "unlabelled: frames unlabelled-weight: 0.5", "unlabelled: frames unlabelled-adversarial: 0.1",
    ]
    for options in others { #expect(try trained(options) != both, "\(options)") }
    // Masks that are there are not looked at.
    #expect(try trained("unlabelled: others") == both)
  }

  @Test func aSystemLearnsFromThemAsItsNetworksDo() throws {
    let options = "width: 4 epochs: 4 rate: 1e-3 seed: 5 unlabelled: frames"
    let system = try run("\(Self.before)net = train-system eyes system: pixel-gan \(options)\n\(Self.shown)")
    let networks = try run("\(Self.before)net = train-gan eyes \(options)\n\(Self.shown)")
    #expect(lastLine(system) == lastLine(networks))
  }

  @Test func theHistoryTellsOfThem() throws {
    let program = """
      \(Self.before)net = train-gan eyes width: 4 epochs: 3 seed: 5 unlabelled: frames
      print net.history.columns
      print net.history[0].L_semi, net.history[1].trusted > 0, net.history[2].L_semi > 0
      plain = train-gan eyes width: 4 epochs: 3 seed: 5
      print count plain.history.columns
      show (curves net)
      """
    let lines = try run(program).split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.contains("'L_semi', 'trusted'") })
    #expect(lines.contains("none true true"))
    #expect(lines.contains("10"))
  }

  @Test(arguments: [4, 7, 10]) func aTrainingGoesOnToTheSameBits(reports: Int) throws {
    let training = "net = train-gan (augment eyes) width: 4 epochs: 4 rate: 1e-3 seed: 5 unlabelled: frames"
    let kept = "\(training) checkpoint: \"c\" resume: true"
    let whole = try run("\(Self.before)\(training)\n\(Self.shown)")
    let folder = try RecordingHost().folder
    let host = try RecordingHost(in: folder, cancelAfterReports: reports)
    try run("\(Self.before)\(kept)", on: host)
    #expect(host.text.contains("stopped"))
    let program = "\(Self.before.replacing("save others \"others\"", with: "save others \"others\" replace: true"))"
    let again = try run("\(program)\(kept)\n\(Self.shown)", on: try RecordingHost(in: folder))
    #expect(again.contains("going on") && lastLine(again) == lastLine(whole))
    // Without them, or with others, it is another training.
    for other in [training.replacing(" unlabelled: frames", with: ""), training.replacing("frames", with: "eyes")] {
      let mistake = #expect(throws: Diagnostic.self) {
        try run("\(program)\(other) checkpoint: \"c\" resume: true", on: try RecordingHost(in: folder))
      }
      #expect(mistake?.code == "checkpoint-differs", "\(mistake?.message ?? "")")
    }
  }

  @Test func whatSaysNothingIsRefused() throws {
    func code(_ program: String) throws -> String? { try mistake(in: Self.before + program) }
    for option in ["trust: 0.3", "unlabelled-weight: 0.2", "unlabelled-adversarial: 0.1", "unlabelled-from: 1"] {
      #expect(try code("train-gan eyes width: 4 epochs: 2 \(option)") == "idle-option")
      #expect(try code("train-system eyes width: 4 epochs: 2 \(option)") == "idle-option")
      let compared = "compare eyes systems: [\"pixel-gan\"] folds: 2 width: 4 epochs: 2 \(option)"
      #expect(try code(compared) == "idle-option")
    }
    #expect(
      try code("train-system eyes system: unet width: 4 epochs: 2 unlabelled: frames") == "unlabelled-needs-pixels")
    #expect(
      try code("train-system eyes system: cgan width: 4 epochs: 2 unlabelled: frames") == "unlabelled-needs-pixels")
    let encoder = "discriminator: (pixel-discriminator width: 4 depth: 4 answers: map)"
    #expect(try code("train-gan eyes width: 4 epochs: 2 unlabelled: frames \(encoder)") == "unlabelled-needs-pixels")
    #expect(
      try code("train-gan eyes width: 4 epochs: 2 unlabelled: frames unlabelled-from: 3") == "unlabelled-too-late")
    #expect(
      try code("train-gan eyes width: 4 epochs: 2 unlabelled: frames pixel-target: xor") == "unlabelled-needs-agreement"
    )
    #expect(try code("train-gan eyes width: 4 epochs: 2 unlabelled: (phantom 2 size: 80)") == "mixed-sizes")
    #expect(try code("train-gan eyes width: 4 epochs: 2 unlabelled: frames unlabelled-weight: 0") == "out-of-range")
    #expect(try code("train-net eyes width: 4 epochs: 2 unlabelled: frames") == "unknown-label")
    for systems in ["\"unet\", \"cgan\"", "\"dark-threshold\""] {
      #expect(try code("compare eyes systems: [\(systems)] folds: 2 width: 4 unlabelled: frames") == "idle-option")
    }
  }

  @Test func aComparisonLeavesOutWhatItTests() throws {
    let call = "compare eyes systems: [\"unet\", \"pixel-gan\"] folds: 2 width: 4 epochs: 3 rate: 1e-3 seed: 3"
    func maps(_ options: String) throws -> (text: String, unet: Substring?, gan: Substring?) {
      let program = """
        \(Self.before)c = \(call) \(options)
        print sum c[0].predictions[0].map
        print sum c[1].predictions[0].map
        """
      let text = try run(program)
      let lines = text.split(separator: "\n")
      return (text, lines.dropLast().last, lines.last)
    }
    let plain = try maps("")
    let both = try maps("unlabelled: frames")
    #expect(both.unet == plain.unet && both.gan != plain.gan)
    #expect(!both.text.contains("left out"))
    // A fold tests two of the eyes.
    let own = try maps("unlabelled: eyes")
    #expect(own.text.contains("those a fold tests are left out of it: 2, 2"))
    #expect(own.gan != both.gan && own.gan != plain.gan)
    let none = "compare eyes test: others systems: [\"pixel-gan\"] width: 4 epochs: 2 unlabelled: frames"
    #expect(try mistake(in: Self.before + none) == "nothing-unlabelled")
  }

  @Test func pseudoLabelsAreLearntFrom() throws {
    let program = """
      \(Self.before)net = train-net eyes width: 4 epochs: 4 rate: 1e-3 seed: 5
      found = predict net frames
      more = pseudo-label net frames above: 0.55 below: 0.45
      print count more, count more.masks, more[0].grader
      print more
      print (more[0].mask xor ((threshold found[0].map 0.55) and more[0].field)).area
      both = join eyes more
      net = train-net both width: 4 epochs: 1 seed: 5
      print count both, sum (predict net eyes)[0].map != sum found[0].map
      """
    let lines = try run(program).split(separator: "\n").map(String.init)
    #expect(lines.contains("2 2 pseudo-label"))
    #expect(lines.contains { $0.hasPrefix("pseudo-labels of 2 angiograms: of the field of view") })
    #expect(lines.contains { $0.contains("2 images, 2 masks") && $0.hasSuffix(" % of what is graded") }, "\(lines)")
    #expect(lines.suffix(1) == ["6 true"])
    #expect(lines.contains("0px"), "what is marked is what is sure, inside the field")
  }

  @Test func masksThatAreThereStay() throws {
    let program = """
      \(Self.before)method = fit-method eyes
      half = pseudo-label method (join eyes frames) above: 0.6 below: 0.4
      print count half.masks, half[0].grader, half[4].grader
      print (half[0].mask xor eyes[0].mask).area
      """
    #expect(try run(program).hasSuffix("6 none pseudo-label\n0px"))
  }

  @Test func whatCannotBeLabelledIsRefused() throws {
    func code(_ program: String) throws -> String? { try mistake(in: Self.before + program) }
    let method = "method = fit-method eyes\n"
    #expect(try code("\(method)pseudo-label method eyes") == "nothing-to-label")
    #expect(try code("\(method)pseudo-label method frames above: 0.5 below: 0.5") == "bounds-crossed")
    #expect(try code("\(method)pseudo-label method frames above: 1.5") == "out-of-range")
    #expect(try code("pseudo-label (pixel-discriminator width: 4 depth: 4) frames") == "not-a-generator")
  }

  /// What lies between the bounds is left out, not learnt as unmarked, as it is once the masks have been saved.
  @Test func pixelsLeftOutAreNotUnmarked() throws {
    let program = """
      \(Self.before)net = train-net eyes width: 4 epochs: 4 rate: 1e-3 seed: 5
      band = pseudo-label net frames above: 0.48 below: 0.3
      print band[0].ungraded.area > 0px
      saved = save band "drawn"
      drawn = load "{saved}/images" masks: "{saved}/masks"
      print (band[0].mask xor drawn[0].mask).area
      for data in [band, drawn] { print sum (predict (train-gan data width: 4 epochs: 2 seed: 2) frames)[0].map }
      """
    let lines = try run(program).split(separator: "\n")
    #expect(lines.contains("true"))
    let maps = lines.filter { Double($0) != nil }
    #expect(maps.count == 2 && maps[0] != maps[1])
  }
}
