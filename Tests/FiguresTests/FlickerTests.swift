import Angiography
import Figures
import Foundation
import Imaging
import Testing

/// Drawings that take turns, and the file that shows them.
@Suite struct FlickerTests {
  private struct Chunk {
    let name: String
    let content: [UInt8]
    let isSound: Bool
  }

  /// The chunks of a PNG file, with whether their checksums are right.
  private func chunks(_ file: [UInt8]) throws -> [Chunk] {
    #expect(file.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    var chunks: [Chunk] = []
    var start = 8
    while start < file.count {
      let length = number(file[start..<start + 4])
      try #require(start + 12 + length <= file.count)
      let body = file[start + 4..<start + 8 + length]
      chunks.append(
        Chunk(
          name: String(decoding: body.prefix(4), as: UTF8.self), content: Array(body.dropFirst(4)),
          isSound: number(file[start + 8 + length..<start + 12 + length]) == Int(checksum(of: body))))
      start += 12 + length
    }
    return chunks
  }

  private func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  private func bytes(_ value: Int) -> [UInt8] {
    (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32, bit by bit.
  private func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
  }

  /// A page that is too large for one chunk of pixels, with as many turns as asked for.
  private func figure(turns: Int) -> Figure {
    func drawing(_ seed: Int) -> Figure {
      let plane = Plane(width: 90, height: 70, pixels: (0..<6300).map { Float($0 * (seed + 7) % 251) / 250 })
      return Figure(
        size: .init(width: 90, height: 70),
        layers: [.init(.plane(plane, .grey), in: .init(x: 0, y: 0, width: 90, height: 70))])
    }
    var figure = drawing(0)
    figure.turns = (1..<turns).map(drawing)
    return figure
  }

  private func samples(_ file: [UInt8]) throws -> [Int] { try RasterImage(decoding: file).samples.map { Int($0) } }

  @Test(arguments: [2, 3]) func theFileHasEveryDrawing(count: Int) throws {
    let figure = figure(turns: count)
    let file = try figure.png()
    #expect(try figure.png() == file)
    let chunks = try chunks(file)
    #expect(chunks.allSatisfy { $0.isSound })
    #expect(chunks.first?.name == "IHDR" && chunks.last?.name == "IEND")
    let animation = try #require(chunks.firstIndex { $0.name == "acTL" })
    let pixels = try #require(chunks.firstIndex { $0.name == "IDAT" })
    #expect(animation < pixels && chunks[pixels - 1].name == "fcTL")
    #expect(chunks[animation].content == bytes(count) + bytes(0), "without end")
    let counted = chunks.filter { ["fcTL", "fdAT"].contains($0.name) }
    #expect(counted.map { number($0.content.prefix(4)) } == Array(counted.indices))
    for timing in chunks where timing.name == "fcTL" {
      #expect(timing.content.count == 26)
      #expect(Array(timing.content[4..<20]) == bytes(180) + bytes(140) + bytes(0) + bytes(0))
      let (delay, unit) = (number(timing.content[20..<22]), number(timing.content[22..<24]))
      #expect((0.5...1).contains(Double(delay) / Double(unit)) && timing.content[24...] == [0, 0])
    }
    let later = chunks.filter { $0.name == "fdAT" }
    #expect(later.count == count - 1)
    // Headed as a file of its own, each is the drawing.
    for (turn, data) in zip(figure.turns, later) {
      func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return bytes(content.count) + body + bytes(Int(checksum(of: body)))
      }
      let alone =
        Array(file[..<8]) + chunk("IHDR", chunks[0].content) + chunk("IDAT", Array(data.content.dropFirst(4)))
        + chunk("IEND", [])
      #expect(try samples(alone) == samples(turn.png()))
    }
  }

  /// libpng, which knows no animation, reads the first drawing.
  @Test func everyReaderShowsTheFirst() throws {
    let figure = figure(turns: 3)
    #expect(try samples(figure.png()) == samples(figure.still.png()))
    #expect(try !chunks(figure.still.png()).contains { $0.name == "acTL" })
    #expect(try figure.svg() == figure.still.svg() && figure.pdf() == figure.still.pdf())
    #expect(try figure.pgm() == figure.still.pgm() && figure.pixels() == figure.still.pixels())
    #expect(try samples(figure.png()) != samples(figure.turns[0].png()))
  }

  @Test func turnsAreOfOneSize() throws {
    var figure = figure(turns: 2)
    figure.turns[0].size.height = 71
    #expect { try figure.png() } throws: { ($0 as? FigureError)?.code == "figure-sizes-differ" }
    let stored = try JSONEncoder().encode(figure)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Figure.self, from: stored) }
  }

  /// What was stored before there were turns has no such field, and nothing stores one without need.
  @Test func figuresThatStandStillAreStoredAsEver() throws {
    let moving = figure(turns: 2)
    let stored = try JSONEncoder().encode(moving.still)
    #expect(!String(decoding: stored, as: UTF8.self).contains("turns"))
    #expect(try JSONDecoder().decode(Figure.self, from: stored) == moving.still)
    #expect(try JSONDecoder().decode(Figure.self, from: JSONEncoder().encode(moving)) == moving)
  }

  @Test func nothingJumpsButThePictures() throws {
    let ramp = Plane(width: 4, height: 2, pixels: [0.2, 0.4, 0.6, 0.8, 0.2, 0.4, 0.6, 0.8])
    let covered = mask("###.", "###.")
    let long = "a title of so many words that it does not stand in one line of the page, however short they are"
    let outline = Outline.truth(mask("##..", "...."), name: "marked")
    let figure = try Figure.flicker(
      baseline: ramp, followUp: ramp, titles: ("before", long), outlines: ([], [outline]), covered: covered,
      field: mask("###.", "...."), caption: "two visits")
    let turn = try #require(figure.turns.first)
    #expect(figure.turns.count == 1 && turn.turns.isEmpty)
    #expect(figure.size == turn.size && figure.layers[0].frame == turn.layers[0].frame)
    #expect(figure.labels.map(\.text) == ["before", "marked"] && turn.labels.count == 3)
    #expect(figure.labels.last == turn.labels.last, "the legend stays where it is")
    #expect(!figure.marks.contains { $0.name == "marked" } && turn.marks.contains { $0.name == "marked" })
    #expect(figure.caption == "two visits")
    for drawing in [figure, turn] {
      guard case .plane(let plane, .grey, 0...1) = drawing.layers[0].content else {
        Issue.record("a grey picture")
        return
      }
      #expect(plane[3, 0] == 0 && plane[3, 1] == 0, "black outside what is covered")
      #expect(plane[2, 0] > 0.95 && plane[2, 1] > 0.95, "white is the brightest of what both show")
    }
    #expect(throws: FigureError.self) {
      try Figure.flicker(
        baseline: ramp, followUp: ramp, titles: ("a", "b"), outlines: ([Outline.truth(mask("#"))], []),
        covered: covered,
        field: covered)
    }
  }
}
