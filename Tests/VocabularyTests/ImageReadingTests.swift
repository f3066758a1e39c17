import Angiography
import Base
import Figures
import Imaging
import Language
import Testing
import Vocabulary

/// How images come into programs and out of them: what is said of their files, the depth that they keep, how dark ones
/// are shown.
struct ImageReadingTests {
  /// A ramp of 16 bits up to `most`, in a file.
  private func write(_ host: RecordingHost, _ name: String, upTo most: Int) throws -> RasterImage {
    let image = RasterImage(
      width: 32, height: 32, model: .grey, fullScale: 65535, samples: (0..<1024).map { UInt16($0 * most / 1023) })
    try writePNG(image, to: "\(host.folder)/\(name)")
    return image
  }

  @Test func openSaysHowItReads() throws {
    let host = try RecordingHost()
    _ = try write(host, "eye.png", upTo: 4000)
    _ = try run("i = open \"eye.png\"\nprint max i", on: host)
    #expect(
      host.text.hasPrefix(
        "note: images that use few of their bits: values reach 4000 of 65535, read as 12 bits (eye.png)"))
    #expect(host.text.hasSuffix("\n0.976801"))
  }

  @Test func imagesKeepTheDepthOfTheirFiles() throws {
    let host = try RecordingHost()
    try makeFolder("\(host.folder)/eyes")
    for name in ["a", "b"] { _ = try write(host, "eyes/\(name).png", upTo: name == "a" ? 4000 : 3000) }
    try writePNG(Plane(width: 32, height: 32, filledWith: 0.3), to: "\(host.folder)/byte.png")
    _ = try run(
      """
      d = load "eyes"
      save d "set"
      save d[1].image "one.png"
      save d[1].image "one.pgm"
      save (d[1].image * 0.5) "half.png"
      save d[1].image "small.png" depth: "8"
      save (open "byte.png") "byte-again.png"
      save (open "byte.png") "wide.png" depth: "16"
      again = load "set/manifest.csv"
      save (again[1].image - d[1].image) "difference.png"
      print max (abs (again[1].image - d[1].image)) < 1 / 65535
      """, on: host)
    func depth(_ name: String) throws -> Int { try readImage("\(host.folder)/\(name)").fullScale }
    for name in ["set/images/a.png", "set/images/b.png", "one.png", "one.pgm", "half.png", "wide.png"] {
      #expect(try depth(name) == 65535, "\(name)")
    }
    for name in ["small.png", "byte-again.png"] { #expect(try depth(name) == 255, "\(name)") }
    #expect(host.text.hasSuffix("\ntrue"))
    // What was saved says what is white: it is read as it was, without a note.
    let back = try readImage("\(host.folder)/one.png")
    #expect(back.white == 65535)
    #expect(host.text.ranges(of: "note:").count == 1)
  }

  @Test func darkAngiogramsAreShownBrighterAndSaySo() throws {
    let dark = Plane(width: 4, height: 1, pixels: [0, 0.05, 0.1, 0.2])
    func figure(_ image: ImageValue) throws -> Figure {
      guard case .figure(let figure)? = presentations(of: .object(image)).first else {
        throw Failure("no-figure", "an image is shown as a figure")
      }
      return figure
    }
    let shown = try figure(ImageValue(dark, name: "eye", depth: .eight))
    #expect(shown.soleGreyPixels?.pixels == [0, 0.25, 0.5, 1])
    #expect(shown.caption?.hasSuffix("drawn with white at 0.200") == true)
    // A map's numbers mean something, and so do those of a computed image.
    #expect(try figure(ImageValue(dark, name: "map")).soleGreyPixels == dark)
    #expect(try figure(ImageValue(dark, depth: .eight)).soleGreyPixels == dark)
    let bright = Plane(width: 2, height: 1, pixels: [0.1, 0.5])
    #expect(try figure(ImageValue(bright, name: "eye", depth: .eight)).soleGreyPixels == bright)
  }

  /// A folder of images of three sizes, two of which the network takes as they are.
  private func mixedFolder(_ host: RecordingHost) throws {
    try VocabularyTests.run(
      """
      save (phantom 1 size: 64 seed: 1)[0].image "eyes/a.png"
      save (phantom 1 size: 96 seed: 2)[0].image "eyes/b.png"
      save (phantom 1 size: 80 seed: 3)[0].image "eyes/c.png"
      """, on: host)
  }

  /// Nothing learns from the images of a path: each keeps its size, whatever the network sees.
  @Test func imagesOfAPathMayHaveDifferentSizes() throws {
    let host = try RecordingHost()
    try mixedFolder(host)
    let text = try VocabularyTests.run(
      """
      net = train-net (phantom 2 size: 64) width: 4 epochs: 1
      trained = predict net "eyes"
      asked = predict net "eyes" size: 96
      dark = dark-threshold "eyes" level: 0.8
      for found in [trained, asked, dark] {
        for map in found.maps { print map.width, map.height }
      }
      print max (abs (trained.maps[0] - (predict net "eyes/a.png").maps[0])) < 1e-6
      save asked "marked"
      """, on: host)
    let sizes = [64, 96, 80].map { "\($0)px \($0)px" }
    let plain = text.replacing(" px", with: "px")
    let isFound = plain.contains((sizes + sizes + sizes + ["true"]).joined(separator: "\n"))
    let bare = (sizes + sizes + sizes + ["true"]).joined(separator: "\n").replacing("px", with: "")
    #expect(isFound || plain.contains(bare), "\(text)")
    #expect(try readImage("\(host.folder)/marked/b.mask.png").width == 96)
  }

  /// At their own sizes, where the network was trained at none: what it can't take is found before anything runs.
  @Test func checkingKnowsDifferentSizes() throws {
    let host = try RecordingHost()
    try mixedFolder(host)
    func codes(_ program: String) -> [String] {
      let registry = standardRegistry()
      return Session(registry: registry).check(parse(Source(program, name: "test"), registry: registry).program) {
        PathFinding.found("\(host.folder)/\($0)")
      }.map(\.code)
    }
    #expect(codes("dark-threshold \"eyes\" level: 0.8") == [])
    #expect(codes("predict (unet width: 4) \"eyes\" size: 64") == ["network-untrained"])
    #expect(codes("predict (unet width: 4) \"eyes\"") == ["network-untrained"])
    #expect(codes("train-net (load \"eyes\") width: 4").contains("mixed-sizes"))
    try VocabularyTests.run("save (phantom 1 size: 100)[0].image \"eyes/d.png\"", on: host)
    #expect(codes("predict (unet width: 4) \"eyes\"") == ["network-untrained", "network-size-not-supported"])
  }

  /// Control characters of names are seen in notes as they are in tables.
  @Test func namesInNotesAreRows() throws {
    let host = try RecordingHost()
    try makeFolder("\(host.folder)/eyes")
    let image = Plane(width: 32, height: 32, filledWith: 0.5)
    try writePNG(image, to: "\(host.folder)/eyes/a\tb.png")
    try writeFile("a note", to: "\(host.folder)/eyes/c\td\n.txt")
    try VocabularyTests.run("d = load \"eyes\" empty-masks: true", on: host)
    #expect(host.text.contains("not images: c␉d␊.txt") && !host.text.contains("\t"))
    _ = try write(host, "tab\t.png", upTo: 4000)
    let opened = try VocabularyTests.run("i = open \"tab\\t.png\"", on: host)
    #expect(opened.contains("(tab␉.png)") && !opened.contains("\t"))
  }
}
