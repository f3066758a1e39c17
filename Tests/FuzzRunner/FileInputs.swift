import Angiography
import Foundation
import Fuzzing
import Imaging
import Language
import Vocabulary

/// Damaged images, networks, checkpoints and manifests, read by the commands that read such files, and images drawn in every
/// orientation, of several pages, of all depths and with the values that masks hold, whole or damaged.
struct FileInputs: Trial {
  let blockSize = 2000
  let patience = 30.0
  let memoryLimit: Int? = 6 << 30
  /// By ending.
  private let mutators: [(ending: String, mutator: Mutator)]
  /// Whole files that drawn images start from.
  private let jpegs: [[UInt8]]
  private let folder: String

  init(root: String) throws {
    folder = FileManager.default.temporaryDirectory.path + "/cnp-fuzz-files-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder + "/images", withIntermediateDirectories: true)
    var seeds = ["png", "jpg", "tif"].map { ending in
      (ending, contents(below: ["\(root)/Tests/AngiographyTests/Fixtures/images"], endings: [ending]))
    }
    jpegs = seeds[1].1
    let made = """
      d = phantom 2 size: 64 seed: 1
      u = unet width: 4 depth: 1
      net = train-gan d generator: u discriminator: (pixel-discriminator width: 4 depth: 1) epochs: 1 checkpoint: "a.checkpoint"
      save net "a.safetensors"
      save d[0].image "a.pgm"
      save d[0].image "eye/x.png"
      save d "set"
      """
    guard let mistake = Self.run(made, in: folder) else {
      for ending in ["checkpoint", "safetensors", "pgm"] {
        seeds.append((ending, contents(below: [folder], endings: [ending])))
      }
      seeds.append(("csv", contents(below: ["\(folder)/set"], endings: ["csv"])))
      mutators = seeds.map { ending, files in
        (
          ending,
          Mutator(
            seeds: files,
            fragments: [
              "\0", "\0\0\0\0", "\u{7F}", "\"", "{", "}", "[", "]", ":", ",", "9999999999", "-1", "1e999", "null", "\n",
              "IHDR",
              "IDAT", "PLTE", "tRNS", "F32", "I64", "shape", "data_offsets", "__metadata__", "../",
              "images/phantom-001.png",
            ])
        )
      }
      return
    }
    throw Fault("cannot make files to damage", mistake.message)
  }

  func input(seed: UInt64, index: Int) -> TrialInput {
    var random = SeededGenerator(seed: seed, index: index)
    var (ending, mutator) = random.pick(mutators)
    var bytes = random.pick(mutator.seeds)
    if random.once(in: 2) {
      let drawn = DrawnImage.random(&random, jpegs: jpegs)
      (bytes, ending) = (drawn.bytes, drawn.ending)
      if random.once(in: 2) { return TrialInput(bytes: bytes, ending: ending) }
      mutator = mutators.first { $0.ending == ending }?.mutator ?? mutator
    }
    for _ in 0...random.below(4) {
      // The head of a file says what the rest is.
      if bytes.count > 4000, random.once(in: 2) {
        var head = Array(bytes.prefix(2000))
        mutator.mutate(&head, &random)
        bytes.replaceSubrange(0..<2000, with: head)
      } else {
        mutator.mutate(&bytes, &random)
      }
    }
    return TrialInput(bytes: bytes, ending: ending)
  }

  func examine(_ input: TrialInput) throws(Fault) {
    let name = input.ending == "csv" ? "set/manifest.csv" : "images/x.\(input.ending)"
    guard FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: Data(input.bytes)) else {
      throw Fault("cannot write", name)
    }
    let program =
      switch input.ending {
      case "safetensors":
        "n = open \"\(name)\"\nprint n, describe n, n.history\nshow (diagram n)\np = predict n (phantom 1 size: 64)"
      case "checkpoint":
        """
        d = phantom 2 size: 64 seed: 1
        u = unet width: 4 depth: 1
        net = train-gan d generator: u discriminator: (pixel-discriminator width: 4 depth: 1) epochs: 2
          checkpoint: "\(name)" resume: true
        """
      case "csv": "d = load \"\(name)\"\ndescribe d\nshow d"
      default:
        """
        i = open "\(name)"
        print i, mean i
        describe (load "images")
        describe (load "eye" masks: "images")
        describe (load "eye" masks: "images" label: 1 ignore: 2)
        """
      }
    if ["png", "jpg", "tif", "pgm"].contains(input.ending) { try Self.compareHeader(ofImage: "\(folder)/\(name)") }
    if let mistake = Self.run(program, in: folder) {
      let isCoded = !mistake.code.isEmpty && !mistake.message.isEmpty && mistake.code != "internal-error"
      guard isCoded, !render(mistake).isEmpty else {
        throw Fault("no coded mistake", "\(mistake.code): \(mistake.message)")
      }
    }
    if input.ending != "csv" { try? FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
  }

  /// A check must find the size that a run finds, and refuse nothing that runs.
  private static func compareHeader(ofImage path: String) throws(Fault) {
    let image = Result { () throws(ImageError) in try readImage(path) }
    let header = Result { () throws(ImageError) in try probeImage(path) }
    switch (image, header) {
    case (.success(let image), .success(let header)):
      if image.width != header.width || image.height != header.height {
        throw Fault(
          "probed otherwise", "\(header.width) × \(header.height) but \(image.width) × \(image.height) are read")
      }
    case (.success, .failure(let error)): throw Fault("probing refuses what is read", error.message)
    case (.failure, _): break
    }
  }

  /// - Returns: the mistake that stops the program.
  private static func run(_ text: String, in folder: String) -> Diagnostic? {
    var session = Session(registry: standardRegistry(), seed: 1)
    let parsed = parse(Source(text, name: "files"), registry: session.registry)
    if let mistake = parsed.diagnostics.first { return mistake }
    do throws(Diagnostic) {
      try session.run(parsed.program, cell: "files", host: CommandHost(folder: folder, seconds: 5))
    } catch {
      return error
    }
    return nil
  }
}
