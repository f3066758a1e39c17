import Language

/// Codes of mistakes with angiograms, masks and files, and with what is computed from them.
let dataCodes: [CodeEntry] = [
  // MARK: Datasets
  CodeEntry(
    "no-images", "a folder without images",
    .program("save \"a note\" \"folder/notes.txt\"\nload \"folder\"")),
  CodeEntry(
    "no-image", "a record without an image where an angiogram is asked for", .program("dark-threshold [a: 1] level: 1")),
  CodeEntry(
    "mask-missing", "an image without a mask where one is needed",
    .program("save (phantom 3 size: 64) \"p\"\nsave (phantom 2 size: 64) \"q\"\nload \"p/images\" masks: \"q/masks\"")),
  CodeEntry(
    "image-missing", "a mask without an image",
    .program("save (phantom 2 size: 64) \"p\"\nsave (phantom 3 size: 64) \"q\"\nload \"p/images\" masks: \"q/masks\"")),
  CodeEntry(
    "mask-ambiguous", "an image for which two masks could be meant, or a mask for two images",
    .program(
      """
      eye = (phantom 1 size: 64)[0]
      save eye.image "images/eye.png"
      save eye.mask "masks/eye_mask.png"
      save eye.mask "masks/eye_seg.png"
      load "images" masks: "masks"
      """)),
  CodeEntry(
    "mask-is-image", "a folder of masks that holds the images themselves",
    .program("save (phantom 2 size: 64) \"p\"\nload \"p/images\" masks: \"p/images\"")),
  CodeEntry(
    "mask-size-differs", "a mask of another size than its image",
    .program("save (phantom 1 size: 64) \"p\"\nsave (phantom 1 size: 128) \"q\"\nload \"p/images\" masks: \"q/masks\"")),
  CodeEntry(
    "dataset-problems", "several mistakes of different kinds in one dataset",
    .program("save (phantom 1 size: 64) \"p\"\nsave (phantom 2 size: 128) \"q\"\nload \"p/images\" masks: \"q/masks\"")),
  CodeEntry(
    "same-name", "two images of the same base name",
    .program("join (phantom 2 size: 64) (phantom 2 size: 64)")),
  CodeEntry(
    "mixed-sizes", "images of different sizes where they must have one",
    .program(
      """
      save (phantom 1 size: 64)[0].image "folder/a.png"
      save (phantom 1 size: 128)[0].image "folder/b.png"
      load "folder"
      """)),
  CodeEntry(
    "bad-pattern", "a case pattern that is no regular expression with one group",
    .program("save (phantom 1 size: 64) \"p\"\nload \"p/images\" case: '('")),
  CodeEntry(
    "case-not-found", "a name in which the case pattern finds no case",
    .program("save (phantom 1 size: 64) \"p\"\nload \"p/images\" case: '^eye-(.+)'")),
  CodeEntry(
    "case-unknown", "a split by cases of images without cases",
    .program("save (phantom 4 size: 64) \"p\"\nsplit (load \"p/images\") by: case")),
  CodeEntry(
    "label-not-found", "a label that no mask holds",
    .program("save (phantom 1 size: 64) \"p\"\nload \"p/images\" masks: \"p/masks\" label: 7")),
  CodeEntry(
    "bad-manifest", "a line of a manifest that can't be read",
    .program("save \"image,age\\neye.png,70\\n\" \"eyes.csv\"\nload \"eyes.csv\"")),
  CodeEntry(
    "split-impossible", "a split that leaves one side empty", .program("split (phantom 2 size: 64) test: 2")),
  CodeEntry(
    "folds-impossible", "more folds than cases, or fewer than two",
    .program("compare (phantom 3 size: 64) systems: [\"dark-threshold\"] folds: 4")),
  CodeEntry("wrong-number", "a number that is neither a share nor a count", .program("split (phantom 4) test: 1.5")),
  CodeEntry(
    "empty-range", "a range whose lower end lies above its upper one", .program("phantom 2 least: 30% most: 10%")),
  CodeEntry(
    "contradiction", "two options that exclude each other",
    .program(
      """
      net = train-net (phantom 2 size: 64) width: 4 epochs: 1
      train-net (phantom 2 size: 64) from: net network: (unet width: 4)
      """)),
  CodeEntry(
    "bad-size", "a working size outside of 8 to 8192 pixels", .circumstance("`load` refuses such a `size:` before")),
  CodeEntry("bad-label", "a label outside of 1 to 65535", .circumstance("`load` refuses such a `label:` before")),
  CodeEntry(
    "sample-missing", "an image that was predicted, but is not among those to measure against",
    .program("metrics (dark-threshold (phantom 2 size: 64)) (phantom 1 size: 64)")),
  CodeEntry(
    "no-scores", "images of which none has the score",
    .circumstance("`extremes` by a score that all masks leave undefined")),
  // MARK: Features
  CodeEntry("unknown-feature", "a name of no feature", .program("features (phantom 2 size: 64) [\"gray\"]")),
  CodeEntry(
    "bad-scale", "a feature's scale outside of its range", .program("features (phantom 2 size: 64) [\"mean-500\"]")),
  CodeEntry(
    "bad-rank", "a percentile outside of 0 to 100", .program("features (phantom 2 size: 64) [\"percentile-200-8\"]")),
  CodeEntry(
    "no-scale", "a scale for a feature that takes none", .program("features (phantom 2 size: 64) [\"grey-4\"]")),
  CodeEntry(
    "repeated-feature", "a feature that is named twice", .program("features (phantom 2 size: 64) [\"grey\", \"grey\"]")),
  CodeEntry("no-features", "an empty list of features", .program("features (phantom 2 size: 64) []")),
  // MARK: Phantoms
  CodeEntry(
    "phantom-count", "a number of phantoms outside of its range", .circumstance("`phantom` refuses such a count before")
  ),
  CodeEntry(
    "phantom-size", "a phantom's size outside of its range", .circumstance("`phantom` refuses such a `size:` before")),
  CodeEntry(
    "phantom-non-perfusion", "shares of non-perfusion outside of their range",
    .circumstance("`phantom` refuses such `least:` and `most:` before")),
  CodeEntry(
    "phantom-negatives", "a share of negatives outside of 0 to 1",
    .circumstance("`phantom` refuses such `negatives:` before")),
  CodeEntry("phantom-noise", "a noise outside of its range", .circumstance("`phantom` refuses such a `noise:` before")),
  CodeEntry(
    "phantom-darkening", "a darkening outside of its range",
    .circumstance("`phantom` refuses such a `darkening:` before")),
  // MARK: Arithmetic and drawing
  CodeEntry(
    "shape-mismatch", "two grids of different sizes in one operation",
    .program("x = (phantom 1 size: 64)[0].image + (phantom 1 size: 128)[0].image")),
  CodeEntry("empty-list", "a measure of no elements", .program("print mean []")),
  CodeEntry("figure-empty", "a figure with nothing to draw", .program("curves [:]")),
  CodeEntry(
    "figure-sizes-differ", "two images of different sizes in one picture",
    .program("overlay (phantom 1 size: 64)[0].image (phantom 1 size: 128)[0].mask")),
  CodeEntry(
    "figure-ragged-row", "a row of a panel without a cell for each column",
    .circumstance("A mistake of cnp, not of the program")),
  CodeEntry(
    "figure-too-large", "a figure with more pixels than can be drawn",
    .circumstance("Hundreds of images in one figure that is saved as PNG")),
  CodeEntry(
    "figure-not-drawn", "a figure that the drawing library refuses", .circumstance("Memory that runs out, say")),
  CodeEntry("nothing-found", "a word of which no command speaks", .program("apropos \"zebra\"")),
  CodeEntry("nothing-to-explain", "a command without a method behind it", .program("explain \"print\"")),
]
