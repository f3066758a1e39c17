import Testing

/// Commands on pictures, against small cases worked out by hand.
@Suite struct PicturesTests {
  private static func host(_ pixels: [[Int]]) throws -> RecordingHost {
    let host = try RecordingHost()
    let header = "P2\n\(pixels[0].count) \(pixels.count)\n255\n"
    let rows = pixels.map { $0.map(String.init).joined(separator: " ") }.joined(separator: "\n")
    try host.write(Array((header + rows + "\n").utf8), to: "i.pgm")
    return host
  }

  private static func output(_ program: String, of pixels: [[Int]]) throws -> [String] {
    try run("i = open \"i.pgm\"\n" + program, on: host(pixels)).split(separator: "\n").map(String.init)
  }

  /// A spot of 9 pixels and one of a single pixel on black.
  private static let spots = [
    [0, 0, 0, 0, 0, 0, 0],
    [0, 255, 255, 255, 0, 0, 0],
    [0, 255, 255, 255, 0, 0, 0],
    [0, 255, 255, 255, 0, 255, 0],
    [0, 0, 0, 0, 0, 0, 0],
  ]

  @Test func morphologyByADisc() throws {
    let lines = try Self.output(
      """
      print sum (erode i radius: 1), sum (dilate i radius: 1), sum (opening i radius: 1), sum (top-hat i radius: 1)
      m = threshold i 0.5
      print (erode m radius: 1).area, (dilate m radius: 1).area, (opening m radius: 1.4).area
      """, of: Self.spots)
    // The disc of radius 1 is a cross of 5 pixels: the square erodes to its middle, dilates to 21 pixels, of which the lone
    // pixel's cross shares one, and opens to the cross. √2 is above 1.4.
    #expect(lines[0] == "1 25 5 5")
    #expect(lines[1] == "1px 25px 5px")
  }

  @Test func areasAndReconstruction() throws {
    let lines = try Self.output(
      """
      print sum (area-opening i area: 2), sum (area-opening i area: 1), sum (area-opening i area: 10)
      print sum (area-opening (1 - i) area: 2 dark: true)
      print sum (reconstruct (erode i radius: 1) under: i), sum (reconstruct i over: i)
      print (deep-minima (1 - i) depth: 0.5).area, (deep-minima i depth: 0.5 connectivity: four).area
      """, of: Self.spots)
    #expect(lines[0] == "9 10 0")
    #expect(lines[1] == "26", "the lone dark pixel is raised")
    #expect(lines[2] == "9 10", "the square grows back from its middle, the lone pixel does not")
    #expect(lines[3] == "10px 25px")
  }

  @Test func statisticsOfWindows() throws {
    let lines = try Self.output(
      """
      print (profile (local-mean i window: 3) from: [0, 0] to: [2, 0]).grey
      print (profile (local-deviation i window: 3) from: [1, 1] to: [2, 1]).grey
      print (profile (local-entropy i window: 3) from: [1, 1] to: [2, 1]).grey
      print (profile (local-uniformity i window: 3) from: [1, 1] to: [2, 1]).grey
      """, of: [[255, 0, 0], [0, 0, 0], [0, 0, 0]])
    // Corner windows hold 4 pixels, the middle one all 9.
    #expect(lines[0].hasPrefix("[0.25") && lines[0].contains("0.1666"))
    #expect(lines[1].hasPrefix("[0.314"), "√(1/9 · 8/9)")
    #expect(lines[2].hasPrefix("[0.503"), "−1/9 log₂ 1/9 − 8/9 log₂ 8/9")
    #expect(lines[3].hasPrefix("[0.802"), "1/81 + 64/81")
  }

  @Test func levels() throws {
    let lines = try Self.output(
      """
      print percentile i rank: 0%, percentile i, percentile i rank: 100%
      print (otsu i) > 0, (otsu i) < 1
      m = threshold i 0.5
      print percentile i within: m, percentile i within: (not m) rank: 100%
      """, of: [[0, 51, 255], [0, 255, 255]])
    #expect(lines[0].hasPrefix("0 0.6") && lines[0].hasSuffix(" 1"))
    #expect(lines[1] == "true true")
    #expect(lines[2].hasPrefix("1 0.2"))
  }

