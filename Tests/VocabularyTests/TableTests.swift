import Base
import Language
import Testing
import Vocabulary

struct TableTests {
  let table = TableValue(
    title: "t", columns: ["name", "value"],
    rows: [[.text("a"), .number(1.005, decimals: 2)], [.text("longer"), .number(-12.3456, decimals: 2)]])

  @Test func columnsAlign() {
    #expect(
      table.display == """
        t
        name     value
        ──────  ──────
        a         1.00
        longer  -12.35
        """)
  }

  @Test func rowsAreRecords() throws {
    guard case .record(let row) = try table.element(at: 1), case .text(let name)? = row["name"] else {
      Issue.record("a row is a record")
      return
    }
    #expect(name == "longer")
  }

  @Test(arguments: [(0.0, 2, "0.00"), (-0.001, 2, "0.00"), (0.995, 1, "1.0"), (123.0, 0, "123"), (.nan, 2, "–")])
  func numbersAreRounded(number: Double, decimals: Int, text: String) {
    #expect(TableValue.Cell.number(number, decimals: decimals).text == text)
  }

  @Test(arguments: [(0.0, "< 0.001"), (0.0009, "< 0.001"), (0.001, "0.001"), (0.0496, "0.050"), (1, "1.000")])
  func noProbabilityIsNothing(probability: Double, text: String) {
    #expect(TableValue.Cell.probability(probability).text == text)
  }

  /// What programs read: whole numbers as such, no row that sums up the others, a line end behind each row.
  @Test func tablesAreSavedAsNumbers() throws {
    let host = try RecordingHost()
    let program = "t = areas (dark-threshold (phantom 2 size: 64) level: 0.9)\nsave t \"t.csv\"\nprint t"
    let text = try run(program, on: host)
    #expect(text.contains("mean ± SD"))
    let saved = String(decoding: try readFile("\(host.folder)/t.csv"), as: UTF8.self)
    let lines = saved.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4 && lines[3].isEmpty)
    #expect(lines[0] == "image,\"marked, px\",\"marked, % of the field of view\",\"marked, mm²\"")
    for line in lines[1...2] {
      let fields = line.split(separator: ",")
      #expect(fields.count == 4 && Int(fields[1]) != nil && fields[2...].allSatisfy { Double($0) != nil }, "\(line)")
    }
  }

  @Test func countsOfMetricsAreWhole() throws {
    let host = try RecordingHost()
    try run(
      "m = metrics (dark-threshold (phantom 1 size: 64) level: 0.9)\nsave m.images \"m.csv\"", on: host)
    let lines = String(decoding: try readFile("\(host.folder)/m.csv"), as: UTF8.self).split(separator: "\n")
    #expect(lines[1].split(separator: ",")[1...4].allSatisfy { Int($0) != nil }, "\(lines)")
  }
}
