import Angiography
import Base
import Imaging
import Language
import Tensors

/// Angiograms: `load phantom split augment features join`.
enum Data {
  static var commands: [Command] { [load, phantom, split, augment, features, join] }

  static let load = Command(
    "load", "angiograms from a folder or from a CSV manifest",
    [
      .argument("images", .path, "a folder of PNG, JPEG, TIFF, PGM or PPM files, or a CSV manifest"),
      .option(
        "masks", .optional(.path), default: Value.none,
        "a folder of masks with the images' base names, or these with `_mask`, `.mask`, `_seg` and the like"),
      .option(
        "label", .optional(.integer(.within(1...65535))), default: Value.none,
        "the class that is non-perfusion in class-index masks; left out, decided from the values found: explain load"),
      .option(
        "ignore", .optional(.integer(.within(0...65535))), default: Value.none,
        "the value of pixels that nobody has graded: not marked, and counted by no measure; left out, 255 beside classes"
      ),
      .option(
        "case", .optional(.text), default: Value.none,
        "a pattern with one group that finds the case in a base name: '^(\\d+)'"),
      .option(
        "size", .optional(.integer(.within(16...4096))), default: Value.none,
        "side in pixels of the square that networks see; left out, the images' own size"),
      .option("empty-masks", .truth, default: .truth(false), "every mask is empty: eyes without non-perfusion"),
    ],
    result: .object(DatasetValue.typeName),
    help: Help(
      "Images keep their own size beside the working size: masks, metrics and saved predictions are in original "
        + "pixels. The field of view is found in each image. Everything that is wrong is listed at once. A manifest "
        + "has the columns image, mask, case, visit, eye, grader, mm-per-pixel, or names like file name, mask path, "
        + "patient id; only image is needed. mm-per-pixel gives areas in mm². What is left out of a folder is named, with "
        + "the reason. Images and masks are set upright as their EXIF or TIFF tags say. Of a TIFF's pages the first of "
        + "full resolution is read. White of 16-bit images is what their files say (sBIT, MaxSampleValue), else the end "
        + "of the fewest of 8, 10, 12, 14 or 16 bits that hold all of them. TIFFs of other numbers are read where these "
        + "are whole, from 0 to 65535, or real, from 0 to 1. Notes say what was done to which files.",
      examples: [
        "folder = save (phantom 2 size: 64) \"phantoms\"",
        "ffa = load \"{folder}/images\" masks: \"{folder}/masks\" size: 128",
        "same = load \"{folder}/manifest.csv\"",
      ]),
    check: DataChecks.load
  ) { arguments, context in
    let host = context.host
    try refuseContradiction(arguments)
    try refuseIgnoredLabel(arguments)
    let path = try host.pathToRead(arguments.text("images"))
    var masks = MaskSource.none
    if !arguments.isNone("masks") {
      masks = .folder(try host.pathToRead(arguments.text("masks")))
    } else if arguments.truth("empty-masks") {
      masks = .empty
    }
    let loaded = try loadDataset(images: path, masks: masks, options: loadOptions(arguments))
    for file in loaded.files { _ = try host.pathToRead(file) }
    loaded.notes.forEach(host.note)
    loaded.warnings.forEach(host.warn)
    return .object(DatasetValue(loaded.dataset))
  }

  /// - Throws: `contradiction`.
  static func refuseContradiction(_ arguments: Arguments) throws(Failure) {
    guard arguments.isNone("masks") || !arguments.truth("empty-masks") else {
      throw Failure(
        "contradiction", "`masks:` names a folder while `empty-masks: true` says that there are none",
        hint: "leave one of them out")
    }
  }

  /// - Throws: `contradiction`.
  static func refuseIgnoredLabel(_ arguments: Arguments) throws(Failure) {
    guard
      arguments.isNone("label") || arguments.isNone("ignore")
        || arguments.integer("label") != arguments.integer("ignore")
    else {
      throw Failure(
        "contradiction", "`label:` and `ignore:` name the same value", hint: "what is marked can't be ungraded too")
    }
  }

  static func loadOptions(_ arguments: Arguments) -> LoadOptions {
    LoadOptions(
      label: arguments.isNone("label") ? nil : arguments.integer("label"),
      ignore: arguments.isNone("ignore") ? nil : arguments.integer("ignore"),
      casePattern: arguments.isNone("case") ? nil : arguments.text("case"),
      size: arguments.isNone("size") ? nil : arguments.integer("size"))
  }

  private static let drawn = PhantomOptions()

