import Angiography
import Base
import Language

extension DatasetError: CodedError {
  /// Of mistakes with images, masks and their lists.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "no-images", "a folder without images",
      .program("save \"a note\" \"folder/notes.txt\"\nload \"folder\"")),
    CodeEntry(
      "mask-missing", "an image without a mask where one is needed",
      .program("save (phantom 3 size: 64) \"p\"\nsave (phantom 2 size: 64) \"q\"\nload \"p/images\" masks: \"q/masks\"")
    ),
    CodeEntry(
      "territory-missing", "a network that draws the territory, and angiograms without one",
      .program("train-net (phantom 2 size: 64) network: (unet width: 4 depth: 2 maps: nested) epochs: 1")),
    CodeEntry(
      "nothing-unlabelled", "angiograms without masks that are all of patients who are tested",
      .program(
        "eyes = phantom 4 size: 64\ncompare eyes systems: [\"pixel-gan\"] width: 4 epochs: 1 test: eyes unlabelled: eyes"
      )),
    CodeEntry(
      "image-missing", "a mask without an image",
      .program("save (phantom 2 size: 64) \"p\"\nsave (phantom 3 size: 64) \"q\"\nload \"p/images\" masks: \"q/masks\"")
    ),
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
      .program(
        "save (phantom 1 size: 64) \"p\"\nsave (phantom 1 size: 128) \"q\"\nload \"p/images\" masks: \"q/masks\"")),
    CodeEntry(
      "bad-labelme", "a file of labelme that can't be read, or marks a landmark twice",
      .program(
        """
        save (phantom 1 size: 64)[0].image "images/eye.png"
        save '{"shapes": [{"label": "fovea"}]}' "images/eye.json"
        load "images"
        """)),
    CodeEntry(
      "labelme-size-differs", "a file of labelme that was drawn on an image of another size",
      .program(
        """
        save (phantom 1 size: 64)[0].image "images/eye.png"
        save '{"shapes": [], "imageWidth": 128, "imageHeight": 128}' "images/eye.json"
        load "images"
        """)),
    CodeEntry(
      "label-ambiguous", "areas of several classes, of which nobody has said which is non-perfusion",
      .program(
        """
        save (phantom 1 size: 64)[0].image "images/eye.png"
        save '{"shapes": [{"label": "CNP", "points": [[9, 9], [20, 9], [20, 20]]}, \
        {"label": "drusen", "points": [[30, 30], [40, 30], [40, 40]]}]}' "images/eye.json"
        load "images"
        """)),
    CodeEntry(
      "bad-coco", "a file of COCO annotations that can't be read",
      .program(
        """
        save (phantom 1 size: 64)[0].image "images/eye.png"
        save '{"images": [], "categories": []}' "coco.json"
        load "images" masks: "coco.json"
        """)),
    CodeEntry(
      "coco-size-differs", "COCO annotations on an image of another size",
      .program(
        """
        save (phantom 1 size: 64)[0].image "images/eye.png"
        save '{"images": [{"id": 1, "file_name": "eye.png", "width": 128, "height": 128}], \
        "categories": [{"id": 1, "name": "CNP"}], "annotations": [{"image_id": 1, "category_id": 1, \
        "segmentation": [[9, 9, 20, 9, 20, 20]]}]}' "coco.json"
        load "images" masks: "coco.json"
        """)),
    CodeEntry(
      "bad-nnunet", "a folder of nnU-Net's that isn't as it should be",
      .program(
        """
        save (phantom 1 size: 64) "Dataset001_Eyes" form: nnunet
        save '{"labels": {"background": 0}}' "Dataset001_Eyes/dataset.json" replace: true
        load "Dataset001_Eyes"
        """)),
    CodeEntry(
      "dataset-problems", "several mistakes of different kinds in one dataset",
      .program(
        "save (phantom 1 size: 64) \"p\"\nsave (phantom 2 size: 128) \"q\"\nload \"p/images\" masks: \"q/masks\"")),
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
    CodeEntry(
      "bad-size", "a working size outside of \(rangeText(WorkingFrame.sides)) pixels",
      .circumstance("`load` refuses such a `size:` before")),
    CodeEntry(
      "bad-label", "a label outside of \(rangeText(LoadOptions.labels))",
      .circumstance("`load` refuses such a `label:` before")),
  ]
}
