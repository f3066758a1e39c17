import Angiography
import Base
import Foundation
import Imaging
import Testing

/// Fields that a spreadsheet would calculate are marked as texts; numbers stay numbers; what was read is what was written.
@Suite struct CommaSeparatedValuesTests {
  @Test(arguments: [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=", "-", "--5", "'=1", "''+x",
  ])
  func formulasGetAnApostrophe(_ text: String) throws {
    let line = csvLine([text])
    #expect(line.hasPrefix("'") || line.hasPrefix("\"'"), "\(line)")
  }

  @Test(arguments: [
    "-0.5", "+1e-3", "-5", "-inf", "0.25", "1e5", "nan", "eye-1", "a=b", "'quoted'", "", "’=x", "9-3", " =1",
  ])
  func othersStay(_ text: String) { #expect(csvLine([text]) == text + "\n") }

  @Test func quotesAreThoseOfTheStandard() {
    #expect(csvLine(["=\"a\",b", "c\nd", "e"]) == "\"'=\"\"a\"\",b\",\"c\nd\",e\n")
  }

  /// A mark that combines with a quote hides it among characters, not from readers.
  @Test func quotesAreDoubledAmongBytes() {
    #expect(csvLine(["a\"\u{301}b"]) == "\"a\"\"\u{301}b\"\n")
  }

  /// Cases and graders come from names of files and other people's tables.
  @Test func aManifestComesBack() throws {
    let cases = ["=1+1", "-5", "'=x", "''@y", "+a", "plain", "@b", "-c", "'d", "x\"\u{301}"]
    try withTemporaryFolder { root in
      try makeFolder(root + "/set")
      var lines = [["image", "case", "grader"]]
      for (number, name) in cases.enumerated() {
        try writePNG(Plane(width: 20, height: 20, filledWith: 0.5), to: "\(root)/set/\(number).png")
        lines.append(["set/\(number).png", name, "=HYPERLINK(\"x\")"])
      }
      try writeFile(lines.map(csvLine).joined(), to: root + "/manifest.csv")
      let dataset = try loadDataset(images: root + "/manifest.csv").dataset
      #expect(dataset.samples.map(\.facts.caseName) == cases)
      #expect(Set(dataset.samples.map(\.facts.grader)) == ["=HYPERLINK(\"x\")"])
    }
  }
}