  static let phantom = Command(
    "phantom", "synthetic angiograms whose non-perfusion is known exactly",
    [
      .argument(
        "count", .integer(.within(1...Double(PhantomOptions.mostSamples))), default: .number(Double(drawn.count)),
        "how many"),
      .option(
        "size", .integer(bounds(PhantomOptions.sizes)), default: .number(Double(drawn.size)),
        "side of the square image, in pixels"),
      .option(
        "least", .number(.one, .within(PhantomOptions.fractions)), default: .number(drawn.nonPerfusion.lowerBound),
        "smallest non-perfused share of the field of view"),
      .option(
        "most", .number(.one, .within(PhantomOptions.fractions)), default: .number(drawn.nonPerfusion.upperBound),
        "largest non-perfused share of the field of view"),
      .option(
        "negatives", .number(.one, .within(0...1)), default: .number(drawn.negatives),
        "share of the angiograms without any non-perfusion"),
      .option(
        "noise", .number(.one, .within(0...4)), default: .number(drawn.noise), "grain, in multiples of a usual camera's"
      ),
      .option(
        "darkening", .number(.one, .within(0...0.9)), default: .number(drawn.darkening),
        "how much darker non-perfused retina is on average; at 0 only the missing capillaries tell"),
      Randomness.seedOption,
    ],
    result: .object(DatasetValue.typeName), isRandom: true,
    help: Help(
      "An angiogram is drawn from the eye outwards: disc, fovea, vessels that branch by Murray's law, cells between "
        + "them of which some lose their capillaries, lesions, light, camera. Angiogram k depends on the seed and k "
        + "alone, not on the count. The mask includes the vessels that cross it, as graders draw it.",
      examples: ["describe (phantom 2 size: 64)", "show (phantom 1 size: 128 seed: 7)"]),
    check: DataChecks.phantom
  ) { arguments, context in
    let pixels = arguments.integer("count") * arguments.integer("size") * arguments.integer("size")
    // The image's numbers, its mask and its field of view.
    try AvailableMemory.require(
      bytes: pixels * 6, for: "\(arguments.integer("count")) phantoms of this size",
      hint: "ask for fewer, or for a smaller `size:`")
    var stream = Randomness.stream(arguments, context).generator
    let options = PhantomOptions(
      count: arguments.integer("count"), size: arguments.integer("size"), seed: stream.next(),
      nonPerfusion: try nonPerfusion(arguments), negatives: arguments.number("negatives"),
      noise: arguments.number("noise"),
      darkening: arguments.number("darkening"))
    let host = context.host
    let drawn = try phantomDataset(options) { count in
      host.report(Progress("phantom", done: count, of: options.count))
      return !host.isCancelled
    }
    return .object(DatasetValue(drawn))
  }

  /// Smallest and largest non-perfused share of the field of view.
  ///
  /// - Throws: `empty-range`.
  static func nonPerfusion(_ arguments: Arguments) throws(Failure) -> ClosedRange<Double> {
    let (least, most) = (arguments.number("least"), arguments.number("most"))
    guard least <= most else {
      throw Failure("empty-range", "phantom needs `least:` ≤ `most:`, found \(least) and \(most)")
    }
    return least...most
  }

