/// How many insertions, deletions, replacements and swaps of neighbours lead from one word to the other.
public func editDistance(_ first: String, _ second: String) -> Int {
  editDistance(Array(first.unicodeScalars), Array(second.unicodeScalars))
}

private func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
  var beforeLast = [Int](repeating: 0, count: second.count + 1)
  var last = Array(0...second.count)
  for i in first.indices {
    var row = [i + 1]
    row.reserveCapacity(second.count + 1)
    for j in second.indices {
      var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (first[i] == second[j] ? 0 : 1))
      if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] { best = min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[second.count]
}

/// The candidate that a mistyped word most likely means, `nil` when none is near.
///
/// Near is a third of the word's length, at least 1 edit, none in words of less than 3 letters; of equally near ones the first in the alphabet wins. Case
/// and the choice between `-` and `_` cost nothing.
public func closest(to word: String, in candidates: some Sequence<String>) -> String? {
  // Beyond this length a word is no typing mistake, and the distance would be slow.
  guard !word.isEmpty, word.utf8.count <= 64 else { return nil }
  let letters = normalised(word)
  let floor = letters.count < 3 ? 0 : max(1, letters.count / 3)
  var best: (distance: Int, word: String)?
  for candidate in candidates where candidate != word {
    guard candidate.utf8.count <= 64 else { continue }
    let others = normalised(candidate)
    // Words are no nearer to each other than their lengths.
    guard abs(others.count - letters.count) <= floor else { continue }
    let distance = editDistance(letters, others)
    guard distance <= floor else { continue }
    if let known = best, (known.distance, known.word) < (distance, candidate) { continue }
    best = (distance, candidate)
  }
  return best?.word
}

private func normalised(_ word: String) -> [Unicode.Scalar] {
  word.lowercased().unicodeScalars.map { $0 == "_" ? "-" : $0 }
}
