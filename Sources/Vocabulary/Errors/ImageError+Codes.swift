import Imaging
import Language

extension ImageError: CodedError {
  /// Of image files.
  static let codes: [CodeEntry] = [
    CodeEntry("file-empty", "an image file without a byte", .program("save \"\" \"eye.png\"\nopen \"eye.png\"")),
    CodeEntry(
      "file-truncated", "a file that ends too early",
      .program("save \"P5\\n64 64\\n255\\nfew pixels\" \"eye.pgm\"\nopen \"eye.pgm\"")),
    CodeEntry(
      "image-zero-sized", "an image without pixels",
      .program("save \"P5\\n0 4\\n255\\n\" \"eye.pgm\"\nopen \"eye.pgm\"")),
    CodeEntry(
      "image-too-large", "an image of more than 100 megapixels",
      .program("save \"P5\\n99999 99999\\n255\\n\" \"eye.pgm\"\nopen \"eye.pgm\"")),
    CodeEntry(
      "image-unknown-format", "a file that is no image, or none of those that are read",
      .program("save \"GIF89a\" \"eye.gif\"\nopen \"eye.gif\"")),
    CodeEntry(
      "image-damaged", "an image file that contradicts itself",
      .program("save \"P5\\n4 4\\n70000\\n\" \"eye.pgm\"\nopen \"eye.pgm\"")),
    CodeEntry(
      "image-unsupported", "an image file of a kind that is not read",
      .circumstance("A CMYK JPEG, a TIFF with negative numbers, or a mask of classes that JPEG has smeared")),
    CodeEntry(
      "mask-without-classes", "a colour mask where the label of a class is given",
      .program(
        """
        save "P2\\n1 1\\n255\\n9\\n" "images/eye.pgm"
        save "P3\\n1 1\\n255\\n255 0 0\\n" "masks/eye.ppm"
        load "images" masks: "masks" label: 1
        """)),
    CodeEntry(
      "image-not-finite", "an image with values that are no numbers",
      .program("x = (phantom 1 size: 64)[0].image\nsave (x / 0) \"eye.png\"")),
  ]
}
