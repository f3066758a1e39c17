import Angiography
import Imaging
import Language

extension Command {
  static let load = Command(
    "load", "angiograms from a folder or from a CSV manifest",
    [
      .argument("images", .path, "a folder of \(ImageFormat.list("or")) files, or of nnU-Net's, or a CSV manifest"),
      .option(
        "masks", .optional(.path), default: Value.none,
        "a folder of masks with the images' base names, or these with `_mask`, `.mask`, `_seg` and the like; or a file of "
          + "COCO annotations. Left out, what labelme has drawn beside the images"),
      .option(
        "label", .optional(.either([.integer(.within(LoadOptions.labels)), .text])), default: Value.none,
        "the class that is non-perfusion: its number in class-index masks, its name (\"CNP\") where areas are drawn; left "
          + "out, decided from what is found: explain load"),
      .option(
        "territory", .optional(.integer(.within(LoadOptions.labels))), default: Value.none,
        "the class of what surrounds non-perfusion in class-index masks, as a vessel's territory; with `label:`"),
      .option(
        "ignore", .optional(.either([.integer(.within(LoadOptions.maskValues)), .text])), default: Value.none,
        "the value, or the name, of pixels that nobody has graded: not marked, and counted by no measure; left out, 255 "
          + "beside classes, and areas called ungraded, ungradable or ignore"),
      .option(
        "case", .optional(.text), default: Value.none,
        "a pattern with one group that finds the case in a base name: '^(\\d+)'"),
      .option(
        "size", .optional(.integer(.within(WorkingFrame.sides))), default: Value.none,
        "side in pixels of the square that networks see; left out, the images' own size"),
      .option("empty-masks", .truth, default: .truth(false), "every mask is empty: eyes without non-perfusion"),
    ],
    result: .object(DatasetValue.typeName),
    help: Help(
      "Images keep their own size beside the working size: masks, metrics and saved predictions are in original "
        + "pixels. The field of view is found in each image. Everything that is wrong is listed at once. A manifest "
        + "has the columns image, mask, case, visit, eye, grader, mm-per-pixel, or names like file name, mask path, "
        + "patient id; only image is needed. mm-per-pixel gives areas in mm². "
        + "A file of labelme beside an image, or beside its mask, under the image's name (`eye.json` of `eye.png`) gives "
        + "landmarks: a point labelled fovea (or macula) or disc (optic disc, onh, od), and a circle labelled disc, which "
        + "gives the disc's diameter too; what a manifest says of them counts before that. Polygons, rectangles and circles "
        + "drawn there, or annotated in COCO, are masks of the pixels whose middles they hold; `label:` names their class, "
        + "`explain load` the rest. What is left out of a folder is named, with "
        + "the reason. Images and masks are set upright as their EXIF or TIFF tags say. Of a TIFF's pages the first of "
        + "full resolution is read. White of 16-bit images is what their files say (sBIT, MaxSampleValue), else the end "
        + "of the fewest of 8, 10, 12, 14 or 16 bits that hold all of them. TIFFs of other numbers are read where these "
        + "are whole, from 0 to 65535, or real, from 0 to 1. Notes say what was done to which files.",
      examples: [
        "folder = save (phantom 2 size: 64) \"phantoms\"",
        "ffa = load \"{folder}/images\" masks: \"{folder}/masks\" size: 128",
        "same = load \"{folder}/manifest.csv\"",
      ], explanation: .masks),
    codes: [
      CodeEntry(
        "contradiction", "two options that exclude each other",
        .program(
          """
          net = train-net (phantom 2 size: 64) width: 4 epochs: 1
          train-net (phantom 2 size: 64) from: net network: (unet width: 4)
          """))
    ],
    plan: plan, run: run)
}

/// What is to be read, by paths as the program writes them.
private struct Plan {
  let images: String
  let masks: MaskSource
  let options: LoadOptions
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  call.apply(refuseContradiction, to: ["masks", "empty-masks"], on: "empty-masks")
  call.apply(refuseIgnoredLabel, to: ["label", "ignore"], on: "ignore")
  call.apply(refuseDoubtfulTerritory, to: ["label", "territory", "ignore"], on: "territory")
  guard let arguments = call.completeArguments else { return Planned(nil, result: .dataset(sized(call))) }
  let plan = Plan(arguments)
  return Planned(plan, result: .dataset(outline(of: plan, &call)))
}

