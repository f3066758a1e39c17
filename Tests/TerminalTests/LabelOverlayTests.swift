import Figures
import Terminal
import Testing

/// Labels of figures as text over pictures in blocks.
@Suite("Labels over pictures in blocks")
struct LabelOverlayTests {
  private func overlay(_ labels: [Figure.Label], columns: Int = 20, rows: Int = 6) -> LabelOverlay {
    LabelOverlay(Figure(size: .init(width: 200, height: 60), labels: labels), columns: columns, rows: rows)
  }

  private func screen(_ overlay: LabelOverlay, rows: Int = 6) -> [String] {
    var screen = VirtualScreen(columns: 20, rows: rows)
    screen.write(Array(String(repeating: "\r\n", count: rows - 1).utf8))
    screen.write(Array(overlay.sequences(colours: .all).utf8))
    return screen.lines
  }

  @Test("A label stands where it is drawn, on the side of its anchor that it is drawn on")
  func places() {
    let lines = screen(
      overlay([
        .init("left", at: .init(20, 5), vertical: .middle),
        .init("right", at: .init(200, 5), horizontal: .right, vertical: .middle),
        .init("mid", at: .init(100, 30), horizontal: .center), .init("last", at: .init(0, 60)),
      ]))
    #expect(lines[0] == "  left         right")
    #expect(lines[2] == "         mid")
    #expect(lines[5] == "last")
  }

  @Test("What is written upward stands across, at the top of its side or where there is room below")
  func upward() {
    let name = Figure.Label(
      "eye 12", at: .init(5, 35), horizontal: .center, vertical: .middle, direction: .upward, maximumWidth: 40)
    #expect(screen(overlay([name])) == ["", "eye 12"])
    let title = Figure.Label("title", at: .init(0, 15), vertical: .middle)
    #expect(screen(overlay([name, title])) == ["", "title", "eye 12"])
    let long = Figure.Label("a name that is long", at: .init(5, 35), direction: .upward)
    #expect(screen(overlay([long]))[3] == "a name that…")
  }

  @Test("A label that would cover another is left out; one that is too long is cut or moved into the picture")
  func crowded() {
    let crowded = overlay([
      .init("first", at: .init(0, 5), vertical: .middle), .init("second", at: .init(40, 5), vertical: .middle),
      .init("a long name", at: .init(0, 25), vertical: .middle, maximumWidth: 50),
      .init("at the edge", at: .init(180, 45), vertical: .middle),
    ])
    #expect(screen(crowded)[0] == "first")
    #expect(screen(crowded)[2] == "a lo…")
    #expect(screen(crowded)[4] == "         at the edge")
  }

  @Test("The smallest pictures do no harm", arguments: [1, 2, 3])
  func small(side: Int) {
    let label = Figure.Label("画像", at: .init(-50, 900), direction: .upward)
    let other = Figure.Label("画像", at: .init(900, -50))
    for run in overlay([label, other], columns: side, rows: side).runs {
      #expect((0..<side).contains(run.row) && (0..<side).contains(run.column))
    }
  }
}
