import Language

/// Gives every cell a label of its own.
///
/// A cell without one takes the first name it binds, else the digest of its syntax tree; repeats get `-2`, `-3`. The
/// written labels come first, so that no label that is written ever moves.
struct CellLabels {
  private var taken: Set<String> = []
  /// The count to try next after a stem that came before.
  private var counts: [String: Int] = [:]

  /// Takes a written label; `false` when another cell has it.
  mutating func take(_ label: String) -> Bool { taken.insert(label).inserted }

  mutating func label(for program: Program) -> String {
    let name = program.boundNames.first { CellOptions.isLabel($0) }
    return unique(name ?? "cell-" + program.digest.prefix(12))
  }

  /// The stem where it is free, else with the next number that is.
  mutating func unique(_ stem: String) -> String {
    if take(stem) { return stem }
    var count = counts[stem] ?? 2
    while !take("\(stem)-\(count)") { count += 1 }
    counts[stem] = count + 1
    return "\(stem)-\(count)"
  }

  /// The fragment of a heading: its letters and digits with hyphens between them.
  mutating func anchor(for heading: String) -> String {
    let words = heading.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return unique("s-" + (words.isEmpty ? "section" : words.prefix(8).joined(separator: "-")))
  }
}
