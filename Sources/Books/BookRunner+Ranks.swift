import Base
import Language

extension BookRunner {
  /// What keeps several ranks from running the book together, which has these mistakes on this one.
  func agreed(
    _ mistakes: [Diagnostic], by ranks: Ranks, _ book: Book?, _ values: ParameterValues?, _ digests: FileDigests
  ) -> [Diagnostic] {
    let texts = [book?.text.source.text ?? ""] + (values?.texts.flatMap { [$0.name, $0.text] } ?? [])
    let own = CheckedRank(
      program: digests.program, book: sha256(of: Array(texts.joined(separator: "\0").utf8)),
      mistakes: mistakes.map { SharedFailure($0, in: []) })
    guard let all = try? ranks.gathered(own) else { return mistakes }
    guard all[0].mistakes.isEmpty else { return ranks.isFirst ? mistakes : all[0].mistakes.map { mistake($0.error) } }
    return CheckedRank.obstacle(among: all).map { [mistake($0)] } ?? mistakes
  }

  /// How a run has ended on all ranks: the first writes what is to be written.
  func outcome(of ranks: Ranks, _ replay: Replay, _ write: () -> RunOutcome) -> RunOutcome {
    guard !ranks.isAlone else { return write() }
    var own: RunOutcome?
    let status = try? ranks.ofFirst { () -> Int32 in
      let outcome = write()
      own = outcome
      return outcome.status.rawValue
    }
    return own
      ?? RunOutcome(
        status: status.flatMap(ExitStatus.init) ?? .failed, mistakes: [], replay: replay, outputFolder: nil)
  }
}
