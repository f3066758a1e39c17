import Angiography
import Files
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

  @Test func linesWrittenAreQuotedWhereTheyMustBe() {
    #expect(csvLine(["a", "b c", "d,e", "say \"x\"", ""]) == "a,b c,\"d,e\",\"say \"\"x\"\"\",\n")
  }
}
