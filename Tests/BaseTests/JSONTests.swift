import Base
import Foundation
import Testing

/// What is written is read back, here and by others; what is no JSON is refused with its place.
@Suite struct JSONTests {
  private func read(_ text: String, deepest: Int = 32) throws(JSONError) -> JSON {
    try JSON(decoding: Array(text.utf8)[...], deepest: deepest)
  }

  static let document = JSON.object([
    "z": .list([.null, .truth(true), .truth(false), .whole(-7), .number(0.1), .number(1e300), .text("")]),
    "a": .object(["empty": .list([]), "none": .object([:])]),
    "quoted \"\\\n\t\r": .text("é \u{1F441} \u{202E}\u{0}\u{7F}\u{2028}"),
  ])

  @Test(arguments: [JSON.Layout.lines, .compact]) func whatIsWrittenIsReadBack(_ layout: JSON.Layout) throws {
    let text = Self.document.text(layout)
    #expect(try read(text) == Self.document)
    // By Foundation too; nothing in the text acts on a terminal.
    #expect((try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil)
    #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .format || $0.value == 0x7F })
  }

  @Test func layouts() {
    let value = JSON.object(["b": .list([.whole(1), .whole(2)]), "a": .number(.nan)])
    #expect(value.text(.compact) == "{\"a\":null,\"b\":[1,2]}")
    #expect(value.text(.lines) == "{\n  \"a\": null,\n  \"b\": [\n    1,\n    2\n  ]\n}")
  }

  @Test func numbersAreToldApart() throws {
    #expect(
      try read("[0, -0, 12, 1.0, 1e2, -2.5E-3]")
        == .list([.whole(0), .whole(0), .whole(12), .number(1), .number(100), .number(-0.0025)]))
    #expect(try read("9223372036854775807") == .whole(.max))
  }

  @Test(arguments: [
    "", " ", "nul", "truefalse", "[1,]", "[1 2]", "{\"a\" 1}", "{\"a\": 1,}", "{a: 1}", "01", "-", "1.", ".5", "1e",
    "+1",
    "9223372036854775808", "1e999", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\u{1}\"",
    "1 2",
    "[1", "{\"a\": 1", "NaN",
  ])
  func whatIsNoneIsRefused(_ text: String) {
    #expect(throws: JSONError.self) { try read(text) }
  }

  @Test func doubledNamesAndDepthAreRefused() throws {
    let error = #expect(throws: JSONError.self) { try read("{\"a\": 1, \"a\": 2}") }
    #expect(error?.reason == .duplicateName("a"))
    // One name, written in two ways.
    #expect(throws: JSONError.self) { try read("{\"a\": 1, \"\\u0061\": 2}") }
    #expect((try? read("[[[1]]]", deepest: 3)) != nil)
    #expect(throws: JSONError.self) { try read("[[[[1]]]]", deepest: 3) }
    #expect(throws: JSONError.self) { try read(String(repeating: "[", count: 100_000)) }
    #expect(throws: JSONError.self) { try JSON(decoding: [0x22, 0xFF, 0x22]) }
  }
}
