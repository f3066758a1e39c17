import Testing

/// Bounds on what a cell may take, given on the command line.
@Suite("Bounds of a run")
struct RunBoundsTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Array("x = 0\nfor i in 0..1e9 { x = x + 1 }\n".utf8), to: "long.cnp")
    let text = """
      ---
      cnpbook: 1
      ---
      ```cnp
      #| label: quick
      #| timeout: 1 min
      print 1
      ```
      ```cnp
      #| label: long
      x = 0
      for i in 0..1e9 { x = x + 1 }
      ```
      """
    try folder.write(Array(text.utf8), to: "long.cnpbook")
  }

  private func run(_ arguments: String...) throws -> PipedRun {
    try runPiped(["run"] + arguments, input: [], in: folder)
  }

  @Test("A cell that takes too long is stopped")
  func time() throws {
    let stopped = try run("long.cnpbook", "--timeout", "1s")
    #expect(stopped.exitCode == 4 && stopped.output.contains("stopped after 1 s"))
    for odd in ["0", "1e300", "1e308h", "soon"] {
      #expect(try run("long.cnpbook", "--timeout", odd).exitCode == 64, "\(odd)")
    }
  }

  @Test("A cell that takes too much memory is stopped, one that fits is not")
  func memory() throws {
    let large = "---\ncnpbook: 1\n---\n```cnp\neyes = phantom 400 size: 512\n```\n"
    try folder.write(Array(large.utf8), to: "large.cnpbook")
    let refused = try run("large.cnpbook", "--max-memory", "256M")
    #expect(refused.exitCode == 3 && refused.errors.contains("error[out-of-memory]"))
    // What nobody has asked for in one piece: numbers that pile up.
    let pile = """
      ---
      cnpbook: 1
      ---
      ```cnp
      one = (phantom 1 size: 512)[0].image
      all = for i in 1..4000 { one + i }
      ```
      """
    try folder.write(Array(pile.utf8), to: "pile.cnpbook")
    let piled = try run("pile.cnpbook", "--max-memory", "256M")
    #expect(piled.exitCode == 3 && piled.errors.contains("error[out-of-memory]"))
    let fits = "---\ncnpbook: 1\n---\n```cnp\nprint (phantom 3 size: 64).count\n```\n"
    try folder.write(Array(fits.utf8), to: "fits.cnpbook")
    #expect(try run("fits.cnpbook", "--max-memory", "256M").exitCode == 0)
    #expect(try run("fits.cnpbook", "--max-memory", "1M").exitCode == 64)
  }
}
