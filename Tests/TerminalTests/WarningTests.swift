import Testing

/// What checking warns of at the prompt.
@Suite("Warnings at the prompt")
struct WarningTests {
  @Test("A warning is shown, the input runs, and nothing has failed")
  func shown() throws {
    let folder = try TemporaryFolder()
    let input = Array("if 1 > 2 { print 7 } else { print 41 }\n".utf8)
    let result = try runPiped(input: input, in: folder)
    #expect(result.errors.contains("warning[unreachable-code]") && result.output == "41\n")
    #expect(result.exitCode == 0)
  }
}
