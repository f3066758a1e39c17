import Books
import Foundation
import Testing

@Suite struct OutputFolderTests {
  @Test func newFilesReplaceOldOnesTogether() throws {
    let bench = Workbench()
    for round in ["old", "new"] {
      let folder = try OutputFolder(bench.path("x.out"))
      try folder.write("run.json", round)
      try folder.write("\(round).txt", round)
      if round == "new" { #expect(bench.names("x.out") == ["old.txt", "run.json"]) }
      try folder.commit()
    }
    #expect(bench.names("x.out") == ["new.txt", "run.json"])
    #expect(bench.names("") == ["x.out"])
  }

  @Test func folderOfSomethingElseIsLeftAlone() throws {
    let bench = Workbench()
    try FileManager.default.createDirectory(atPath: bench.path("papers"), withIntermediateDirectories: true)
    try bench.put("papers/thesis.txt", "years of work")
    #expect(throws: BookFileError.self) { try OutputFolder(bench.path("papers")) }
    try bench.put("file", "x")
    #expect(throws: BookFileError.self) { try OutputFolder(bench.path("file")) }
    #expect(bench.text("papers/thesis.txt") == "years of work")
  }

  @Test func discardedFolderLeavesTheOldOne() throws {
    let bench = Workbench()
    let first = try OutputFolder(bench.path("x.out"))
    try first.write("run.json", "old")
    try first.commit()
    let second = try OutputFolder(bench.path("x.out"))
    try second.write("run.json", "half")
    second.discard()
    #expect(bench.text("x.out/run.json") == "old")
    #expect(bench.names("") == ["x.out"])
  }

  @Test func leftoversOfDeadProcessesAreRemoved() throws {
    let bench = Workbench()
    let leftover = bench.path(".x.out.999999999-part")
    try FileManager.default.createDirectory(atPath: leftover, withIntermediateDirectories: true)
    let folder = try OutputFolder(bench.path("x.out"))
    #expect(!FileManager.default.fileExists(atPath: leftover))
    folder.discard()
  }

  @Test func killedProcessLeavesOldOrNewWhole() async throws {
    let bench = Workbench()
    let seed = try OutputFolder(bench.path("x.out"))
    for name in ["a", "b", "run.json"] { try seed.write(name, "0") }
    try seed.commit()
    // A reader that looks at any moment stands for the survivor of a kill at that moment.
    let place = bench.path("x.out")
    let reader = Task.detached {
      var torn = 0
      while !Task.isCancelled {
        let descriptor = open(place, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else {
          torn += 1
          continue
        }
        close(descriptor)
      }
      return torn
    }
    for round in 1...60 {
      let folder = try OutputFolder(bench.path("x.out"))
      for name in ["a", "b", "run.json"] { try folder.write(name, "\(round)") }
      try folder.commit()
    }
    reader.cancel()
    #expect(await reader.value == 0)
    #expect(["a", "b", "run.json"].allSatisfy { bench.text("x.out/\($0)") == "60" })
  }
}
