import Imaging
import Language

extension Explanation {
  /// How `load` reads masks, as `MaskRule` decides it.
  static let masks = Explanation(
    commands: ["load"], title: "What a mask marks",
    text: """
      One rule for \(ImageFormat.list("and")) of any depth, decided from the values found in each file:

        one value          black (0) marks nothing; another one marks everything
        two values         the brighter is marked: 255, 1, 40, 100 beside 0, in 1, 2, 4, 8 or 16 bits; by colour in
                           palettes, whatever their order
        classes            all but the background are marked; label: 2 picks one
        soft edges         what is brighter than half-way between the darkest and the brightest is marked

      More than two values are classes where none is above 31, or where 16 at most fill areas of their own; a value that
      nowhere fills 3×3 pixels belongs to an edge. JPEG is never read as classes: it smears them, and `label:` refuses it.
      The background is the darkest value; in a palette with colours black, else index 0; of colours without a palette
      black, else white. What is less than half opaque is black.

      255 beside classes up to 31 is what other tools leave ungraded: it is neither marked nor counted by any measure.
      That takes two classes that fill areas (1, 2 and 255), or 0 and one that does; of two values, as 1 and 255, the
      brighter is a mark. If half of a dataset's masks that hold 255 say so, it means the same in all. `ignore:` names
      another value, `label: 255` marks it. In training no loss counts ungraded pixels.

      A note tells whenever more than two values were found or nothing is marked, a warning when a mask looks like a
      photograph, or inverted: most of what lies outside the field of view is marked. A mask that is its own image is
      refused.

      Masks are paired with images by their names: the very same first, else without what is usually added to a mask's
      (.mask, _mask, _seg, _label, _gt, _manual1 and the like) or to an image's (_0000, _image, _training), without a
      second ending (eye.jpg.png), or in other case (EYE.PNG with eye.png). The pairs made that way are told, and two that
      fit alike are a mistake. Masks may stand beside the images, in one folder.

      Areas that were drawn are masks of the pixels whose middles lie inside: a polygon's corners need not lie between
      pixels. Several areas of a class are taken together; what a polygon winds around twice is outside. They come from

        labelme            eye.json beside eye.png, or in the folder of `masks:`: polygons, rectangles and circles. An
                           image has no mask where there is no such file, or one with landmarks alone
        COCO               masks: "annotations.json": polygons, and runs of pixels packed or not; an image of the file
                           that has no annotation of the class has an empty mask
        nnU-Net            a folder with dataset.json, imagesTr and labelsTr; images are PNG or TIFF of one channel

      `label:` names the class, in any case; left out, the only one is taken, which is noted, and several are a mistake
      that names them. Areas called ungraded, ungradable or ignore are neither marked nor counted; `ignore:` names others.

      `save eyes "folder" form: labelme` writes images and polygons which hold the very pixels of the masks, of datasets
      and of predictions: correct them in labelme, and `load "folder"` learns from them. `form: nnunet` writes a folder of
      nnU-Net's, `save mask "eye.json"` one mask's polygons. A polygon has no hole: a cut along a row joins it with the rim.
      """)
}
