import Fuzzing
import Language
import Testing

/// Sizes that break careless readers: an error or an answer, never a crash.
@Suite struct LimitTests {
  private func codes(_ text: String) -> [String] {
    let result = parse(Source(text, name: "limit"), registry: fakeRegistry)
    var session = Session(registry: fakeRegistry)
    var codes = result.diagnostics.map(\.code)
    codes += session.check(result.program) { _ in .unknown }.errors.map(\.code)
    guard codes.isEmpty else { return codes }
    do throws(Diagnostic) {
      try session.run(result.program, cell: "c", host: Recorder())
    } catch {
      return [error.code]
    }
    return []
  }

  @Test(arguments: ["(", "[", "{\n", "not ", "-", "2^", "f (", "\"{", "if true {", "[a: ", "x[", "[x["])
  func deepNesting(_ opening: String) {
    let found = codes("x = " + String(repeating: opening, count: 10_000))
    #expect(!found.isEmpty)
  }

  @Test func closedBracketsOfTenThousandLevels() {
    let text = String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)
    #expect(codes("x = " + text) == ["nested-too-deep"])
  }

  @Test func longChains() {
    #expect(codes("x = 1" + String(repeating: " + 1", count: 250_000)).isEmpty)
    #expect(codes("x = true" + String(repeating: " and true or false", count: 20_000)).isEmpty)
    #expect(codes("x = 1" + String(repeating: " | same", count: 50_000)).isEmpty)
    #expect(codes("x = [a: 1]\ny = x" + String(repeating: ".a", count: 50_000)) == ["unknown-member"])
    #expect(codes("x = [" + String(repeating: "1, ", count: 300_000) + "]").isEmpty)
    let ladder = String(repeating: "if false { 1 } else ", count: 20_000)
    #expect(codes("x = " + ladder + "{ 2 }").isEmpty)
  }

  @Test func longLinesAndManyLines() {
    #expect(codes("# " + String(repeating: "x", count: 1_000_000)).isEmpty)
    #expect(codes("x = '" + String(repeating: "x", count: 1_000_000) + "'").isEmpty)
    #expect(codes(String(repeating: "x = 1\n", count: 100_000)).isEmpty)
    #expect(codes(String(repeating: "y", count: 1_000_000)) == ["unknown-name"])
    #expect(!codes(String(repeating: "'\"{", count: 100_000)).isEmpty)
    #expect(!codes(String(repeating: "\"{\n", count: 100_000)).isEmpty)
  }

  @Test func unreadableBytes() {
    #expect(codes("x = 1\0 + 2").contains("nul-byte"))
    #expect(codes("x = 'a\0b'") == ["nul-byte"])
    #expect(
      codes(String(decoding: [120, 32, 61, 32, 0xFF, 0xFE] as [UInt8], as: UTF8.self)).contains("invalid-encoding"))
    #expect(codes(String(repeating: "\0", count: 100_000)).count < 10)
  }

  @Test func recursionThroughCommandsEnds() {
    #expect(codes("def f x { apply f x }\nf 1") == ["calls-too-deep"])
    let nested = String(repeating: "(same ", count: 40) + "(f x)" + String(repeating: ")", count: 40)
    #expect(codes("def f x { \(nested) }\nf 1") == ["calls-too-deep"])
  }
}
