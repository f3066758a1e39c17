/// A word that the program prints, in a few lines.
package struct Term: Sendable {
  /// As it is printed, then what else it is called.
  package let names: [String]
  package let text: String

  init(_ names: String..., text: String) { self.init(names: names, text: text) }

  init(names: [String], text: String) { (self.names, self.text) = (names, text) }

  /// One line for a list.
  var summary: String {
    let others = names.dropFirst().prefix(3).joined(separator: ", ")
    return others.isEmpty ? "what it means" : "what it means: \(others)"
  }

  /// Under its name, with the others beside it.
  var passage: String {
    let others = names.dropFirst().prefix(4).joined(separator: ", ")
    return "\(names[0])\(others.isEmpty ? "" : " (\(others))")\n\n\(text)"
  }

  /// The one of that name, however it is spelt.
  package static func of(_ word: String) -> Term? {
    bySpelling[spelling(word)]
  }

  /// Under their headings.
  package static let groups: [(title: String, terms: [Term])] = [
    ("Measures", measures), ("Statistics", statistics), ("Agreement and calibration", agreement),
    ("Clinical measures", clinical),
    ("The problem", problem), ("Systems", systems),
    ("Classical methods", classicalMethods),
    ("Training", training),
  ]

  static let all = groups.flatMap(\.terms)

  /// The first of each name: it is asked for of every command before the prompt is there.
  private static let bySpelling: [String: Term] = Dictionary(
    all.flatMap { term in term.names.map { (spelling($0), term) } }.filter { !$0.0.isEmpty }
  ) { first, _ in first }
}

/// The letters and digits of a name in small letters: `Train_GAN` and `train-gan` are one name.
func spelling(_ name: String) -> String {
  String(name.lowercased().filter { $0.isLetter || $0.isNumber })
}
