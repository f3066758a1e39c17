import Base
import Imaging
import Testing

/// Datasets and predictions for other programs, and back, as a program meets them.
struct LabelToolTests {
  private static let eyes = "eyes = phantom 3 size: 64\n"

  /// What a prediction marks is drawn as polygons, corrected and learnt from.
  @Test func predictionsGoThroughLabelme() throws {
    let host = try RecordingHost()
    let text = try run(
      Self.eyes + """
        found = dark-threshold eyes level: 0.8
        save found "marked" form: labelme
        again = load "marked"
        for i in 0..2 { print (again[i].mask xor found[i].mask).area, max (abs (again[i].image - found[i].image)) }
        net = train-net (augment again soften: 1px) width: 4 epochs: 1
        print "learnt"
        """, on: host)
    #expect(text.contains("0px 0\n0px 0\n0px 0") || text.contains("0 px 0\n0 px 0\n0 px 0"), "\(text)")
    #expect(text.contains("note: areas drawn in labelme as “CNP”, the only class, are taken as non-perfusion"))
    #expect(text.hasSuffix("learnt"))
    let file = String(decoding: try readFile(host.folder + "/marked/phantom-001.json"), as: UTF8.self)
    for field in ["\"imagePath\": \"phantom-001.png\"", "\"imageHeight\": 64", "\"shape_type\": \"polygon\""] {
      #expect(file.contains(field))
    }
    #expect(file.contains("\"imageData\": null") && file.contains("\"version\": \"5.5.0\""))
  }

  /// Eyes without non-perfusion keep their empty masks, and so does a method that marks nothing.
  @Test func emptyMasksGoThroughLabelme() throws {
    let text = try run(
      """
      save (phantom 2 size: 64) "p"
      eyes = load "p/images" empty-masks: true
      save eyes "drawn" form: labelme
      print (load "drawn")
      save (dark-threshold eyes level: 0.01) "found" form: labelme
      print count (load "found").masks, (load "found")[0].mask.area
      print (phantom 1 size: 64)
      """)
    #expect(text.contains("2 images, 2 masks") && text.contains("note: nothing is marked in any of the 2 drawings"))
    #expect((text.contains("\n2 0px") || text.contains("\n2 0 px")) && text.contains("1 image, 1 mask"), "\(text)")
  }

  @Test func datasetsGoThroughLabelmeAndNNUNet() throws {
    let program =
      Self.eyes + """
        save eyes "drawn" form: labelme
        save eyes "Dataset001_Eyes" form: nnunet
        a = load "drawn" label: "cnp"
        b = load "Dataset001_Eyes"
        c = load "Dataset001_Eyes" label: "CNP"
        for i in 0..2 { print (a[i].mask xor eyes[i].mask).area + (b[i].mask xor c[i].mask).area }
        for i in 0..2 { print (b[i].mask xor eyes[i].mask).area }
        print a.names, b.names
        """
    let host = try RecordingHost()
    let text = try run(program, on: host)
    let lines = text.split(separator: "\n").filter { $0 == "0" || $0 == "0px" || $0 == "0 px" }
    #expect(lines.count == 6, "\(text)")
    let names = "['phantom-001', 'phantom-002', 'phantom-003']"
    #expect(text.hasSuffix("\(names) \(names)"), "\(text)")
    let list = String(decoding: try readFile(host.folder + "/Dataset001_Eyes/dataset.json"), as: UTF8.self)
    #expect(list.contains("\"numTraining\": 3") && list.contains("\"file_ending\": \".png\""))
    #expect(list.contains("\"CNP\": 1") && !list.contains("ignore"))
    let label = try readImage(host.folder + "/Dataset001_Eyes/labelsTr/phantom-001.png")
    #expect(Set(label.samples) == [0, 1] && label.fullScale == 255)
  }

  /// Images without masks are tests, and pixels that nobody has graded are what nnU-Net is to ignore.
  @Test func nnUNetHasPlaceForBoth() throws {
    let host = try RecordingHost()
    let text = try run(
      Self.eyes + """
        save eyes[0].image "i/bare.png"
        save eyes[1].image "i/eye.png"
        save eyes[1].mask "i/eye.json"
        some = load "i"
        print some[1].mask.area - eyes[1].mask.area
        save some "Dataset002_Some" form: nnunet
        """, on: host)
    #expect(text.contains("note: nobody has drawn areas on bare, which get no mask"))
    #expect(pathKind(host.folder + "/Dataset002_Some/imagesTs/bare_0000.png") == .file)
    #expect(pathKind(host.folder + "/Dataset002_Some/imagesTr/eye_0000.png") == .file)
    #expect(pathKind(host.folder + "/Dataset002_Some/labelsTr/bare.png") == nil)
    #expect(
      try mistake(in: "save (phantom 1 size: 64)[0].image \"i/a.png\"\nsave (load \"i\") \"d\" form: nnunet")
        == "mask-missing")
  }

  @Test func whatIsNotWritten() throws {
    #expect(try mistake(in: "save (dark-threshold (phantom 1 size: 64)) \"d\" form: nnunet") == "cannot-save")
    #expect(try mistake(in: "save (phantom 1 size: 64)[0].mask \"m.png\" form: labelme") == "cannot-save")
    #expect(try mistake(in: "save \"a note\" \"n.txt\" form: labelme") == "cannot-save")
    #expect(try mistake(in: "save (phantom 1 size: 64)[0].mask \"m.json\"\nopen \"m.json\"") != nil)
  }

  @Test func classesAreNamedOrAskedFor() throws {
    let shapes = """
      save (phantom 1 size: 64)[0].image "i/eye.png"
      save '{"shapes": [{"label": "CNP", "points": [[9, 9], [20, 9], [20, 20], [9, 20]]}, \
      {"label": "leak", "points": [[30, 30], [40, 30], [40, 40]]}]}' "i/eye.json"

      """
    #expect(try mistake(in: shapes + "load \"i\"") == "label-ambiguous")
    #expect(try mistake(in: shapes + "load \"i\" label: \"np\"") == "label-not-found")
    #expect(try mistake(in: shapes + "load \"i\" label: \"CNP\" ignore: \"CNP\"") == "contradiction")
    let text = try run(
      shapes + """
        eye = load "i" label: "CNP" ignore: "leak"
        print eye[0].mask.area, eye[0].ungraded.area
        # Nothing is learnt from a path, so nobody asks.
        found = predict (unet width: 4) "i"
        print found.count
        """)
    #expect(text.contains("121px 55px") || text.contains("121 px 55 px") || text.contains("121px 45px"), "\(text)")
    #expect(text.hasSuffix("1"))
  }

  @Test func annotationsOfCOCOAreRead() throws {
    let text = try run(
      """
      eye = (phantom 1 size: 64)[0]
      save eye.image "i/eye.png"
      save '{"images": [{"id": 1, "file_name": "eye.png", "width": 64, "height": 64}], \
      "categories": [{"id": 1, "name": "CNP"}], "annotations": [{"image_id": 1, "category_id": 1, \
      "segmentation": [[9, 9, 20, 9, 20, 20, 9, 20]]}]}' "coco.json"
      print (load "i" masks: "coco.json")[0].mask.area
      """)
    #expect(text.contains("121"))
  }
}