  /// What lies outside a sample's field of view is 0 and leaks nowhere in.
  @Test func outsideTheFieldCountsForNothing() throws {
    let program = """
      eye = (phantom 1 size: 64 seed: 3)[0]
      flat = [image: eye.image * 0 + 0.5, field: eye.field]
      even = even-lighting flat method: gaussian
      for x in [(smooth flat sigma: 3), (local-mean flat window: 9), (dilate flat radius: 3), even] {
        print abs (mean x / mean eye.field - 0.5) < 0.0001, max x < 0.50001
      }
      print max (abs (even-lighting flat - smooth flat)) < 0.01
      """
    let lines = try run(program).split(separator: "\n")
    #expect(lines.count == 5 && lines.allSatisfy { !$0.contains("false") }, "\(lines)")
  }

  @Test func aGaussianKeepsItsSum() throws {
    var pixels = [[Int]](repeating: [Int](repeating: 0, count: 31), count: 31)
    pixels[15][15] = 255
    let lines = try Self.output(
      """
      s = smooth i sigma: 2
      print abs (sum s - 1) < 0.0001, abs (max s - 0.0397887) < 0.0003
      h = hessian i sigma: 2
      print abs (min h.smaller + 0.0397887 / 4) < 0.0003, abs (min h.larger + 0.0397887 / 4) < 0.0003
      t = structure-tensor i sigma: 2 rho: 2
      print min t.larger > -0.000001, min (t.larger - t.smaller) >= 0
      """, of: pixels)
    // 1 ÷ 2πσ² at the middle, and its bend −1 ÷ 2πσ⁴ there.
    #expect(lines == ["true true", "true true", "true true"])
  }

  @Test func bothSolversComeToOneMinimum() throws {
    let lines = try run(
      """
      eye = (phantom 1 size: 64 seed: 3)[0]
      a = denoise eye theta: 0.05
      b = denoise eye theta: 0.05 solver: split-bregman
      print max (abs (a.image - b.image)) < 0.02
      for d in [a, b] {
        falls = true
        for k in 1..(d.energies.count - 1) { falls = falls and d.energies[k] < d.energies[k - 1] }
        print falls, d.gap >= 0
      }
      """
    ).split(separator: "\n")
    #expect(lines == ["true", "true true", "true true"])
  }

  @Test(arguments: [
    ("smooth (phantom 1 size: 64)[0] sigma: 0", "out-of-range"), ("smooth [a: 1]", "no-image"),
    ("i = (phantom 1 size: 64)[0].image\nsmooth (log (i * 0))", "not-finite"),
    ("smooth (phantom 1 size: 64)[0] within: (phantom 1 size: 96)[0].mask", "shape-mismatch"),
    ("local-entropy (phantom 1 size: 64)[0] window: 8", "even-window"),
    ("erode (phantom 1 size: 64)[0] radius: 1.5", "not-whole"),
    ("erode (phantom 1 size: 64)[0].mask within: (phantom 1 size: 64)[0].mask", "contradiction"),
    ("reconstruct (phantom 1 size: 64)[0] under: (phantom 1 size: 96)[0].image", "shape-mismatch"),
    ("even-lighting (phantom 1 size: 64)[0] method: homomorphic window: 9", "idle-option"),
    ("histogram (phantom 1 size: 64)[0].image bins: 0", "out-of-range"),
    ("profile (phantom 1 size: 64)[0] from: [1, 1] to: [1, 1]", "no-point"),
    ("profile (phantom 1 size: 64)[0] from: [1] to: [1, 1]", "no-point"),
    ("plot [a: [x: [1], y: [1], colour: [1]]]", "not-a-series"), ("plot [a: [1, \"b\"]]", "not-a-series"),
    ("plot [a: [y: [1], error: [-1]]]", "not-a-series"), ("plot [:]", "figure-empty"),
  ])
  func mistakes(program: String, code: String) throws { #expect(try mistake(in: program) == code) }

  @Test func profilesAreBilinear() throws {
    let lines = try Self.output(
      """
      p = profile i from: [0, 0.5] to: [2, 0.5]
      print p.grey, p.distance
      q = profile i from: [0, 0] to: [1, 1]
      print count q.grey, abs (q.distance[2] - sqrt 2) < 0.000001, q.grey[1]
      m = threshold i 0.5
      print (profile i from: [0, 1] to: [2, 1] within: m).grey
      """, of: [[0, 0, 0], [0, 255, 255]])
    #expect(lines[0] == "[0, 0.5, 0.5] [0, 1, 2]")
    #expect(lines[1] == "3 true 0.25")
    #expect(lines[2] == "[none, 1, 1]")
  }
}
