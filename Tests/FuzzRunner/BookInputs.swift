import Books
import Foundation
import Fuzzing
import Language
import Vocabulary

/// Damaged books and scripts: `cnp check` and `cnp run` answer with mistakes and write only below the output folder.
struct BookInputs: Trial {
  let blockSize = 1000
  let patience = 30.0
  let memoryLimit: Int? = 6 << 30
  private let mutator: Mutator
  private let folder: String

  init(root: String) throws {
    let books = contents(below: ["\(root)/Tests/BooksTests", "\(root)/notebooks"], endings: ["cnpbook"])
    guard !books.isEmpty else { throw Fault("no books below", root) }
    mutator = Mutator(
      seeds: books,
      fragments: Mutator.languageFragments + [
        "---\n", "```cnp\n", "```\n", "```out\n", "#| label: a\n", "#| error: x\n", "#| timeout: 1\n", "#| seed: 7\n",
        "#| streams: a\n", "...\n", "$", "$$", "|",
        "- ",
        "params:\n", "{type: int, default: 1}", "cnpbook: 1\n", "seed: 18446744073709551616\n", "&a ", "*a", "<<: ",
        "> ",
        "\\frac{", "^", "_", "![](", "](/etc/passwd)", "<script>", "&amp;", "…", "...\n", "\u{E000}0\u{E001}", "~~~",
        "    ",
      ])
    folder = FileManager.default.temporaryDirectory.path + "/cnp-fuzz-books-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  func input(seed: UInt64, index: Int) -> TrialInput {
    var random = SeededGenerator(seed: seed, index: index)
    return TrialInput(bytes: mutator.input(&random), ending: "cnpbook")
  }

  func examine(_ input: TrialInput) throws(Fault) {
    let place = "\(folder)/place"
    try? FileManager.default.removeItem(atPath: place)
    try? FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let path = "\(place)/book.\(input.ending)"
    guard FileManager.default.createFile(atPath: path, contents: Data(input.bytes)) else {
      throw Fault("cannot write", path)
    }
    let checked = BookRunner(path: path).check()
    guard (checked.status == .success) == checked.mistakes.isEmpty else { throw Fault("status contradicts mistakes") }
    try expectLegible(checked.mistakes)
    // Real commands may take minutes; the tests' take no time.
    let cancellation = Cancellation()
    let stop = DispatchWorkItem { cancellation.request() }
    DispatchQueue.global().asyncAfter(deadline: .now() + 3, execute: stop)
    let ran = BookRunner(path: path, registry: fakeRegistry, cancellation: cancellation).run()
    stop.cancel()
    try expectLegible(ran.mistakes)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    guard Set(names).isSubset(of: ["book.\(input.ending)", "book.out", ".cnp"]) else {
      throw Fault("writes outside of the output folder", names.joined(separator: ", "))
    }
  }

  private func expectLegible(_ mistakes: [Diagnostic]) throws(Fault) {
    for mistake in mistakes.prefix(5) {
      guard !mistake.code.isEmpty, !mistake.message.isEmpty, !render(mistake).isEmpty, mistake.code != "internal-error"
      else { throw Fault("no coded mistake", "\(mistake.code): \(mistake.message)") }
    }
    let text = json(of: mistakes)
    guard (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil else { throw Fault("mistakes are no JSON") }
  }
}
