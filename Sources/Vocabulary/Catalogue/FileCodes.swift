import Language

/// Codes of mistakes with files.
let fileCodes: [CodeEntry] = [
  // MARK: Images
  CodeEntry("file-empty", "an image file without a byte", .program("save \"\" \"eye.png\"\nopen \"eye.png\"")),
  CodeEntry(
    "file-truncated", "a file that ends too early",
    .program("save \"P5\\n64 64\\n255\\nfew pixels\" \"eye.pgm\"\nopen \"eye.pgm\"")),
  CodeEntry(
    "image-zero-sized", "an image without pixels", .program("save \"P5\\n0 4\\n255\\n\" \"eye.pgm\"\nopen \"eye.pgm\"")),
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
  CodeEntry(
    "out-of-memory", "an image for which there is no memory", .circumstance("A large image on a small machine")),
  // MARK: Files and folders
  CodeEntry(
    "file-missing", "a file that is not there",
    .program("save \"image\\nnowhere.png\\n\" \"eyes.csv\"\nload \"eyes.csv\"")),
  CodeEntry("not-a-file", "a folder where a file is needed", .program("save (phantom 1 size: 64) \"p\"\nopen \"p\"")),
  CodeEntry(
    "not-a-folder", "a file where a folder is needed",
    .program("save (phantom 1 size: 64) \"p\"\nsave \"x\" \"a.txt\"\nload \"p/images\" masks: \"a.txt\"")),
  CodeEntry(
    "permission-denied", "a file that the user may not read or write", .circumstance("The file system says so")),
  CodeEntry(
    "disk-full", "no room for a file", .circumstance("The file system says so; what was there before is untouched")),
  CodeEntry(
    "file-too-large", "a file larger than is read",
    .circumstance("An image of more than 1 GiB, a book of more than 16 MiB")),
  CodeEntry(
    "file-failed", "whatever else the operating system says of a file", .circumstance("A disk that breaks, say")),
  CodeEntry("bad-path", "a path that is empty or holds a NUL byte", .circumstance("An empty path at the prompt")),
  CodeEntry("empty-path", "a file without a name", .program("save \"a note\" \"\"")),
  CodeEntry(
    "unknown-ending", "an ending that names no format of the value", .program("save (unet width: 4) \"net.bin\"")),
  CodeEntry("cannot-save", "a value without a file format", .program("save [1, 2] \"list.txt\"")),
  // MARK: Networks in files
  CodeEntry(
    "not-a-network", "a safetensors file without a network of cnp",
    .circumstance("Another program's weights, or a checkpoint of a training")),
  CodeEntry(
    "not-a-checkpoint", "a file that is no checkpoint of a training",
    .circumstance("`checkpoint:` with `resume: true` names a saved network")),
  CodeEntry(
    "network-damaged", "a network or a checkpoint whose bytes are not those that were written",
    .circumstance("A bad disk, or a copy that was cut or changed")),
  CodeEntry("network-version-unknown", "a network of another version's format", .circumstance("A file of a later cnp")),
  CodeEntry(
    "network-description-malformed", "a network file whose description can't be",
    .circumstance("A file that was changed by hand")),
  CodeEntry(
    "network-tensor-missing", "a network file that lacks a tensor", .circumstance("A file that was changed by hand")),
  CodeEntry(
    "network-tensor-unexpected", "a network file with a tensor too many",
    .circumstance("A file that was changed by hand")),
  CodeEntry(
    "network-tensor-shape-differs", "a tensor of another shape than its network needs",
    .circumstance("A file that was changed by hand")),
  CodeEntry(
    "network-weights-impossible", "weights that no network has: NaN, infinity, a negative variance",
    .circumstance("A file that was changed by hand")),
  CodeEntry("no-network", "a network file that holds no network", .circumstance("A file that was changed by hand")),
  CodeEntry(
    "safetensors-header-too-large", "a safetensors file that announces an absurd header",
    .program("save \"no tensors at all\" \"net.safetensors\"\nopen \"net.safetensors\"")),
  CodeEntry(
    "safetensors-header-malformed", "a safetensors header that is not as the format has it",
    .circumstance("A file of another program, or a damaged one")),
  CodeEntry(
    "safetensors-duplicate-name", "two tensors of one name",
    .circumstance("A file of another program, or a damaged one")),
  CodeEntry(
    "safetensors-data-type-unsupported", "tensors of other numbers than 32-bit floats",
    .circumstance("A file of another program")),
  CodeEntry(
    "safetensors-data-type-unknown", "tensors of numbers that the format does not know", .circumstance("A damaged file")
  ),
  CodeEntry("safetensors-bad-shape", "a tensor of an impossible shape", .circumstance("A damaged file")),
  CodeEntry(
    "safetensors-length-differs", "a tensor whose bytes are not as many as its shape needs",
    .circumstance("A damaged file")),
  CodeEntry(
    "safetensors-bad-range", "a tensor whose bytes lie elsewhere than they should",
    .circumstance("A damaged file, or one that was cut short")),
  CodeEntry("safetensors-trailing-bytes", "bytes behind the last tensor", .circumstance("A damaged file")),
]
