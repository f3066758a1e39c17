import Angiography
import Figures
import Files
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
}
