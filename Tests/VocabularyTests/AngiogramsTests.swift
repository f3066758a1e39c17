import Angiography
import Base
import Imaging
import Language
import Testing
import Vocabulary

/// `predict` and `dark-threshold` take a dataset, one of its samples, an image, a file or a folder.
struct AngiogramsTests {
  /// Angiograms of 96 pixels, a network that saw them at 64, and files.
  private static let setup = """
    save (phantom 3 size: 96 seed: 1) "set"
    eyes = load "set/images" masks: "set/masks" size: 64
    net = train-net eyes width: 4 epochs: 1 seed: 1
    all = predict net eyes
    save eyes[1].image "one.png" depth: 16

    """

  private func run(_ program: String) throws -> String {
    let host = try RecordingHost()
    try runBoth(Self.setup, program, on: host)
    return host.text
  }

  private func runBoth(_ setup: String, _ program: String, on host: RecordingHost) throws {
    var session = Session(registry: standardRegistry(), seed: 1)
    for text in [setup, program] {
      let parsed = parse(Source(text, name: "test"), registry: session.registry)
      if let mistake = parsed.diagnostics.first { throw mistake }
      let locate = { (path: String) in PathFinding.found("\(host.folder)/\(path)") }
      if let mistake = session.check(parsed.program, locate: locate).errors.first { throw mistake }
      try session.run(parsed.program, cell: "test", host: host)
    }
  }

  private func mistake(in program: String) throws -> String? {
    do {
      _ = try run(program)
      return nil
    } catch let mistake as Diagnostic {
      return mistake.code
    }
  }

  /// The map of one image is that of the same image in its dataset: seen at the size that the network learnt from.
  @Test(arguments: ["eyes[1]", "eyes[1].image", "\"one.png\"", "eyes[1..2]", "[image: eyes[1].image]"])
  func oneImageIsSeenAsInItsDataset(_ form: String) throws {
    let text = try run("one = predict net \(form)\nprint max (abs (one.maps[0] - all.maps[1])) < 1e-6")
    #expect(text.hasSuffix("true"))
  }

  /// So is a dataset for which nobody has chosen a size, and one for which somebody has at that size.
  @Test func aDatasetWithoutASizeIsSeenAtTheNetworks() throws {
    let text = try run(
      """
      own = predict net (load "set/images")
      small = predict net (load "set/images" size: 32)
      print max (abs (own.maps[1] - all.maps[1])) < 1e-6, max (abs (small.maps[1] - all.maps[1])) > 1e-3
      print max (abs ((uncertainty net (load "set/images")).predictions.maps[1] - (uncertainty net eyes).predictions.maps[1])) < 1e-6
      """)
    #expect(text.hasSuffix("true true\ntrue"))
  }

