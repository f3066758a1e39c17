import Angiography
import Figures
import Imaging
import Language
import Testing
import Vocabulary

/// What a value shows when it is typed alone.
struct PresentationTests {
  /// The value that the last statement of a program leaves.
  private func value(_ program: String) throws -> Value {
    var session = Session(registry: standardRegistry(), seed: 1)
    let parsed = parse(Source(program, name: "test"), registry: session.registry)
    try session.run(parsed.program, cell: "test", host: try RecordingHost())
    return try #require(session.lastValue)
  }

  private func figures(_ program: String) throws -> [Figure] {
    presentations(of: try value(program)).compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }

  @Test func aSampleIsItsPicture() throws {
    let shown = try figures("(phantom 2 size: 64)[1]")
    #expect(shown.count == 1)
    let figure = try #require(shown.first)
    let caption = try #require(figure.caption)
    #expect(caption.hasPrefix("phantom-002: 64×64, field of view "))
    #expect(caption.contains("non-perfusion ") && caption.hasSuffix(" px)"))
    #expect(figure.marks.contains { $0.name == "capillary non-perfusion" }, "the mask's contour")
    let bare = try #require(try figures("s = (phantom 1 size: 64)[0]\n[image: s.image, name: \"x\"]").first)
    #expect(bare.caption?.hasPrefix("x: 64×64") == true && bare.caption?.hasSuffix("no mask") == true)
    #expect(bare.marks.isEmpty)
  }

  @Test func aPredictionIsItsRow() throws {
    let figure = try #require(try figures("(dark-threshold (phantom 2 size: 64))[0]").first)
    #expect(figure.layers.count == 4, "angiogram, probability, mark, and the colours' key")
    #expect(figure.caption?.hasPrefix("phantom-001: marked ") == true)
  }

  @Test func severalAreOnePicture() throws {
    let sheet = try figures("(phantom 4 size: 64)[0..2]")
    #expect(sheet.count == 1 && sheet[0].layers.count == 3 && sheet[0].caption == "3 angiograms")
    let panel = try figures("(dark-threshold (phantom 3 size: 64))[1..2]")
    #expect(panel.count == 1 && panel[0].layers.count == 7, "two rows and the colours' key")
  }

  @Test func otherRecordsShowWhatIsInThem() throws {
    let shown = presentations(of: try value("d = phantom 1 size: 64\n[what: \"eyes\", n: 3, data: d, mask: d[0].mask]"))
    #expect(shown.count == 5, "the plain fields, then two with their names")
    guard case .text(let text) = shown[0], case .text("data:") = shown[1], case .figure = shown[2] else {
      return #expect(Bool(false), "\(shown)")
    }
    #expect(text == "[what: 'eyes', n: 3]")
    guard case .text("[a: 1, b: 'x']") = presentations(of: try value("[a: 1, b: \"x\"]"))[0] else {
      return #expect(Bool(false), "a plain record is its text")
    }
  }

  @Test func recordsOfTheSameFieldsAreATable() throws {
    let shown = presentations(of: try value("for w in [4, 8] { [width: w, parameters: parameters (unet width: w)] }"))
    guard shown.count == 1, case .table(let table) = shown[0] else { return #expect(Bool(false), "\(shown)") }
    #expect(table.columns == ["width", "parameters"] && table.rows.count == 2 && table.isNumeric(1))
    guard case .text = presentations(of: try value("[[a: 1], [b: 2]]"))[0] else {
      return #expect(Bool(false), "other fields make no table")
    }
  }

  @Test func aStepIsItsMaps() throws {
    let figure = try #require(try figures("step (phantom 2 size: 64) width: 4").first)
    #expect(figure.caption?.hasPrefix("step on 2 images") == true)
  }

  /// What `print` writes stays text.
  @Test func printedIsText() throws {
    #expect(try run("print (phantom 1 size: 64)[0]").hasPrefix("[name: 'phantom-001', image: image 64×64"))
  }
}
