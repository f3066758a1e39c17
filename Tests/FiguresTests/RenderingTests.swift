import Angiography
import Figures
import Foundation
import Imaging
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct RenderingTests {
  private let ramp = Plane(width: 4, height: 2, pixels: [0, 1, 0.5, 0.25, 1 / 255, 2, -1, .nan])

  @Test func aPNGHasTheSizeOfThePageTimesTheScale() throws {
    let figure = Figure(size: .init(width: 100.2, height: 40))
    for (scale, width, height) in [(1.0, 101, 40), (2, 201, 80), (0.5, 51, 20)] {
      let file = try figure.png(scale: scale)
      #expect(file.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
      let number: (Int) -> Int = { file[$0..<$0 + 4].reduce(0) { $0 << 8 | Int($1) } }
      #expect(number(16) == width && number(20) == height)
    }
  }

  @Test func aSoleGreyImageIsWrittenPixelByPixel() throws {
    let eight = try Figure.image(ramp).pgm()
    #expect(eight == Array("P5\n4 2\n255\n".utf8) + [0, 255, 128, 64, 1, 255, 0, 0])
    let sixteen = try Figure.image(ramp).pgm(depth: .sixteen)
    #expect(
      sixteen == Array("P5\n4 2\n65535\n".utf8)
        + [0, 0, 255, 255, 128, 0, 64, 0, 1, 1, 255, 255, 0, 0, 0, 0])
  }

  @Test func otherFiguresAreWrittenAsTheirLuminance() throws {
    var figure = Figure(size: .init(width: 3, height: 2))
    figure.marks = [.init("left", .rectangle(.init(x: 0, y: 0, width: 1, height: 2)), fill: Palette.black)]
    #expect(try figure.pgm(scale: 1) == Array("P5\n3 2\n255\n".utf8) + [0, 255, 255, 0, 255, 255])
  }

  @Test func aMaskIsEnlargedInSharpSquares() throws {
    let small = mask("#.", ".#")
    let pixels = try Figure.mask(small).pixels()
    #expect(pixels.width == 768 && pixels.height == 768)
    for y in 0..<pixels.height {
      for x in 0..<pixels.width where pixels.bytes[(y * 768 + x) * 4] != (small[x / 384, y / 384] ? 255 : 0) {
        Issue.record("pixel \(x), \(y) is blurred")
        return
      }
    }
  }

  @Test func whatIsNotANumberIsMarked() throws {
    let pixels = try Figure.image(Plane(width: 2, height: 2, filledWith: .nan)).pixels()
    let mark = Palette.notANumber
    #expect(pixels.bytes.prefix(4) == [mark.red, mark.green, mark.blue, 255])
  }

  @Test func anImageAtItsOwnSizeKeepsItsLevels() throws {
    let plane = Plane(width: 512, height: 512, pixels: (0..<512 * 512).map { Float($0 % 256) / 255 })
    let pixels = try Figure.image(plane).pixels()
    #expect(pixels.width == 512)
    #expect((0..<512 * 512).allSatisfy { Int(pixels.bytes[$0 * 4]) == $0 % 256 })
  }

  @Test func translucentPixelsMixWithThePage() throws {
    let colour = ColourPixels(width: 1, height: 1, bytes: [0, 0, 0, 128])
    let figure = Figure(
      size: .init(width: 2, height: 2), layers: [.init(.colour(colour), in: .init(x: 0, y: 0, width: 2, height: 2))])
    #expect(try (126...128).contains(figure.pixels().bytes[0]))
  }

  @Test func anSVGIsWellFormedSelfContainedAndTheSameEveryTime() throws {
    let figure = try sampler()
    let file = try figure.svg()
    #expect(XMLParser(data: Data(file)).parse())
    let text = String(decoding: file, as: UTF8.self)
    for reference in text.components(separatedBy: "href=\"").dropFirst() {
      #expect(reference.hasPrefix("#") || reference.hasPrefix("data:image/"))
    }
    #expect(try figure.svg() == file)
  }

  @Test func identifiersOfTwoSVGsDiffer() throws {
    let identifiers: (Figure) throws -> Set<String> = { figure in
      let text = String(decoding: try figure.svg(), as: UTF8.self)
      return Set(text.components(separatedBy: "id=\"").dropFirst().map { $0.components(separatedBy: "\"")[0] })
    }
    let one = try identifiers(sampler())
    let other = try identifiers(.probability(ramp))
    #expect(!one.isEmpty && !other.isEmpty && one.isDisjoint(with: other))
  }

  @Test func anSVGInAPageHasThePagesColours() throws {
    var figure = try sampler()
    let ground = Figure.Rectangle(x: 0, y: 0, width: 9, height: 9)
    figure.marks.append(.init("veil", .rectangle(ground), fill: Palette.ink.opacity(0.4)))
    figure.marks.append(.init("line", .rectangle(ground), stroke: .init(Palette.vermillion, width: 1)))
    let inside = String(decoding: try figure.pageDrawing(identifiersFrom: "one-"), as: UTF8.self)
    let element = figure.pageDrawingOpening(attributes: "class=\"drawing\"") + inside
    #expect(try figure.pageDrawing() == figure.pageDrawing())
    #expect(XMLParser(data: Data(element.utf8)).parse())
    #expect(element.hasPrefix("<svg ") && element.contains(" class=\"drawing\">"))
    #expect(element.contains("var(--figure-ink,#1f1f1f)"))
    #expect(!element.contains("rgb(100%,100%,100%)"), "the ground is clear")
    #expect(element.contains("rgb(12.156863%"), "what is translucent mixes with pixels, and stays as it is")
    #expect(element.contains("rgb(83.529412%"), "lines are seen on both grounds")
    let names = element.components(separatedBy: "id=\"").dropFirst().map { $0.components(separatedBy: "\"")[0] }
    #expect(!names.isEmpty && names.allSatisfy { $0.hasPrefix("one-") })
    #expect(Set(PageColour.all.map(\.name)).count == PageColour.all.count)
  }

  @Test func aPDFIsOne() throws {
    let file = try sampler().pdf()
    #expect(file.starts(with: Array("%PDF-".utf8)) && file.count > 1000)
    #expect(!String(decoding: file, as: UTF8.self).contains("CreationDate"), "the time would make it differ")
  }

  @Test func anyTextCanBeDrawn() throws {
    var figure = Figure(size: .init(width: 200, height: 50))
    let texts = ["<&\">", "line\nbreak\0nul\u{7F}", "网膜 🩺", "", " ", String(repeating: "long ", count: 400)]
    for text in texts {
      for width in [nil, 0, 1, 40] as [Double?] {
        figure.labels.append(.init(text, at: .init(5, 5), direction: .upward, maximumWidth: width))
      }
    }
    for format in FigureFormat.allCases { #expect(try !figure.file(format).isEmpty) }
    #expect(XMLParser(data: Data(try figure.svg())).parse())
  }

  @Test func longTextStaysInsideItsWidth() throws {
    var figure = Figure(size: .init(width: 200, height: 20))
    figure.labels = [.init(String(repeating: "W", count: 80), at: .init(10, 15), maximumWidth: 100)]
    let pixels = try figure.pixels(scale: 1)
    let darkest = (0..<200).map { x in (0..<20).map { pixels.bytes[($0 * 200 + x) * 4] }.min() ?? 255 }
    #expect(darkest[..<105].contains { $0 < 128 })
    #expect(darkest[112...].allSatisfy { $0 == 255 })
  }

  @Test func aPageWithoutEndIsRefused() {
    let figure = Figure(size: .init(width: 40_000, height: 10))
    #expect { try figure.png() } throws: { ($0 as? FigureError)?.code == "figure-too-large" }
    #expect { try Figure(size: .init(width: 0, height: 10)).png() } throws: {
      ($0 as? FigureError)?.code == "figure-empty"
    }
  }

  /// A figure with layers, marks and labels of every kind.
  private func sampler() throws -> Figure {
    let image = Plane(width: 8, height: 8, pixels: (0..<64).map { Float($0) / 63 })
    let truth = Mask(image, atLeast: 0.5)
    let prediction = Mask(image, atLeast: 0.7)
    let agreement = try Agreement(image: image, prediction: prediction, truth: truth)
    return try .panel(
      rows: [
        PanelRow(
          title: "1", cells: [.init(.image(image)), .init(.agreement(agreement)), .init(.probability(image))])
      ],
      columnTitles: ["A", "B & C", "D"])
  }
}
