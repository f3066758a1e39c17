import Angiography
import Language

private let defaults = Augmentation()

extension Command {
  static let augment = Command(
    "augment", "random flips, shifts and rotations, anew in every epoch",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms to train on"),
      .option(
        "flip", .number(.one, .within(Augmentation.Ranges.probability)), default: .number(defaults.flip),
        "probability of a horizontal flip"),
      .option(
        "shift", .number(.one, .within(Augmentation.Ranges.shift)), default: .number(defaults.shift),
        "largest shift in each direction, as a share of the side"),
      .option(
        "rotate", .number(.degrees, .within(Augmentation.Ranges.rotation)),
        default: .number(defaults.rotation, .degrees),
        "largest rotation either way"),
      .option(
        "vertical-flip", .number(.one, .within(Augmentation.Ranges.probability)),
        default: .number(defaults.verticalFlip),
        "probability of a vertical flip"),
      .option(
        "zoom", .number(.one, .within(Augmentation.Ranges.zoom)), default: .number(defaults.zoom),
        "largest change of size: 0.2 draws between 0.8 and 1.2 times"),
      .option(
        "elastic", .number(.one, .within(Augmentation.Ranges.elastic)), default: .number(defaults.elastic),
        "standard deviation of a smooth random displacement, as a share of the side"),
      .option(
        "contrast", .number(.one, .within(Augmentation.Ranges.contrast)), default: .number(defaults.contrast),
        "largest change of contrast, of the image alone"),
      .option(
        "brightness", .number(.one, .within(Augmentation.Ranges.brightness)), default: .number(defaults.brightness),
        "largest change of brightness, of the image alone"),
      .option(
        "gamma", .number(.one, .within(Augmentation.Ranges.gamma)), default: .number(defaults.gamma),
        "largest change of gamma, of the image alone"),
      .option(
        "soften", .number(.pixels, .within(Augmentation.Ranges.softening)),
        default: .number(defaults.soften, .pixels),
        "width σ of the Gaussian that softens the edges of masks as they are learnt, in pixels that networks see"),
      .option(
        "paste", .number(.one, .within(Augmentation.Ranges.probability)), default: .number(defaults.paste),
        "probability that a lesion of another of these images is pasted, with its mask"),
    ],
    result: .object(DatasetValue.typeName),
    help: Help(
      "Nothing is drawn yet: training draws a change for each image of each epoch. What moves in from outside is 0; "
        + "images are interpolated, masks take the nearest pixel. "
        + "`soften:` makes labels of masks whose edges nobody knows to the pixel: near an edge they lie between 0 and 1, and "
        + "the losses take them so. Measures keep to the masks. "
        + "`paste:` teaches with few images: a lesion is put elsewhere, in an eye that need not have one, before features are taken.",
      examples: [
        "train = augment (phantom 4 size: 64) flip: 0.5 shift: 10% rotate: 15deg",
        "more = augment (phantom 4 size: 64) paste: 0.5",
      ],
      method:
        "§2 of the 2021 paper names flip, shift and rotation; the ranges are ours, and so is all else, which is off "
        + "unless asked for.", explanation: .augment),
    codes: [
      CodeEntry(
        "nothing-to-paste", "lesions that are to be pasted, and no other image that has one",
        .program("augment (phantom 1 size: 64) paste: 0.5"))
    ],
    plan: plan, run: run)
}

/// Gives what it was given, to be changed as it is learnt from.
private func plan(_ call: inout CheckedCall) -> Planned<Dataset> {
  let facts: DatasetFacts? = call.facts("data")
  let result = Known.dataset(facts)
  let given = call.object("data", as: DatasetValue.self)?.dataset
  if (call.number("paste") ?? 0) > 0,
    given.map({ !$0.canPaste }) ?? (facts?.count == 1 || facts?.masks == .some(.none))
  {
    call.report(nothingToPaste, on: "paste")
  }
  guard var dataset = given, let arguments = call.completeArguments else {
    return Planned(nil, result: result)
  }
  dataset.augmentation = Augmentation(
    flip: arguments.number("flip"), shift: arguments.number("shift"), rotation: arguments.number("rotate"),
    verticalFlip: arguments.number("vertical-flip"), zoom: arguments.number("zoom"),
    elastic: arguments.number("elastic"), contrast: arguments.number("contrast"),
    brightness: arguments.number("brightness"), gamma: arguments.number("gamma"), soften: arguments.number("soften"),
    paste: arguments.number("paste"))
  return Planned(dataset, result: result)
}

private func run(_ dataset: Dataset, _ context: Context) -> Value { .object(DatasetValue(dataset)) }

private let nothingToPaste = Failure(
  "nothing-to-paste", "`paste:` takes a lesion of another image, and none of these has another with one",
  hint: "leave it out, or give more angiograms with masks")

extension Explanation {
  static let augment = Explanation(
    commands: ["augment"], title: "Augmentation (§5 of the 2021 paper)",
    text: """
      Flips, shifts and rotations, drawn anew for every image in every epoch. The paper gives no ranges.

      The reading in force, and what changes it:
        A flip with probability 0.5.                                                             flip:
        A shift of up to ±10 % of the side, each way.                                           shift:
        A rotation of up to ±15°.                                                              rotate:
        Outside the image is 0. The mask moves with it, by the nearest pixel.

      Beside what the paper names, and off unless asked for,
        a lesion of another image, pasted with that probability.                                paste:

      The image that it is cut out of is any other that is learnt from, of another case where there is one. It is turned by any
      angle, mirrored or not, and any of its lesions taken that is 5 px across or more at 512 px and no more than 5 % of the
      retina. It is put where there is room, on gradable retina that nobody has marked, inside the territory where one is marked;
      if 40 places have none, nothing is pasted. Its grey is multiplied by the mean of the retina around it there, 8 px wide, over
      that around it where it came from; places where that would be less than half or more than double are passed over. Over
      3 px around it one image passes into the other; a vessel that ran there is covered. The mask is that of both, and so is the
      territory; where nothing was marked before, the territory is the lesion. Tones change after that and features are taken of
      what has come of it, as they are in prediction.
      """)
}
