import Base
import Foundation
import Language
import Testing
import Vocabulary

/// Segmenters that are put together from trained networks, and their files.
struct EnsembleTests {
  private static let networks = """
    eyes = phantom 4 size: 64 seed: 1
    others = phantom 2 size: 64 seed: 2
    a = train-net eyes width: 4 epochs: 1 seed: 1
    b = train-net eyes width: 4 epochs: 1 seed: 2

    """
  /// How far the maps of two predictions are from each other.
  private static let difference = """
    def d x y { sum (for i in 0..1 { max (abs (x[i].map - y[i].map)) }) }

    """

  @Test func isWhatItsNetworksSayOnAverage() throws {
    let text = try run(
      """
      \(Self.networks)\(Self.difference)
      print d (predict (ensemble a) others) (predict a others)
      print d (predict (ensemble a tta: true) others) (predict a others tta: true)
      print d (predict (ensemble a tta: true) others tta: false) (predict a others)
      mean = (predict a others)[0].map * 0.5 + (predict b others)[0].map * 0.5
      print max (abs ((predict (ensemble [a, b]) others)[0].map - mean)) < 1e-6
      print max (abs ((predict (ensemble [a, b]) others)[0].map - (predict a others)[0].map)) > 1e-3
      print (ensemble [a, b])
      print (ensemble [a, b] title: "both")
      print count (ensemble [a, b]).networks
      print (uncertainty (ensemble [a, b]) others by: ensemble).draws
      """)
    #expect(
      text.split(separator: "\n").suffix(9).joined(separator: " | ")
        == "0 | 0 | 0 | true | true | segmenter unet, 2 networks | segmenter both, 2 networks | 2 | 2")
  }

  /// A comparison that trains the same networks tests them as an ensemble of these does, from its own file too.
  @Test func isWhatAComparisonMakes() throws {
    let host = try RecordingHost()
    let text = try run(
      """
      \(Self.networks)\(Self.difference)
      c = compare eyes test: others systems: ["unet", "stacked"] average: "unet + stacked" ensemble: 2 width: 4 epochs: 1
        tta: true relative-level: 0.4 fovea: 30
      for name in c.methods {
        fit = c.segmenters[name][0]
        ending = if count fit.networks == 0 { "json" } else { "safetensors" }
        again = open (save fit "{name}.{ending}")
        print again.method, count again.networks, d (predict again others) c.predictions[name]
      }
      fit = c.segmenters["U-Net"][0]
      made = ensemble fit.networks tta: true relative-level: 0.4 fovea: 30
      print d (predict made others) c.predictions["U-Net"]
      print d (predict (ensemble fit.networks tta: true fovea: 30) others) c.predictions["U-Net"] > 1e-3
      """, on: host)
    let lines = text.split(separator: "\n").suffix(5)
    #expect(
      Array(lines) == [
        "U-Net 2 0", "stacked trees 0 0", "average of U-Net, stacked trees 2 0", "0", "true",
      ])
  }

  /// p ≥ level before the shift is p ≥ ½ after it.
  @Test func marksBeginAtItsLevel() throws {
    let text = try run(
      """
      \(Self.networks)
      p = predict a others
      q = predict (ensemble a level: 0.3) others
      print sum (p[0].map >= 0.3001), sum (q[0].map >= 0.5), sum (p[0].map >= 0.2999), sum (p[0].map >= 0.5)
      """)
    let counts = text.split(separator: "\n").last?.split(separator: " ").compactMap { Double($0) } ?? []
    #expect(counts.count == 4 && counts[0] <= counts[1] && counts[1] <= counts[2] && counts[3] < counts[1], "\(text)")
  }

  @Test func aLevelThatWasLearntOtherwiseIsTold() throws {
    func text(_ turned: String) throws -> String {
      try run(
        """
        eyes = phantom 6 size: 64 seed: 1
        others = phantom 2 size: 64 seed: 2
        c = compare eyes test: others systems: ["unet"] ensemble: 2 hold-out: rotating width: 4 epochs: 1
        p = predict c.segmenters["U-Net"][0] others tta: \(turned)
        """)
    }
    #expect(try text("true").contains("note: the level of this segmenter is for maps without test-time augmentation"))
    #expect(try !text("false").contains("test-time"))
  }

  @Test func mistakes() throws {
    #expect(try mistake(in: "ensemble []") == "no-networks")
    #expect(try mistake(in: "ensemble [1]") == "wrong-kind")
    #expect(try mistake(in: "\(Self.networks)ensemble a learnt-from: (ensemble b)") == "no-prints")
    #expect(try mistake(in: "\(Self.networks)ensemble a learnt-from: []") == "no-prints")
    #expect(try mistake(in: "ensemble pixel-discriminator") == "wrong-kind")
    #expect(try mistake(in: "d = pixel-discriminator width: 4\nensemble d") == "not-a-generator")
    #expect(try mistake(in: "\(Self.networks)ensemble a level: 1") == "out-of-range")
    #expect(try mistake(in: "\(Self.networks)c = train-net eyes width: 4 epochs: 1\nensemble [a, c]") == nil)
    #expect(try mistake(in: "\(Self.networks)ensemble [a, b, a]") == "repeated-network")
    #expect(
      try mistake(in: "\(Self.networks)c = train-net (features eyes) width: 4 epochs: 1\nensemble [a, c]")
        == "unlike-networks")
    #expect(try mistake(in: "\(Self.networks)save (ensemble a) \"s.json\"") == "unknown-ending")
    #expect(try mistake(in: "\(Self.networks)save (ensemble a) \"s.png\"") == "unknown-ending")
    #expect(
      try mistake(in: "\(Self.networks)train-net eyes from: (open (save (ensemble a) \"s.safetensors\"))")
        == "wrong-kind")
  }

  @Test func aDamagedFile() throws {
    let host = try RecordingHost()
    try run("\(Self.networks)save (ensemble [a, b] tta: true) \"s.safetensors\"", on: host)
    let place = "\(host.folder)/s.safetensors"
    var bytes = try readFile(place, limit: 1 << 26)
    bytes[bytes.count - 3] ^= 4  // a weight
    try writeFile(bytes, to: place)
    #expect(throws: Diagnostic.self) { try run("open \"s.safetensors\"", on: host) }
    do { try run("open \"s.safetensors\"", on: host) } catch let found as Diagnostic {
      #expect(found.code == "network-damaged")
    }
    // What the header says is checked before anything runs.
    #expect(codes(of: "s = open \"s.safetensors\"", in: host.folder) == [])
    try writeFile(Array(bytes.prefix(bytes.count / 2)), to: place)
    #expect(codes(of: "s = open \"s.safetensors\"", in: host.folder) != [])
  }

  private func codes(of program: String, in folder: String) -> [String] {
    let registry = standardRegistry()
    let parsed = parse(Source(program, name: "test"), registry: registry)
    return Session(registry: registry).check(parsed.program, locate: { .found("\(folder)/\($0)") }).errors.map(\.code)
  }

  /// Before anything is trained.
  @Test func mistakesThatCheckingFinds() throws {
    let host = try RecordingHost()
    try run("\(Self.networks)save (ensemble [a, b]) \"s.safetensors\"", on: host)
    let seen = "\(Self.networks)c = train-net (features eyes) width: 4 epochs: 1\n"
    for (program, code) in [
      ("\(Self.networks)ensemble a title: \" \"", "no-title"), ("\(seen)ensemble [a, c]", "unlike-networks"),
      ("ensemble [pixel-discriminator width: 4]", "not-a-generator"), ("x = ensemble []", "no-networks"),
      ("\(Self.networks)save (ensemble [a, b]) \"s.json\"", "unknown-ending"),
      ("save (fit-method (phantom 4 size: 64)) \"s.safetensors\"", "unknown-ending"),
      ("save (open \"s.safetensors\") \"s.json\"", "unknown-ending"),
      ("predict (open \"s.safetensors\") (phantom 2 size: 64) size: 50", "network-size-not-supported"),
      ("(open \"s.safetensors\").networks[2]", "index-out-of-range"),
      (
        "train-net (features (phantom 2 size: 64)) from: (open \"s.safetensors\").networks[1]",
        "network-channels-differ"
      ),
      ("n = (open \"s.safetensors\").networks\n\(seen)ensemble [n[0], c]", "unlike-networks"),
      ("\(Self.networks)save (ensemble [a, b]).networks[2] \"n.safetensors\"", "index-out-of-range"),
      ("(fit-method (phantom 4 size: 64)).networks[0]", "index-out-of-range"),
    ] {
      #expect(codes(of: program, in: host.folder) == [code], "\(program)")
    }
  }

  /// What a comparison trains knows what its images were like, and says so from a file too.
  @Test func ofAComparisonWarnsOfStrangers() throws {
    let text = try run(
      """
      eyes = phantom 10 size: 64 seed: 1
      others = phantom 2 size: 64 seed: 2
      c = compare eyes test: others systems: ["unet"] width: 4 epochs: 1
      s = open (save c.segmenters["U-Net"][0] "s.safetensors")
      p = predict s others
      print "now a stranger"
      q = predict s (1 - others[0].image)
      """)
    let parts = text.components(separatedBy: "now a stranger")
    #expect(
      parts.count == 2 && !parts[0].contains("unlike") && parts[1].contains("is unlike the angiograms"), "\(text)")
  }

  /// Whoever is shown again what its networks have learnt from is warned; the file tells so too.
  @Test func warnsOfWhatItHasLearntFrom() throws {
    let text = try run(
      """
      eyes = phantom 4 size: 128 seed: 1
      others = phantom 2 size: 128 seed: 2
      a = train-net eyes width: 4 epochs: 1
      s = open (save (ensemble a learnt-from: eyes) "s.safetensors")
      print "###"
      p = predict s others
      print "###"
      q = predict s [eyes[0]]
      print "###"
      u = uncertainty s eyes
      print "###"
      r = predict (ensemble a) eyes
      print "###"
      more = ensemble a learnt-from: [s, others]
      v = predict more eyes
      w = predict more others
      """)
    let warnings = text.components(separatedBy: "###").dropFirst().map {
      $0.components(separatedBy: "has learnt from, or a copy").count - 1
    }
    #expect(
      warnings == [0, 1, 3, 0, 5]
        && text.contains("warning: the same holds for 1 more of these 4 images"), "\(text)")
    #expect(text.contains("warning: “phantom-001” is what this segmenter has learnt from"))
  }

  /// What is predicted from all maps is what `predict` has, however they are prepared.
  @Test func anUncertaintyPredictsTheSame() throws {
    let text = try run(
      """
      \(Self.networks)\(Self.difference)
      s = ensemble [a, b] relative-level: 0.5 level: 0.4 fovea: 10
      print d (uncertainty s others).predictions (predict s others tta: true)
      print d (uncertainty s others by: ensemble).predictions (predict s others)
      print d (uncertainty a others).predictions (predict a others tta: true) < 1e-5
      both = (compare eyes test: others systems: ["unet", "stacked"] average: "unet + stacked" width: 4 epochs: 1).segmenters
      average = both["average of U-Net, stacked trees"][0]
      print d (uncertainty average others).predictions (predict average others tta: true)
      """)
    #expect(text.split(separator: "\n").suffix(4) == ["0", "0", "true", "0"], "\(text)")
  }

  @Test func saysWhatIsDoneWithItsMaps() throws {
    let text = try run(
      """
      \(Self.networks)
      s = ensemble [a, b] tta: true relative-level: 0.35 fovea: 20 level: 0.3
      print s.parameters
      print (ensemble s.networks tta: s.parameters.tta level: s.parameters.level).parameters
      print (open "builtin:unet").parameters
      """)
    #expect(
      text.split(separator: "\n").suffix(3) == [
        "[tta: true, relative-level: 0.35, fovea: 20, level: 0.3]",
        "[tta: true, relative-level: 0, fovea: 0, level: 0.3]",
        "[tta: true, relative-level: 0.35, fovea: 20, level: 0.5]",
      ])
  }

  /// Networks that are given are as they are.
  @Test func howToMakeNetworksThatAreGiven() throws {
    for (call, code) in [
      ("train-net eyes from: a width: 8", "idle-option"), ("train-net eyes from: a bn-momentum: 0.9", "idle-option"),
      ("train-net eyes network: (unet width: 4) width: 8", "idle-option"),
      (
        "train-gan (phantom 2 size: 128) generator: (unet width: 4) discriminator: (pixel-discriminator width: 4) width: 8",
        "idle-option"
      ),
      ("train-gan (phantom 2 size: 128) generator: (unet width: 4) width: 8 epochs: 1", nil),
      ("train-net eyes from: a epochs: 1", nil),
    ] {
      #expect(try mistake(in: "\(Self.networks)\(call)") == code, "\(call)")
    }
    // What it has learnt to see is what it wants.
    let found = #expect(throws: Diagnostic.self) {
      try run(
        "n = train-net (features (phantom 2 size: 64)) width: 4 epochs: 1\ntrain-net (phantom 2 size: 64) from: n")
    }
    #expect(found?.code == "network-channels-differ" && found?.hint?.contains("`features` computes them") == true)
  }

  /// `segment` asks the one in the box, which is a segmenter as any other.
  @Test func theOnesInTheBox() throws {
    let text = try run(
      """
      \(Self.difference)
      eyes = phantom 2 size: 128 seed: 3
      box = open "builtin:unet"
      print d (predict box eyes) (segment eyes), box.method, count box.networks
      made = ensemble box.networks tta: true relative-level: 0.35 fovea: 20
      print d (predict made eyes) (segment eyes)
      gan = open "builtin:pixel-gan"
      print gan.method, gan.networks[0].discriminator.parameters > 1000
      print (uncertainty box eyes).draws
      """)
    let said = text.split(separator: "\n").filter { !$0.hasPrefix("warning") && !$0.hasPrefix("note") }
    #expect(said == ["0 U-Net 1", "0", "pixel-discriminating GAN true", "8"], "\(text)")
  }
}
