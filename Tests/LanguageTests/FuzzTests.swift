import Foundation
import Fuzzing
import Language
import Testing

/// A short run of what `make fuzz` does for long: changes of the corpus and programs by the grammar, through everything
/// that reads them.
@Suite struct FuzzTests {
  private static let mutator = Mutator(
    seeds: CorpusTests.programs.compactMap {
      (try? Data(contentsOf: CorpusTests.folder.appending(path: $0))).map(Array.init)
    }, fragments: Mutator.languageFragments)

  @Test(arguments: 1...4) func inputsOfTheLanguage(_ seed: UInt64) {
    let trial = LanguageTrial(registry: fakeRegistry, runs: true)
    for index in 0..<1500 {
      let input = LanguageInput(seed: seed, index: index, mutator: Self.mutator)
      do throws(Fault) { try trial.examine(input) } catch {
        Issue.record("\(error) in \(input.text.debugDescription), input \(index) of seed \(seed)")
      }
    }
  }
}
