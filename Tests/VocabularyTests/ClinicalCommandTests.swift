import Language
import Testing
import Vocabulary

@Suite struct ClinicalCommandTests {
  @Test(arguments: [
    ("annotate eyes fovea: [3, 4]", "one-place"), ("annotate eye fovea: [3]", "no-point"),
    ("annotate eye fovea: [3, 400]", "no-point"), ("annotate eye", "nothing-to-annotate"),
    ("annotate eye mm-per-pixel: 0.01 field-angle: 50deg", "contradiction"),
    ("grid eye form: etdrs sectors: 4", "idle-option"), ("grid eye form: polar ring: 2px", "wrong-unit"),
    ("grid bare", "unknown-scale"), ("grid (annotate bare mm-per-pixel: 0.1)", "unknown-fovea"),
    ("grid (annotate bare mm-per-pixel: 0.1) centre: disc", "unknown-disc"),
    ("lesions bare least: 1mm2", "unknown-scale"), ("ischemic-index bare foveal-zone: excluded", "unknown-scale"),
    ("ischemic-index (annotate bare mm-per-pixel: 0.1) foveal-zone: excluded", "unknown-fovea"),
    ("ischemic-index [name: \"x\", image: eye.image]", "mask-missing"),
    ("ischemic-index eyes intervals: i", "contradiction"),
    ("ischemic-index (uncertainty net eyes) intervals: i", "contradiction"),
    ("learn-intervals u level: 99%", "too-few-eyes"), ("uncertainty net eyes by: ensemble", "one-member"),
    ("clinical-report eyes", "one-eye"),
  ])
  func refused(_ line: String, _ code: String) throws {
    let before = """
      eyes = phantom 4 size: 64
      eye = eyes[0]
      bare = [name: "bare", image: eye.image, mask: eye.mask, field: eye.field]
      net = train-net eyes width: 4 epochs: 1
      u = uncertainty (fit-method eyes) eyes
      i = learn-intervals u level: 60%

      """
    #expect(try mistake(in: before + line) == code)
  }

  @Test func factsComeBackFromAFolder() throws {
    let said = try lines(
      """
      one = annotate (phantom 1 size: 64) visit: "2024-03-01" field-angle: 50deg disc-diameter: 9px phase: late
      eye = one[0]
      file = save one "eyes"
      again = load "{file}/manifest.csv"
      print again[0].visit, again[0].phase, again[0].field-angle, again[0].disc.diameter, again[0].scale-source
      assert again[0].fovea.x eye.fovea.x
      assert again[0].mm-per-pixel eye.mm-per-pixel
      print eye.fovea.confidence
      """)
    #expect(said.contains { $0.contains("2024-03-01 late 50deg 9px field-angle") }, "\(said)")
    #expect(said.last == "none")
  }

  /// A phantom's fovea and disc go where its picture goes.
  @Test func landmarksMoveWithThePicture() throws {
    try run(
      """
      eye = (phantom 1 size: 128)[0]
      later = move eye shift: [5px, -4px] scale: 1.1
      assert later.fovea.x (1.1 * (eye.fovea.x + 0.5px - 64px) + 64px + 5px - 0.5px) tolerance: 1e-9
      assert later.disc.y (1.1 * (eye.disc.y + 0.5px - 64px) + 64px - 4px - 0.5px) tolerance: 1e-9
      assert later.mm-per-pixel (eye.mm-per-pixel / 1.1) tolerance: 1e-12
      """)
  }

  @Test func visitsThatDoNotGoTogetherAreWarnedOf() throws {
    let said = try lines(
      """
      eye = annotate (phantom 1 size: 128)[0] visit: "2024-03-01"
      later = annotate (move eye shift: [3px, 2px]) visit: "2023-03-01" phase: late
      print (change eye later).sentence
      """)
    #expect(said.contains { $0.hasPrefix("warning: the baseline is of the transit phase") })
    #expect(said.contains { $0.hasPrefix("warning: the follow-up (2023-03-01) was taken before") })
  }

  @Test func unitsOfAreasAndLengths() throws {
    let said = try lines(
      """
      print 2mm * 3mm, 6mm² / 2mm, 5mm2 + 1mm², 100um + 50µm, 2DA * 3
      show (grow (phantom 1 size: 64)[0] by: 300um)
      """)
    #expect(said.first == "6mm2 3mm 6mm2 150um 6DA")
  }

  private func lines(_ program: String) throws -> [String] {
    try run(program).split(separator: "\n").map(String.init)
  }
}
