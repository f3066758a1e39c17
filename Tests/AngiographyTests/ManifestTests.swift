import Angiography
import Base
import Imaging
import Testing

@Suite struct Manifests {
  private func withManifest<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    try withTemporaryFolder { root in
      try makeFolder(root + "/visit 1")
      try makeFolder(root + "/visit 2")
      for (i, visit) in ["visit 1", "visit 2"].enumerated() {
        let image = Plane(width: 12, height: 12, filledWith: 0.25 + 0.5 * Float(i))
        try writePNG(image, to: "\(root)/\(visit)/eye.png")
        try writePNG(Mask(width: 12, height: 12, filledWith: i == 0), to: "\(root)/\(visit)/mask.png")
      }
      let path = root + "/list.csv"
      try writeFile(text, to: path)
      return try body(path)
    }
  }

  private func problems(_ text: String) throws -> DatasetError? {
    try withManifest(text) { path in
      #expect(throws: DatasetError.self) { try loadDataset(images: path) }
    }
  }

  @Test func allColumnsAreRead() throws {
    let text = #"""
      \#u{FEFF}Image,mask,case,visit,eye,grader,mm-per-pixel\#r
      visit 1/eye.png,visit 1/mask.png,"7, right ""a"" side",2020-01,OD,first,0.0125\#r
      \#r
      "visit 2/eye.png",,Nº 8,2021-01,left,,\#r

      """#
    try withManifest(text) { path in
      let loaded = try loadDataset(images: path)
      let samples = loaded.dataset.samples
      #expect(samples.map(\.name) == ["visit 1-eye", "visit 2-eye"])
      #expect(
        samples[0].facts
          == SampleFacts(
            caseName: "7, right \"a\" side", visit: "2020-01", eye: .right, grader: "first", millimetresPerPixel: 0.0125
          ))
      #expect(samples[1].facts == SampleFacts(caseName: "Nº 8", visit: "2021-01", eye: .left))
      #expect(samples[0].mask?.area == 144 && samples[1].mask == nil)
      #expect(loaded.files.count == 4 && loaded.files[0] == path)
      #expect(loaded.dataset.name == "list")
    }
  }

  @Test func unknownColumnsAreNamedWithASuggestion() throws {
    let error = try problems("image,visti\nvisit 1/eye.png,1\n")
    #expect(error?.code == "bad-manifest")
    #expect(error?.message.contains("'visti'") == true)
    #expect(error?.hint?.contains("'visit'") == true)
    #expect(try problems("mask,case\na,b\n")?.message.contains("'image'") == true)
    #expect(try problems("image,image\na,b\n")?.message.contains("twice") == true)
  }

  @Test func badRowsAreListedTogetherWithTheirLines() throws {
    let error = try problems(
      """
      image,eye,mm-per-pixel
      visit 1/eye.png,middle,0.01
      visit 2/eye.png,OD,-1
      ,OD,1
      visit 2/eye.png,OD
      nowhere.png,OD,1
      """)
    #expect(error?.problems.count == 5)
    for line in ["line 2", "line 3", "line 4", "line 5", "nowhere.png"] {
      #expect(error?.message.contains(line) == true, "\(line)")
    }
  }

  @Test func brokenTextIsRefused() throws {
    #expect(try problems("")?.message.contains("empty") == true)
    #expect(try problems("image\n\"visit 1/eye.png\n")?.message.contains("never closed") == true)
    #expect(try problems("image\nvisit\0/eye.png\n")?.message.contains("NUL") == true)
    #expect(try problems("image\n\"visit 1/eye.png\"x\n")?.message.contains("behind a closing quote") == true)
    let masks = try withManifest("image\nvisit 1/eye.png\n") { path in
      #expect(throws: DatasetError.self) { try loadDataset(images: path, masks: .folder("masks")) }
    }
    #expect(masks?.code == "bad-manifest")
  }

  @Test func twoGradersOfOneImageAreTwoSamples() throws {
    let text = "image,mask,grader\nvisit 1/eye.png,visit 1/mask.png,a\nvisit 1/eye.png,visit 2/mask.png,b\n"
    try withManifest(text) { path in
      let samples = try loadDataset(images: path).dataset.samples
      #expect(samples.map(\.name) == ["visit 1-eye-a", "visit 1-eye-b"])
    }
    let same = try problems("image\nvisit 1/eye.png\nvisit 1/eye.png\n")
    #expect(same?.code == "same-name")
  }

  /// What spreadsheets and data frames write of the one table.
  @Test(arguments: [
    "image;mask;case;mm-per-pixel\nvisit 1/eye.png;visit 1/mask.png;7;0,0125\nvisit 2/eye.png;;8;\n",
    "image\tmask\tcase\tmm-per-pixel\nvisit 1/eye.png\tvisit 1/mask.png\t7\t0.0125\nvisit 2/eye.png\t\t8\t\n",
    "sep=;\r\nimage;mask;case;mm-per-pixel\r\nvisit 1/eye.png;visit 1/mask.png;7;0,0125\r\nvisit 2/eye.png;;8;\r\n",
    "sep=,\nimage,mask,case,mm-per-pixel\nvisit 1/eye.png,visit 1/mask.png,7,\"0,0125\"\nvisit 2/eye.png,,8,\n",
    ",image,mask,case,mm-per-pixel\n0,visit 1/eye.png,visit 1/mask.png,7,0.0125\n1,visit 2/eye.png,NaN,8,NaN\n",
    "Unnamed: 0,image,mask,case,mm-per-pixel\n0,visit 1/eye.png,visit 1/mask.png,7,0.0125\n1,visit 2/eye.png,,8,\n",
    "index,image,mask,case,mm-per-pixel\n0,visit 1/eye.png,visit 1/mask.png,7,0.0125\n1,visit 2/eye.png,,8,\n",
    "\"\",\"image\",\"mask\",\"case\",\"mm.per.pixel\"\n".replacing("mm.per.pixel", with: "mm-per-pixel")
      + "\"1\",\"visit 1/eye.png\",\"visit 1/mask.png\",\"7\",0.0125\n\"2\",\"visit 2/eye.png\",NA,\"8\",NA\n",
    // The row names of R's write.table have no column.
    "\"image\"\t\"mask\"\t\"case\"\t\"mm-per-pixel\"\n\"1\"\t\"visit 1/eye.png\"\t\"visit 1/mask.png\"\t7\t0.0125\n"
      + "\"2\"\t\"visit 2/eye.png\"\tNA\t8\tNA\n",
    " Image , MASK,Case,MM per pixel\nvisit 1/eye.png , \"visit 1/mask.png\" ,7,0.0125\nvisit 2/eye.png,,8,\n",
    "image,mask,case,mm_per_pixel,,\nvisit 1/eye.png,visit 1/mask.png,7,0.0125,,\nvisit 2/eye.png,,8,,,\n,,,,,\n",
    "\u{FEFF}\"image\";\"mask\";\"case\";\"mm-per-pixel\"\rvisit 1/eye.png;visit 1/mask.png;7;0,0125;;\rvisit 2/eye.png;;8;\r",
    "image,mask,case,mm-per-pixel\nvisit 1\\eye.png,visit 1\\mask.png,7,1.25e-2\nvisit 2\\eye.png,,8,\n",
  ])
  func tablesOfOtherProgramsAreRead(text: String) throws {
    try withManifest(text) { path in
      let samples = try loadDataset(images: path).dataset.samples
      #expect(samples.map(\.facts.caseName) == ["7", "8"])
      #expect(samples.map(\.facts.millimetresPerPixel) == [0.0125, nil])
      #expect(samples.map { $0.mask?.area } == [144, nil])
      #expect(samples.map(\.name) == ["visit 1-eye", "visit 2-eye"])
    }
  }

  @Test func encodingsAreNamed() throws {
    func message(_ bytes: [UInt8]) throws -> String {
      try withManifest("image\n") { path in
        try writeFile(bytes, to: path)
        return #expect(throws: DatasetError.self) { try loadDataset(images: path) }?.message ?? ""
      }
    }
    let little = "image,mask\r\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = "image,mask\r\n".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
      let text = try message(bytes)
      #expect(text.contains("UTF-16") && text.contains("save it as UTF-8"))
    }
    #expect(try message(Array("image\nM".utf8) + [0xFC] + Array("ller.png\n".utf8)).contains("not UTF-8 (Latin-1"))
    #expect(try message([0x50, 0x4B, 3, 4, 20, 0]).contains("XLSX"))
  }

  /// `open` is of help only where the file could be an image.
  @Test func imagesAreToldFromTexts() throws {
    func error(_ bytes: [UInt8], _ name: String = "list.csv") throws -> DatasetError? {
      try withTemporaryFolder { root in
        try writeFile(bytes, to: root + "/" + name)
        return #expect(throws: DatasetError.self) { try outlineDataset(images: root + "/" + name) }
      }
    }
    let wide: [UInt8] = [0xFF, 0xFE] + "image\r\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let latin: [UInt8] = Array("image\nM".utf8) + [0xFC] + Array("ller.png\n".utf8)
    for bytes in [wide, latin, Array("image\n\"a\n".utf8)] {
      let found = try error(bytes)
      #expect(found?.code == "bad-manifest" && found?.hint == nil)
    }
    let png = try DrawnMask.grey(DrawnMask.values(0, 1), white: 255).encodedPNG()
    let picture = try error(png)
    #expect(picture?.message.contains("the file is an image (PNG)") == true)
    #expect(picture?.hint?.contains("read by `open`") == true)
    #expect(try error(Array("P2\n2 1\n9\n1 2\n".utf8))?.message.contains("an image (PGM/PPM)") == true)
    #expect(try error(latin, "eye.png")?.hint?.contains("read by `open`") == true)
    #expect(try error(Array("GIF89a\0".utf8))?.hint?.contains("read by `open`") == true)
  }

  /// What other tables call the columns.
  @Test(arguments: [
    ("image", "mask", "case"), ("Image Path", "mask_path", "Patient ID"), ("filename", "Mask", "patient_id"),
    ("FILE", "label path", "Subject"), ("path", "mask-file", "patientID"), ("file_name", "LabelPath", "subject id"),
    ("image path", "segmentation", "Case ID"), ("image.path", "Ground Truth", "Patient"),
  ])
  func columnsOfOtherNamesAreUnderstood(image: String, mask: String, patient: String) throws {
    let text = "\(image),\(mask),\(patient),MM per Pixel\nvisit 1/eye.png,visit 1/mask.png,7,0.1\n"
    try withManifest(text) { path in
      let sample = try loadDataset(images: path).dataset.samples[0]
      #expect(sample.mask?.area == 144)
      #expect(sample.facts == SampleFacts(caseName: "7", millimetresPerPixel: 0.1))
    }
  }

  /// An eye is 24 mm long: wider pictures are of another unit.
  @Test func unlikelyScalesAreWarnedOf() throws {
    func warnings(_ scales: [String], side: Int = 512) throws -> [String] {
      try withTemporaryFolder { root in
        for number in scales.indices {
          try writePNG(Plane(width: side, height: side, filledWith: 0.5), to: "\(root)/eye-\(number).png")
        }
        let rows = scales.enumerated().map { "eye-\($0).png,\($1)\n" }
        try writeFile("image,mm-per-pixel\n" + rows.joined(), to: root + "/list.csv")
        return try loadDataset(images: root + "/list.csv").warnings
      }
    }
    #expect(try warnings(["0.01", "", "0.15"]) == [])
    #expect(
      try warnings(["10"]) == [
        "mm-per-pixel of eye-0: 10 mm per pixel makes the image 5120 mm wide, and an eye is 24 mm long; is it in µm?"
      ])
    #expect(
      try warnings(["0.01", "11.5", "0.00001"]) == [
        "mm-per-pixel of eye-1: 11.5 mm per pixel makes the image 5888 mm wide, and an eye is 24 mm long; is it in µm?",
        "mm-per-pixel of eye-2: 1e-05 mm per pixel makes the image 0.00512 mm wide, and an eye is 24 mm long; is it in m?",
      ])
    #expect(try warnings(["50"]).first?.hasSuffix("is it in µm or in pixels per mm?") == true)
  }

  @Test func columnsThatAreNearlyRightAreSuggested() throws {
    #expect(try problems("image;visti\nvisit 1/eye.png;1\n")?.message.contains("'visti'") == true)
    #expect(try problems("image,mmPerPixle\nvisit 1/eye.png,1\n")?.hint == "did you mean 'mm-per-pixel'?")
    for (name, column) in [
      ("filenam", "image"), ("image id", "image"), ("source file", "image"), ("label", "mask"), ("mask file 2", "mask"),
      ("Patient Number", "case"), ("caes", "case"), ("pixel spacing", "mm-per-pixel"), ("rater", "grader"),
    ] {
      let rest = column == "image" ? "mask" : "image"
      #expect(try problems("\(rest),\(name)\na,b\n")?.hint == "did you mean '\(column)'?", "\(name)")
    }
    // What is there already is no suggestion, and an age is no eye.
    for name in ["age", "patient_age"] {
      let hint = try problems("image,patient,\(name)\nvisit 1/eye.png,7,70\n")?.hint
      let columns = "the columns are image, mask, case, visit, eye, grader, mm-per-pixel, field-angle"
      #expect(hint?.hasPrefix(columns) == true)
    }
    let twice = try problems("filename,path\na,b\n")
    #expect(twice?.message.contains("the columns 'filename' and 'path' both mean image") == true)
    #expect(
      try problems("image,mask\nvisit 1/eye.png,visit 1/mask.png,x\n,,,\nvisit 2/eye.png,\n")?.code == "bad-manifest")
  }

  @Test func linesWrittenAreQuotedWhereTheyMustBe() {
    #expect(csvLine(["a", "b c", "d,e", "say \"x\"", ""]) == "a,b c,\"d,e\",\"say \"\"x\"\"\",\n")
  }

  @Test func clinicalFactsAreRead() throws {
    let text = """
      image,date,phase,field angle,fovea_x,fovea_y,disc-x,disc-y,disc diameter
      visit 1/eye.png,2024-03-01,arteriovenous,50,3,4.5,9,"4,25",2
      visit 2/eye.png,,LATE,,,,30,4,

      """
    try withManifest(text) { path in
      let loaded = try loadDataset(images: path)
      let facts = loaded.dataset.samples.map(\.facts)
      #expect(
        facts[0]
          == SampleFacts(
            visit: "2024-03-01", fieldAngle: 50, phase: .transit,
            landmarks: Landmarks(
              fovea: Landmark(x: 3, y: 4.5), disc: Landmark(x: 9, y: 4.25), discDiameter: 2)))
      #expect(facts[1].phase == .late && facts[1].landmarks.fovea == nil)
      #expect(loaded.warnings.contains { $0.contains("outside the image") })
    }
    for (column, value) in [("phase", "noon"), ("field-angle", "-3"), ("field-angle", "400"), ("fovea-x", "here")] {
      let found = try #require(try problems("image,\(column)\nvisit 1/eye.png,\(value)\n"))
      #expect(found.problems.count >= 1, "\(column)")
    }
    #expect(try problems("image,fovea-x\nvisit 1/eye.png,3\n") != nil)
  }
}