extension Plan {
  init(_ arguments: Arguments) {
    images = arguments.text("images")
    if !arguments.isNone("masks") {
      masks = .folder(arguments.text("masks"))
    } else {
      masks = arguments.truth("empty-masks") ? .empty : .none
    }
    func number(_ label: String) -> Int? {
      if case .number = arguments[label] { arguments.integer(label) } else { nil }
    }
    func name(_ label: String) -> String? {
      if case .text(let name) = arguments[label] { name } else { nil }
    }
    options = LoadOptions(
      label: number("label"), territory: number("territory"), ignore: number("ignore"), labelName: name("label"),
      ignoreName: name("ignore"),
      casePattern: arguments.isNone("case") ? nil : arguments.text("case"),
      size: arguments.isNone("size") ? nil : arguments.integer("size"))
  }
}

/// - Throws: `contradiction`.
private func refuseContradiction(_ arguments: Arguments) throws(Failure) {
  guard arguments.isNone("masks") || !arguments.truth("empty-masks") else {
    throw Failure(
      "contradiction", "`masks:` names a folder while `empty-masks: true` says that there are none",
      hint: "leave one of them out")
  }
}

/// - Throws: `contradiction`.
private func refuseIgnoredLabel(_ arguments: Arguments) throws(Failure) {
  let isSame =
    switch (arguments["label"], arguments["ignore"]) {
    case (.number(let label, _), .number(let ignore, _)): label == ignore
    case (.text(let label), .text(let ignore)): label == ignore
    default: false
    }
  guard !isSame else {
    throw Failure(
      "contradiction", "`label:` and `ignore:` name the same class", hint: "what is marked can't be ungraded too")
  }
}

/// - Throws: `contradiction`.
private func refuseDoubtfulTerritory(_ arguments: Arguments) throws(Failure) {
  guard !arguments.isNone("territory") else { return }
  guard !arguments.isNone("label") else {
    throw Failure(
      "contradiction", "`territory:` says what surrounds the class that `label:` names, and there is no `label:`",
      hint: "name the class that is non-perfusion too")
  }
  guard case .number = arguments["label"] else {
    throw Failure(
      "contradiction", "`territory:` is a class of masks of class numbers, and `label:` names areas",
      hint: "give `label:` a number too")
  }
  let isTaken = ["label", "ignore"].contains { name in
    if case .number(let value, _) = arguments[name] { Int(value) == arguments.integer("territory") } else { false }
  }
  guard !isTaken else {
    throw Failure(
      "contradiction", "`territory:` names a value that another option names too",
      hint: "it is the class around non-perfusion")
  }
}

/// What the files hold, from their names and headers; `nil` where they can't be loaded, which is reported.
private func outline(of plan: Plan, _ call: inout CheckedCall) -> DatasetFacts? {
  guard let images = call.place(ofPath: "images") else { return sized(call) }
  var masks = plan.masks
  if case .folder = masks {
    guard let place = call.place(ofPath: "masks") else { return sized(call) }
    masks = .folder(place)
  }
  do throws(DatasetError) {
    return DatasetFacts(try call.outline(of: images, masks: masks, plan.options), workingSize: plan.options.size)
  } catch {
    call.report(error, on: "images")
    return nil
  }
}

/// A dataset of which no more is known than the size that networks see.
private func sized(_ call: CheckedCall) -> DatasetFacts {
  DatasetFacts(frames: call.integer("size").map { [ImageSize(width: $0, height: $0)] }, features: [.grey])
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let host = context.host
  let images = try host.pathToRead(plan.images)
  var masks = plan.masks
  if case .folder(let path) = masks { masks = .folder(try host.pathToRead(path)) }
  let loaded = try loadDataset(images: images, masks: masks, options: plan.options)
  for file in loaded.files { _ = try host.pathToRead(file) }
  loaded.notes.forEach(host.note)
  loaded.warnings.forEach(host.warn)
  return .object(DatasetValue(loaded.dataset))
}
