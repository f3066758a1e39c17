import Language

/// The inputs of a session that a book is made of: those that were asked for, as far as they worked, without mere looks at
/// values.
struct ChosenInputs {
  let entries: [Transcript.Entry]
  /// The numbers of the looks that are left out.
  let looks: [Int]

  /// - Parameter choice: all inputs where it is `nil`; in a range mere looks are left out, a number alone names what is
  ///   wanted, a look or not.
  /// - Throws: `input-choice` and `no-input` as `InputChoice.check`; `no-input` for a number alone whose input did not work;
  ///   `nothing-to-save`; `NeededInputs` where names come from inputs that are left out.
  init(of transcript: Transcript, _ choice: InputChoice?) throws {
    let all: [Transcript.Entry] = transcript.entries.filter(\.isSavable)
    try choice?.check(last: transcript.lastNumber)
    for part in choice?.parts ?? [] where part.isNumber && !all.contains(where: { $0.number == part.first }) {
      throw Failure("no-input", "input \(part.first) did not work, or was taken back: it cannot be saved")
    }
    func isWanted(_ entry: Transcript.Entry) -> Bool { choice?.contains(entry.number) ?? true }
    func isNamed(_ entry: Transcript.Entry) -> Bool { choice?.names(entry.number) ?? false }
    (entries, looks) = Self.withoutLooks(all.filter(isWanted), keeping: isNamed)
    guard !entries.isEmpty else {
      throw Failure(
        "nothing-to-save", all.isEmpty ? "no input has worked yet" : "none of these inputs did more than look",
        hint: all.isEmpty ? nil : "a look that is to be saved is named by its number alone")
    }
    if choice != nil, let needed = NeededInputs(by: entries, from: all) { throw needed }
  }

  /// A look whose value another input goes on from is needed.
  private static func withoutLooks(
    _ entries: [Transcript.Entry], keeping isNamed: (Transcript.Entry) -> Bool
  ) -> (kept: [Transcript.Entry], looks: [Int]) {
    var sources: Set<Int> = []
    var kept: [Transcript.Entry] = []
    var looks: [Int] = []
    for entry in entries.reversed() {
      if entry.isLook, !isNamed(entry), !sources.contains(entry.number) {
        // Nobody misses a page of help.
        if !entry.isHelp { looks.append(entry.number) }
        continue
      }
      kept.append(entry)
      if let source = entry.valueSource { sources.insert(source) }
    }
    return (kept.reversed(), looks.reversed())
  }
}

/// Inputs that others need, and that were not chosen with them.
struct NeededInputs: Error {
  /// What an input needs of another: a name, or `nil` for its value.
  struct Need: Hashable {
    let reader: String
    let name: String?
    let number: Int
  }

  let needs: [Need]
  /// What would be whole: the inputs that were chosen, those that they need, and what these need in turn.
  let whole: InputChoice

  /// - Returns: `nil` where nothing is missing.
  init?(by chosen: [Transcript.Entry], from all: [Transcript.Entry]) {
    var kept = Set(chosen.map(\.number))
    let needs = Self.needs(of: kept, from: all)
    guard !needs.isEmpty else { return nil }
    self.needs = needs
    var more = needs
    while !more.isEmpty {
      kept.formUnion(more.map(\.number))
      more = Self.needs(of: kept, from: all)
    }
    let looks = Set(all.filter(\.isLook).map(\.number))
    let savable = Set(all.map(\.number))
    let sources = Set(all.filter { kept.contains($0.number) }.compactMap(\.valueSource))
    whole = InputChoice(
      kept.sorted(), alone: kept.intersection(looks).subtracting(sources),
      closed: savable.subtracting(looks.subtracting(sources)))
  }

  /// What inputs need of others: the input that last bound a name, or left the value, before them.
  private static func needs(of kept: Set<Int>, from all: [Transcript.Entry]) -> [Need] {
    var binders: [String: Int] = [:]
    var needs: [Need] = []
    for entry in all {
      if kept.contains(entry.number) {
        for name in entry.readNames {
          guard let number = binders[name], !kept.contains(number) else { continue }
          needs.append(Need(reader: entry.cell, name: name, number: number))
        }
        if let source = entry.valueSource, !kept.contains(source) {
          needs.append(Need(reader: entry.cell, name: nil, number: source))
        }
      }
      for name in entry.boundNames { binders[name] = entry.number }
    }
    return needs
  }

  /// The needs in words.
  var message: String {
    let shown = needs.prefix(5).map { need in
      "\(need.reader) needs \(need.name.map { "`\($0)`" } ?? "the value") of input \(need.number)"
    }
    return shown.joined(separator: ", ") + (needs.count > 5 ? ", and \(needs.count - 5) more" : "")
  }
}
