import Foundation
import Fuzzing
import Language
import Vocabulary

/// Programs, right and wrong: the tests' commands are run, the real ones only checked.
struct LanguageInputs: Trial {
  let blockSize = 20_000
  let patience = 10.0
  private let mutator: Mutator
  private let run = LanguageTrial(registry: fakeRegistry, runs: true)
  private let checked: LanguageTrial

  init(root: String) throws {
    let registry = standardRegistry()
    let programs = contents(below: ["\(root)/Tests/LanguageTests/Corpus", "\(root)/examples"], endings: ["cnp"])
    let examples = registry.commands.values.sorted { $0.name < $1.name }.flatMap(\.help.examples)
    guard !programs.isEmpty else { throw Fault("no corpus below", root) }
    mutator = Mutator(
      seeds: programs + examples.map { Array($0.utf8) },
      fragments: Mutator.languageFragments + registry.commands.keys.sorted().map { "\($0) " })
    checked = LanguageTrial(registry: registry, runs: false)
  }

  func input(seed: UInt64, index: Int) -> TrialInput {
    TrialInput(bytes: Array(LanguageInput(seed: seed, index: index, mutator: mutator).text.utf8), ending: "cnp")
  }

  func examine(seed: UInt64, index: Int) throws(Fault) {
    let input = LanguageInput(seed: seed, index: index, mutator: mutator)
    try timed(input.text) { () throws(Fault) in try (index % 4 == 0 ? checked : run).examine(input) }
  }

  func examine(_ input: TrialInput) throws(Fault) {
    let text = String(decoding: input.bytes, as: UTF8.self)
    try timed(text) { () throws(Fault) in
      try run.examine(text)
      try checked.examine(text)
    }
  }

  /// Time beyond all proportion is a fault too: a reader whose time grows with the square of the length is slow before it
  /// hangs.
  private func timed(_ text: String, _ body: () throws(Fault) -> Void) throws(Fault) {
    let start = secondsOfThread()
    try body()
    let seconds = secondsOfThread() - start
    let allowed = 1 + 2e-5 * Double(text.utf8.count)
    if seconds > allowed { throw Fault("slow", "\(seconds) s for \(text.utf8.count) bytes") }
  }
}

/// Processor time of this thread, which other work on the machine does not add to.
func secondsOfThread() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
