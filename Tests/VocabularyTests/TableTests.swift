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
}
