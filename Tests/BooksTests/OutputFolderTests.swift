import Base
import Books
import Foundation
import Testing

@Suite struct OutputFolderTests {
  /// Runs that write these files, one after the other.
  private func run(_ names: [String], in bench: Workbench, as folder: String = "x.out") throws {
    let output = try OutputFolder(bench.path(folder))
    for name in names { try output.write(Array(name.utf8), at: name.split(separator: "/").map(String.init)) }
    try output.commit()
  }

  /// Why nothing may be put in a folder; what is in it stays as it is.
  private func refusal(_ bench: Workbench, _ folder: String = "x.out") -> BookFileError? {
    let before = bench.tree(folder)
    let error = #expect(throws: BookFileError.self) { try OutputFolder(bench.path(folder)) }
    #expect(bench.tree(folder) == before)
    return error
  }

  @Test func newFilesReplaceOldOnesTogether() throws {
    let bench = Workbench()
    for round in ["old", "new"] {
      let folder = try OutputFolder(bench.path("x.out"))
      try folder.write("\(round).txt", round)
      if round == "new" { #expect(bench.names("x.out") == ["old.txt", "run.json"]) }
      try folder.commit()
    }
    #expect(bench.names("x.out") == ["new.txt", "run.json"])
    #expect(bench.names("") == ["x.out"])
  }

  /// Anybody can seal a list of files: one that names others than those below is none, and what is not as a run has left
  /// it is not removed.
  @Test func aListLeadsNowhereElse() throws {
    let bench = Workbench()
    try bench.put("thesis.txt", "years of work")
    for path in ["../thesis.txt", "./a", "/etc/passwd", "a//b", "..", ""] {
      try makeFolder(bench.path("x.out"))
      try bench.put("x.out/run.json", RunManifest.text([:], written: [path: String(repeating: "0", count: 64)]))
      #expect(refusal(bench)?.code == "output-folder-taken", "\(path)")
      // As what a killed run has left.
      try FileManager.default.moveItem(atPath: bench.path("x.out"), toPath: bench.path(".x.out.0000000000000.part"))
      try run(["new"], in: bench)
      try FileManager.default.removeItem(atPath: bench.path("x.out"))
    }
    #expect(bench.text("thesis.txt") == "years of work" && bench.names("") == ["thesis.txt"])
  }

  /// What can't be cleared away is in no run's way.
  @Test func leftoversThatStayRefuseNoRun() throws {
    let bench = Workbench()
    try run(["maps/a"], in: bench)
    let maps = bench.path("x.out/maps")
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: maps)
    try run(["maps/b"], in: bench)
    try run(["maps/c"], in: bench)
    #expect(bench.tree("x.out") == ["maps/c", "run.json"])
    // Root may change what nobody may.
    let kept = bench.path("x.out-2/maps")
    #expect(bench.names("").filter { $0.hasPrefix(".") } == [])
    if FileManager.default.fileExists(atPath: kept) {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: kept)
    }
  }

  @Test func folderOfSomethingElseIsLeftAlone() throws {
    let bench = Workbench()
    try FileManager.default.createDirectory(atPath: bench.path("papers"), withIntermediateDirectories: true)
    try bench.put("papers/thesis.txt", "years of work")
    #expect(refusal(bench, "papers")?.message.contains("thesis.txt") == true)
    try bench.put("file", "x")
    #expect(throws: BookFileError.self) { try OutputFolder(bench.path("file")) }
    #expect(throws: BookFileError.self) { try OutputFolder(bench.path("file/x")) }
    #expect(throws: BookFileError.self) { try OutputFolder("/") }
    #expect(bench.text("papers/thesis.txt") == "years of work")
    #expect(bench.names("") == ["file", "papers"])
  }

  /// A `run.json` alone proves nothing, whatever it says.
  @Test(arguments: [
    "{}", "", "{\"written\": {\"thesis.txt\": \"\"}}",
    "{\n  \"seal\": \"\(String(repeating: "0", count: 64))\",\n  \"written\": {}\n}\n",
  ])
  func aForgedListIsNone(_ text: String) throws {
    let bench = Workbench()
    try FileManager.default.createDirectory(atPath: bench.path("p"), withIntermediateDirectories: true)
    try bench.put("p/thesis.txt", "years of work")
    try bench.put("p/run.json", text)
    let error = refusal(bench, "p")
    #expect(error?.code == "output-folder-taken")
    #expect(error?.message.contains("run.json, thesis.txt") == true)
  }

  @Test func whatSomebodyHasAddedOrChangedIsNamed() throws {
    let bench = Workbench()
    try run(["report.md", "set/a.png", "set/b.png"], in: bench)
    try bench.put("x.out/set/c.png", "mine")
    #expect(refusal(bench)?.message.hasSuffix("what no run has written: set/c.png") == true)
    try FileManager.default.removeItem(atPath: bench.path("x.out/set/c.png"))
    try bench.put("x.out/report.md", "report.md, with my notes")
    #expect(refusal(bench)?.message.hasSuffix("what no run has written: report.md (changed since)") == true)
    try bench.put("x.out/report.md", "report.md")
    try FileManager.default.createDirectory(atPath: bench.path("x.out/notes"), withIntermediateDirectories: true)
    #expect(refusal(bench)?.message.hasSuffix("what no run has written: notes/") == true)
    try FileManager.default.removeItem(atPath: bench.path("x.out/notes"))
    try FileManager.default.createSymbolicLink(atPath: bench.path("x.out/link"), withDestinationPath: "/etc")
    #expect(refusal(bench)?.message.hasSuffix("what no run has written: link") == true)
    try FileManager.default.removeItem(atPath: bench.path("x.out/link"))
    let list = bench.text("x.out/run.json")
    try bench.put("x.out/run.json", list.replacing("set/a.png", with: "set/z.png"))
    #expect(refusal(bench)?.message.contains("its run.json is none") == true)
    try bench.put("x.out/run.json", list)
    for name in ["1", "2", "3", "4", "5"] { try bench.put("x.out/\(name)", name) }
    #expect(refusal(bench)?.message.hasSuffix("what no run has written: 1, 2, 3 and more") == true)
  }

  @Test func anEmptyFolderAndOneThatLacksFilesAreFine() throws {
    let bench = Workbench()
    try FileManager.default.createDirectory(atPath: bench.path("x.out"), withIntermediateDirectories: true)
    try run(["a", "set/b"], in: bench)
    try FileManager.default.removeItem(atPath: bench.path("x.out/set"))
    try run(["c"], in: bench)
    #expect(bench.tree("x.out") == ["c", "run.json"])
    #expect(bench.names("") == ["x.out"])
  }

  /// What comes into the folder while a run works is found at its end; the run's own files are not lost.
  @Test func whatComesInMeanwhileIsKept() throws {
    let bench = Workbench()
    try run(["a"], in: bench)
    let output = try OutputFolder(bench.path("x.out"))
    try output.write("b", "new")
    try bench.put("x.out/thesis.txt", "years of work")
    let error = #expect(throws: BookFileError.self) { try output.commit() }
    #expect(error?.message.hasSuffix("what no run has written: thesis.txt") == true)
    #expect(bench.tree("x.out") == ["a", "run.json", "thesis.txt"])
    #expect(output.rescue() == bench.path("x.out-2"))
    #expect(bench.tree("x.out-2") == ["b", "run.json"])
    #expect(bench.names("") == ["x.out", "x.out-2"])
    // The rescued folder is a run's like any other.
    try run(["c"], in: bench, as: "x.out-2")
    #expect(bench.tree("x.out-2") == ["c", "run.json"])
  }

  /// The folder itself may be no link: whoever made the book could have made it. One above it is the user's.
  @Test func aLinkIsNoOutputFolder() throws {
    let bench = Workbench()
    try run(["a"], in: bench, as: "real")
    for (name, end) in [("x.out", bench.path("real")), ("y.out", bench.path("nowhere"))] {
      try FileManager.default.createSymbolicLink(atPath: bench.path(name), withDestinationPath: end)
      let error = #expect(throws: BookFileError.self) { try OutputFolder(bench.path(name)) }
      #expect(error?.code == "output-folder-taken")
    }
    try FileManager.default.createSymbolicLink(atPath: bench.path("way"), withDestinationPath: bench.folder)
    try run(["b"], in: bench, as: "way/real")
    #expect(bench.tree("real") == ["b", "run.json"])
  }

  @Test func discardedFolderLeavesTheOldOne() throws {
    let bench = Workbench()
    try run(["old"], in: bench)
    let second = try OutputFolder(bench.path("x.out"))
    try second.write("half", "half")
    try TrustedFolder(parentFolder(of: second.staging)).removeTree(fileName(of: second.staging))
    #expect(bench.tree("x.out") == ["old", "run.json"])
    #expect(bench.names("") == ["x.out"])
  }

  /// Two runs of one book at once, as from two containers: neither takes the other's files for leftovers.
  @Test func livingRunsLeaveEachOtherAlone() throws {
    let bench = Workbench()
    let first = try OutputFolder(bench.path("x.out"))
    try first.write("a", "first")
    let second = try OutputFolder(bench.path("x.out"))
    try second.write("b", "second")
    #expect(FileManager.default.fileExists(atPath: first.staging + "/a"))
    try first.commit()
    try second.commit()
    #expect(bench.tree("x.out") == ["b", "run.json"])
    #expect(bench.names("") == ["x.out"])
  }

  @Test func leftoversOfDeadProcessesAreRemoved() throws {
    let bench = Workbench()
    var dead: OutputFolder? = try OutputFolder(bench.path("x.out"))
    try dead?.write("a", "half")
    let staging = try #require(dead?.staging)
    // With its descriptors its lock is gone, as when a program is killed.
    dead = nil
    #expect(FileManager.default.fileExists(atPath: staging))
    try FileManager.default.createDirectory(atPath: bench.path(".x.out.mine.part"), withIntermediateDirectories: true)
    try run(["b"], in: bench)
    #expect(bench.names("") == [".x.out.mine.part", "x.out"])
  }

  /// A run that was killed between taking the old folder away and putting the new one there, where that takes two steps.
  @Test func aFolderThatWasTakenAwayComesBack() throws {
    let bench = Workbench()
    try run(["a"], in: bench)
    try FileManager.default.moveItem(atPath: bench.path("x.out"), toPath: bench.path(".x.out.0123456789abc.part"))
    let next = try OutputFolder(bench.path("x.out"))
    #expect(bench.tree("x.out") == ["a", "run.json"])
    try TrustedFolder(parentFolder(of: next.staging)).removeTree(fileName(of: next.staging))
    // Where a newer one is in its place, only what the old run has written is removed.
    try FileManager.default.copyItem(atPath: bench.path("x.out"), toPath: bench.path(".x.out.0123456789abc.part"))
    try bench.put(".x.out.0123456789abc.part/mine", "years of work")
    try run(["b"], in: bench)
    #expect(bench.tree(".x.out.0123456789abc.part") == ["mine"])
  }

  @Test func killedProcessLeavesOldOrNewWhole() async throws {
    let bench = Workbench()
    let seed = try OutputFolder(bench.path("x.out"))
    for name in ["a", "b"] { try seed.write(name, "0") }
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
      for name in ["a", "b"] { try folder.write(name, "\(round)") }
      try folder.commit()
    }
    reader.cancel()
    #expect(await reader.value == 0)
    #expect(["a", "b"].allSatisfy { bench.text("x.out/\($0)") == "60" })
  }
}
