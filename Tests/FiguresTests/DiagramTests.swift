import Figures
import Testing

/// Where the maps of a network stand, and what is drawn of them.
struct DiagramTests {
  /// One level of a U: two maps, one pooled and changed, back up beside the second, and an output.
  private static let smallU = [
    DiagramMap(name: "image", operation: "input", inputs: [], height: 64, width: 64, channels: 1),
    DiagramMap(operation: "convolution", inputs: [0], height: 64, width: 64, channels: 8),
    DiagramMap(operation: "pooling", inputs: [1], height: 32, width: 32, channels: 8),
    DiagramMap(operation: "convolution", inputs: [2], height: 32, width: 32, channels: 16),
    DiagramMap(operation: "upsampling", inputs: [3], height: 64, width: 64, channels: 16),
    DiagramMap(operation: "concatenation", inputs: [4, 1], height: 64, width: 64, channels: 24),
    DiagramMap(name: "map", operation: "head", inputs: [5], height: 64, width: 64, channels: 1),
  ]

  @Test func aUIsAU() throws {
    let layout = DiagramLayout(Self.smallU)
    // The upsampled map is drawn as a part of the one that joins it with the skip.
    #expect(
      layout.places.map { [$0.row, $0.column, $0.lane] } == [
        [0, 0, 0], [0, 1, 0], [1, 1, 0], [1, 2, 0], [0, 2, 0], [0, 3, 0],
      ])
    let joined = layout.places[4]
    #expect(joined.parts == [8, 16])
    #expect(joined.arrows.map(\.from) == [3, 1])
    #expect(joined.arrows.map(\.operation) == ["upsampling", "concatenation"])
    #expect(joined.arrows.map(\.isAside) == [false, true])
  }

  @Test func branchesTakeLanes() {
    var maps = [DiagramMap(operation: "input", inputs: [], height: 8, width: 8, channels: 4)]
    for index in 1...3 {
      maps.append(DiagramMap(operation: "branch \(index)", inputs: [0], height: 8, width: 8, channels: 4))
    }
    maps.append(DiagramMap(operation: "concatenation", inputs: [1, 2, 3], height: 8, width: 8, channels: 12))
    let layout = DiagramLayout(maps)
    #expect(layout.places.map(\.lane) == [0, 0, 1, 2, 0])
    #expect(layout.places.map(\.column) == [0, 1, 1, 1, 2])
    #expect(layout.laneCounts == [3])
  }

  @Test func everyMapAndEveryLayerIsDrawn() throws {
    let figure = try Figure.diagram(of: Self.smallU)
    let labels = figure.labels.map(\.text)
    #expect(labels.filter { ["1", "8", "16", "24"].contains($0) } == ["1", "8", "8", "16", "24", "1"])
    for text in ["64×64", "32×32", "image", "map", "convolution", "pooling", "upsampling", "concatenation", "head"] {
      #expect(labels.contains(text), "\(text)")
    }
    let bars = figure.marks.filter { $0.name == "map" }
    // One a map, and one more for the part that the skip brings.
    #expect(bars.count == 7)
    #expect(Set(bars).count == 7, "no two maps stand on each other")
    for mark in figure.marks {
      guard case .rectangle(let frame) = mark.shape else { continue }
      #expect(frame.x >= 0 && frame.right <= figure.size.width && frame.bottom <= figure.size.height)
    }
  }

  @Test func nothingIsRefused() {
    #expect(throws: FigureError.nothingToDraw(what: "a network's diagram")) { try Figure.diagram(of: []) }
  }
}
