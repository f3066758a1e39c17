import Testing

/// `step`: the same step that training takes, with terms that can be computed by hand.
struct StepTests {
  private static let data = "eyes = phantom 2 size: 64 seed: 1\n"

  @Test func itIsTheStepThatTrainingTakes() throws {
    let program = """
      \(Self.data)s = step eyes width: 4 seed: 5
      net = train-gan eyes width: 4 epochs: 1 seed: 5 statistics: running
      found = predict s.network eyes
      same = predict net eyes
      print sum (found[0].map), sum (found[1].map)
      print sum (same[0].map), sum (same[1].map)
      """
    let lines = try run(program).split(separator: "\n").suffix(2)
    #expect(lines.first == lines.last && lines.count == 2)
  }

  /// Eq. 1 to 7 in the language against the step's own numbers.
  @Test func everyTermByHand() throws {
    let program = """
      \(Self.data)s = step eyes width: 4 seed: 5
      y = s.labels
      g = s.generated
      e1 = mean (-1 * (y * log g + (1 - y) * log (1 - g))) - s.losses.L_bce
      e2 = mean ((s.de-real - 1)^2) - s.losses["L_DC real"]
      e3 = mean ((s.dd-real - 1)^2) - s.losses["L_DP real"]
      e4 = mean (s.de-generated^2) - s.losses["L_DC generated"]
      e5 = mean ((s.dd-generated - s.target)^2) - s.losses["L_DP generated"]
      e6 = mean ((s.de-judged - 1)^2) - s.losses.L_DC
      e7 = mean ((s.dd-judged - 1)^2) - s.losses.L_DP
      e8 = 10 * s.losses.L_bce + s.losses.L_DC + s.losses.L_DP - s.losses.L
      e9 = s.losses["L_DC real"] + s.losses["L_DP real"] + s.losses["L_DC generated"] + s.losses["L_DP generated"]
      print max [abs e1, abs e2, abs e3, abs e4, abs e5, abs e6, abs e7, abs e8, abs (e9 - s.losses.L_D)] < 1e-5
      agrees = (g < 0.5) * (1 - y) + (g >= 0.5) * y
      print sum (abs (agrees - s.target))
      """
    #expect(try run(program) == "true\n0")
  }

  @Test func whatCannotBeSteppedIsRefused() throws {
    #expect(try mistake(in: "\(Self.data)step eyes width: 4 number: 2") == "no-such-batch")
    let encoder = "s = step eyes width: 4 discriminator: (pixel-discriminator width: 4 depth: 4 answers: map)"
    #expect(try mistake(in: "\(Self.data)\(encoder)\nprint s.dd-real") == "no-answer")
    #expect(
      try mistake(in: "\(Self.data)net = train-net eyes width: 4 epochs: 1\nstep eyes from: net") == "no-discriminator")
  }

  @Test func powersOfGrids() throws {
    let program = "i = (phantom 1 size: 64)[0].image\nprint sum (abs (i^3 - i * i * i)), mean (i^0)"
    #expect(try run(program) == "0 1")
    #expect(try mistake(in: "i = (phantom 1 size: 64)[0].image\nprint i^0.5") == "operator-kinds")
  }
}