  static let split = Command(
    "split", "a dataset in two parts that share no case",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms"),
      .option(
        "test", .number(.one, .above(0)), default: .number(0.25),
        "how many cases (or images) go to the second part: below 1 a share, else a count"),
      .option(
        "by", .choice(SplitUnit.allCases.map(\.rawValue) + ["auto"]), default: .text("auto"),
        "what stays together; auto: the case where every image has one, else the image"),
      Randomness.seedOption,
    ],
    result: .list(of: .object(DatasetValue.typeName)), isRandom: true,
    help: Help(
      "Gives [train, test]. The same image on both sides is reported, and so are its copies (compressed, resized, "
        + "brightened, flipped, turned by right angles, as negatives), images so alike that they may be of one eye, and "
        + "patients.",
      examples: ["train, test = split (phantom 4 size: 64) test: 1"],
      method: "The paper splits 138 images of different patients into 107 for training and 31 for testing."),
    check: DataChecks.split
  ) { arguments, context in
    let data: DatasetValue = arguments.require("data")
    let unit = SplitUnit(rawValue: arguments.text("by")) ?? (data.dataset.hasCases ? .byCase : .image)
    var generator = Randomness.stream(arguments, context).generator
    let parts = try data.dataset.split(
      test: try share(arguments), by: unit, using: &generator)
    parts.warnings.forEach(context.host.warn)
    return .list([.object(DatasetValue(parts.train)), .object(DatasetValue(parts.test))])
  }

  /// How much goes to the second part.
  ///
  /// - Throws: `wrong-number`.
  static func share(_ arguments: Arguments) throws(Failure) -> TestShare {
    let test = arguments.number("test")
    if test < 1 { return .fraction(test) }
    guard let count = Int(exactly: test) else {
      throw Failure("wrong-number", "`test:` is a share below 1 or a whole count, found \(test)")
    }
    return .count(count)
  }

  private static let defaults = Augmentation()

  static let augment = Command(
    "augment", "random flips, shifts and rotations, anew in every epoch",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms to train on"),
      .option(
        "flip", .number(.one, .within(0...1)), default: .number(defaults.flip), "probability of a horizontal flip"),
      .option(
        "shift", .number(.one, .within(0...1)), default: .number(defaults.shift),
        "largest shift in each direction, as a share of the side"),
      .option(
        "rotate", .number(.degrees, .within(0...180)), default: .number(defaults.rotation, .degrees),
        "largest rotation either way"),
      .option(
        "vertical-flip", .number(.one, .within(0...1)), default: .number(defaults.verticalFlip),
        "probability of a vertical flip"),
      .option(
        "zoom", .number(.one, .within(0...0.9)), default: .number(defaults.zoom),
        "largest change of size: 0.2 draws between 0.8 and 1.2 times"),
      .option(
        "elastic", .number(.one, .within(0...0.1)), default: .number(defaults.elastic),
        "standard deviation of a smooth random displacement, as a share of the side"),
      .option(
        "contrast", .number(.one, .within(0...0.9)), default: .number(defaults.contrast),
        "largest change of contrast, of the image alone"),
      .option(
        "brightness", .number(.one, .within(0...1)), default: .number(defaults.brightness),
        "largest change of brightness, of the image alone"),
      .option(
        "gamma", .number(.one, .within(0...0.9)), default: .number(defaults.gamma),
        "largest change of gamma, of the image alone"),
    ],
    result: .object(DatasetValue.typeName),
    help: Help(
      "Nothing is drawn yet: training draws a change for each image of each epoch. What moves in from outside is 0; "
        + "images are interpolated, masks take the nearest pixel.",
      examples: ["train = augment (phantom 4 size: 64) flip: 0.5 shift: 10% rotate: 15deg"],
      method:
        "§2 of the 2021 paper names flip, shift and rotation; the ranges are ours, and so is all else, which is off "
        + "unless asked for."),
    check: DataChecks.augment
  ) { arguments, _ in
    let data: DatasetValue = arguments.require("data")
    var dataset = data.dataset
    dataset.augmentation = Augmentation(
      flip: arguments.number("flip"), shift: arguments.number("shift"), rotation: arguments.number("rotate"),
      verticalFlip: arguments.number("vertical-flip"), zoom: arguments.number("zoom"),
      elastic: arguments.number("elastic"), contrast: arguments.number("contrast"),
      brightness: arguments.number("brightness"), gamma: arguments.number("gamma"))
    return .object(DatasetValue(dataset))
  }

  static let features = Command(
    "features", "what networks see of each angiogram, a channel each",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms"),
      .argument(
        "names", .optional(.list(of: .text)), default: Value.none,
        "features by name and scale; left out: \(Feature.standard.map(\.description).joined(separator: ", "))"),
    ],
    result: .object(DatasetValue.typeName),
    help: Help(
      "Image operations inside the field of view, computed anew for every augmented image. Scales are in pixels of a "
        + "frame 512 wide: deviation-4, or percentile-10-8 with its rank first. There are "
        + Feature.names.joined(separator: ", ")
        + ". A trained network remembers its features and `predict` computes them.",
      examples: [
        "net = train-net (features (phantom 4 size: 64)) width: 4 epochs: 1",
        "d = features (phantom 2 size: 64) [\"grey\", \"relative-grey-40\", \"texture-8\"]",
      ],
      method: "Not in the paper, whose networks see the grey alone: knowledge for small collections of images."),
    check: DataChecks.features
  ) { arguments, _ in
    let data: DatasetValue = arguments.require("data")
    var dataset = data.dataset
    dataset.features = try features(arguments)
    return .object(DatasetValue(dataset))
  }

  static func features(_ arguments: Arguments) throws(FeatureError) -> [Feature] {
    guard case .list(let names) = arguments["names"] else { return Feature.standard }
    return try Feature.list(names.map { if case .text(let name) = $0 { name } else { "" } })
  }

  static let join = Command(
    "join", "two datasets as one, to train on both",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms; their size, augmentation and features stay"),
      .argument("more", .object(DatasetValue.typeName), "more of them: eyes without non-perfusion, say"),
    ],
    result: .object(DatasetValue.typeName),
    help: Help(
      "Names must differ.", examples: ["one, two = split (phantom 4 size: 64) test: 2", "both = join one two"]),
    check: DataChecks.join
  ) { arguments, _ in
    let data: DatasetValue = arguments.require("data")
    let more: DatasetValue = arguments.require("more")
    return .object(DatasetValue(try data.dataset.joined(with: more.dataset)))
  }
}
