import Testing

/// Commands on masks and regions, against small cases worked out by hand.
@Suite struct RegionsTests {
  /// A ring of 8 pixels around a hole, a bar of 3, a lone pixel at the ring's corner.
  private static let shapes = [
    "...........", ".###.......", ".#.#..###..", ".###.......", "....#......", "...........",
  ]

  private static func output(_ program: String, of rows: [String] = shapes) throws -> [String] {
    let host = try RecordingHost()
    let pixels = rows.map { $0.map { $0 == "#" ? "255" : "0" }.joined(separator: " ") }.joined(separator: "\n")
    try host.write(Array("P2\n\(rows[0].count) \(rows.count)\n255\n\(pixels)\n".utf8), to: "i.pgm")
    let start = "i = open \"i.pgm\"\nm = threshold i 0.5\n"
    return try run(start + program, on: host).split(separator: "\n").map(String.init)
  }

  @Test func cleaning() throws {
    let lines = try Self.output(
      """
      print (fill-holes m).area, (remove-islands m area: 4).area, (remove-islands m area: 4 connectivity: four).area
      print (keep-largest m).area, (keep-largest m count: 2).area, (keep-largest m count: 9 connectivity: four).area
      print (remove-islands m area: 100).area
      """)
    #expect(lines == ["13px 9px 8px", "9px 12px 12px", "0px"])
  }

  @Test func growingAndShrinking() throws {
    let dot = [".......", ".......", ".......", "...#...", ".......", ".......", "......."]
    let lines = try Self.output(
      """
      print (grow m by: 1).area, (grow m by: 2px).area, (grow m by: 0.1mm mm-per-pixel: 0.05).area, (grow m by: 1.5).area
      print (shrink (grow m by: 2) by: 2).area, (shrink (not m) by: 1).area, (smooth-outline m radius: 1).area
      print max (distances m), sum (distances m) > 0, max (distances (not m))
      """, of: dot)
    #expect(lines[0] == "5px 13px 13px 9px")
    #expect(lines[1] == "1px 44px 0px", "a mask keeps the picture's rim that it reaches")
    #expect(lines[2].hasPrefix("4.24264") && lines[2].hasSuffix("true 1"))
  }

  /// Growth of a sample's mask ends at its field of view, and its own scale says what a millimetre is.
  @Test func aSampleHasAFieldAndAScale() throws {
    let lines = try Self.output(
      """
      eye = [image: i, mask: m, field: (grow m by: 1), mm-per-pixel: 0.1]
      print (grow eye by: 5).area == eye.field.area, (grow eye by: 0.1mm).area == (grow m by: 1).area
      print (shrink [mask: eye.field, field: eye.field] by: 3).area == eye.field.area
      """)
    #expect(lines == ["true true", "true"])
  }

  @Test func partsAndTheirTable() throws {
    let lines = try Self.output(
      """
      parts = components m
      print parts.count, (components m connectivity: four).count
      t = region-table parts image: i
      print t[1]["area, px"], t[1]["x, px"], t[1]["y, px"], t[1].mean, t.columns[7]
      """)
    #expect(lines == ["2 3", "3 7 2 1 SD"])
  }

  /// Valleys at 0, 0.2 and 0.2, a crest of 1 behind the first and one of 0.6 between the others.
  @Test func basins() throws {
    let host = try RecordingHost()
    let row = "0 102 255 102 51 153 51"
    try host.write(Array("P2\n7 2\n255\n\(row)\n\(row)\n".utf8), to: "v.pgm")
    let text = try run(
      """
      v = open "v.pgm"
      print (watershed v depth: 0).count, (watershed v depth: 0.45).count, (watershed v depth: 0.9).count
      w = watershed v depth: 0
      g = region-graph w image: v
      print g.count, g[0].region, g[0].neighbour, g[0].sides
      print (merge-regions w image: v step: 0.0001).count, (merge-regions w image: v step: 1).count
      print (watershed v from: (threshold (1 - v) 1)).count, sum w.mask
      """, on: host)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "3 2 1")
    #expect(lines[1] == "2 1 2 2")
    #expect(lines[2] == "3 1")
    #expect(lines[3] == "1 14")
  }

  @Test(arguments: [
    ("grow (phantom 1 size: 64)[0].mask by: 1mm", "unknown-scale"),
    ("grow (phantom 1 size: 64)[0].mask by: -1", "out-of-range"),
    ("grow (phantom 1 size: 64)[0].mask by: 3deg", "wrong-unit"), ("fill-holes [a: 1]", "mask-missing"),
    ("e = (phantom 1 size: 64)[0]\ngrow [mask: e.mask, field: (phantom 1 size: 96)[0].mask]", "mask-size-differs"),
    ("region-graph (components (phantom 1 size: 64)[0].mask) image: (phantom 1 size: 96)[0].image", "shape-mismatch"),
    ("watershed (phantom 1 size: 64)[0] from: (phantom 1 size: 96)[0].mask", "shape-mismatch"),
    ("watershed (phantom 1 size: 64)[0] from: (phantom 1 size: 64)[0].mask depth: 0.1", "contradiction"),
    ("m = (phantom 1 size: 64)[0].mask\ndistances (m xor m)", "mask-empty"),
  ])
  func mistakes(program: String, code: String) throws { #expect(try mistake(in: program) == code) }
}