  @Test func namesAndCounts() throws {
    let program = """
      print (predict net "one.png").names, (predict net eyes[2]).names, (predict net eyes[0..1]).names
      print (predict net "set/images").count, (predict net "set/manifest.csv").count
      print (predict net (eyes[0].image * 0.5)).names
      print (dark-threshold eyes[0]).count, (dark-threshold "one.png" tuned-on: eyes).names
      """
    #expect(
      try run(program).hasSuffix(
        """
        ['one'] ['phantom-003'] ['phantom-001', 'phantom-002']
        3 3
        ['image']
        warning: the same image is on both sides: phantom-002 (set) and one (one)
        1 ['one']
        """))
  }

  /// A sample brings its mask and its field of view; what predictions hold as a mask is no truth.
  @Test func whatCountsAsTruth() throws {
    #expect(try run("print (metrics (predict net eyes[0])).images.count").hasSuffix("1"))
    #expect(try mistake(in: "metrics (predict net all[0])") == "mask-missing")
    #expect(try mistake(in: "metrics (predict net \"one.png\")") == "mask-missing")
    #expect(try mistake(in: "dark-threshold eyes[0].image") == "mask-missing")
    #expect(try mistake(in: "dark-threshold eyes[0].image level: 0.8") == nil)
  }

  /// A sample taken out of its dataset is all that it was in it: what nobody has graded counts no more than before, and the
  /// scale still makes square millimetres.
  @Test func aSampleKeepsWhatIsKnownOfIt() throws {
    let program = """
      graded = load "set/images" masks: "graded" ignore: 2 size: 64
      whole = metrics (dark-threshold graded level: 0.8)
      part = metrics (dark-threshold graded[0..2] level: 0.8)
      print whole.images.count == part.images.count, whole.dsc == part.dsc, (metrics (dark-threshold eyes level: 0.8)).dsc == whole.dsc
      rows = load "facts.csv"
      print rows[0].eye, rows[0].visit, rows[0].grader, rows[0].mm-per-pixel, rows[0].ungraded, graded[0].ungraded.area > 0px
      print (areas (dark-threshold rows[0..1] level: 0.8))[1] == (areas (dark-threshold rows level: 0.8))[1]
      """
    let host = try RecordingHost()
    try runBoth(Self.setup, "print 1", on: host)
    try makeFolder("\(host.folder)/graded")
    for name in ["phantom-001", "phantom-002", "phantom-003"] {
      var values = try readImage("\(host.folder)/set/masks/\(name).png").samples.map { $0 > 0 ? UInt16(1) : 0 }
      for index in 0..<96 * 40 { values[index] = 2 }
      let drawn = RasterImage(width: 96, height: 96, model: .grey, fullScale: 255, samples: values)
      try writePNG(drawn, to: "\(host.folder)/graded/\(name).png")
    }
    try writeFile(
      "image,mask,case,visit,eye,grader,mm-per-pixel\n"
        + (1...2).map { "set/images/phantom-00\($0).png,set/masks/phantom-00\($0).png,c\($0),v,OS,me,0.02\n" }.joined(),
      to: "\(host.folder)/facts.csv")
    try runBoth(
      "net = train-net (phantom 2 size: 64) width: 4 epochs: 1\neyes = load \"set/images\" masks: \"set/masks\"",
      program, on: host)
    #expect(
      host.text.hasSuffix(
        """
        true true false
        OS v me 0.02 none true
        true
        """))
  }

  /// `size:` replaces the dataset's size and that of the training.
  @Test func anotherSize() throws {
    let program = """
      a = predict net eyes size: 96
      b = predict net "set/images" size: 96
      print max (abs (a.maps[0] - b.maps[0])) < 0.01, max (abs (a.maps[0] - all.maps[0])) > 1e-6
      """
    #expect(try run(program).hasSuffix("true true"))
  }

  @Test(arguments: [
    ("predict net [a: 1]", "no-image"), ("predict net [image: 1]", "no-image"), ("predict net 3", "wrong-kind"),
    ("predict net [eyes[0], eyes[0]]", "same-name"),
    ("predict net \"one.png\" size: 100", "network-size-not-supported"),
    ("predict net [image: eyes[0].image, mask: (phantom 1 size: 64)[0].mask]", "mask-size-differs"),
    ("predict net [1, 2]", "wrong-kind"), ("predict net (phantom 1 size: 100) size: 100", "network-size-not-supported"),
    ("predict (unet width: 4) (phantom 1 size: 100)[0]", "network-size-not-supported"),
  ])
  func mistakes(_ program: String, _ code: String) throws {
    #expect(try mistake(in: program) == code)
  }

  /// The size to give is named, with what takes it.
  @Test func theSizeThatFits() throws {
    let mistake = #expect(throws: Diagnostic.self) {
      try run("predict (unet width: 4) (phantom 1 size: 100)")
    }
    #expect(mistake?.hint?.contains("give `size: 96`") == true)
    #expect(try self.mistake(in: "predict net (phantom 1 size: 100) size: 96") == nil)
  }

  /// A network tells of its layers at the size that it was trained at, also when it was saved and opened again.
  @Test func layersAtTheTrainedSize() throws {
    let text = try run(
      """
      save net "net.safetensors"
      print describe net
      print describe (open "net.safetensors")
      print describe (unet width: 4)
      one = predict (open "net.safetensors") eyes[1]
      print max (abs (one.maps[0] - all.maps[1])) == 0
      """)
    #expect(text.components(of: "one image of 64×64") == 2)
    #expect(text.components(of: "one image of 512×512") == 1)
    #expect(text.hasSuffix("true"))
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(of text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
