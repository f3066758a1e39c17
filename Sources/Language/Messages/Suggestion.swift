/// How many insertions, deletions, replacements and swaps of neighbours lead from one word to the other.
public func editDistance(_ first: String, _ second: String) -> Int { 0 }

/// The candidate that a mistyped word most likely means, `nil` when none is near.
public func closest(to word: String, in candidates: some Sequence<String>) -> String? { nil }
