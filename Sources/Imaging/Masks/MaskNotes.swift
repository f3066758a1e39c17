import Base

/// What a careful reader should know of the masks of a dataset: how values were read that are not plain black and white.
package struct MaskNotes {
  package typealias Named = (name: String, reading: MaskReading)

  /// With the names of their images.
  let readings: [Named]
  let label: Int?
  let ignore: Int?

  package init(readings: [Named], label: Int?, ignore: Int?) {
    self.readings = readings
    self.label = label
    self.ignore = ignore
  }

  package var notes: [String] {
    (label == nil ? classNotes + pairNotes + softNotes + fullNotes : []) + ungradedNotes + emptyNotes
  }

  /// Of files that are hardly masks.
  package var warnings: [String] {
    guard label == nil else { return [] }
    return line(about: \.rule.isOfPicture) { group in
      let shares = group.compactMap { picture -> Int? in
        if case .half(_, _, let between, _) = picture.reading.rule { Int((100 * between).rounded()) } else { nil }
      }
      let (least, most) = (shares.min() ?? 0, shares.max() ?? 0)
      return "\(least)\(least == most ? "" : " to \(most)") % of the pixels are neither dark nor bright, as in a "
        + "photograph and in no mask; \(Self.half)"
    }
  }

  private static let half = "what is brighter than half-way between the darkest and the brightest is marked"

  /// A line about the masks for which something holds, where there are any.
  private func line(about belongs: (MaskReading) -> Bool, _ finding: ([Named]) -> String) -> [String] {
    let group = readings.filter { belongs($0.reading) }
    if group.isEmpty { return [] }
    let all = group.count == readings.count && group.count > 1
    let some = "\(group.count == 1 ? "the mask" : "the masks") of \(clippedList(group.map(\.name)))"
    return ["\(all ? "all masks" : some): \(finding(group))"]
  }

  /// What the rules of a group name, each once, in the order of their numbers.
  private func values(_ group: [Named], _ named: (MaskRule) -> [String]) -> String {
    clippedList(Set(group.flatMap { named($0.reading.rule) }).sorted(by: isNaturallyBefore), showing: 8)
  }

  private var classNotes: [String] {
    line(about: { if case .classes = $0.rule { true } else { false } }) { group in
      let marked = values(group) { if case .classes(let marked, _) = $0 { marked } else { [] } }
      let unmarked = values(group) {
        if case .classes(_, let background?) = $0, background != "0", !background.hasSuffix("(#000000)") {
          [background]
        } else {
          []
        }
      }
      return "classes \(marked), all taken as non-perfusion" + (unmarked.isEmpty ? "" : ", \(unmarked) as background")
        + "; `label:` picks one"
    }
  }

  private var pairNotes: [String] {
    line(about: { if case .brighterOfTwo(_, _, isPlain: false) = $0.rule { true } else { false } }) { group in
      let unmarked = values(group) { if case .brighterOfTwo(let unmarked, _, _) = $0 { [unmarked] } else { [] } }
      let marked = values(group) { if case .brighterOfTwo(_, let marked, _) = $0 { [marked] } else { [] } }
      return "two values; \(marked) is marked, \(unmarked) is not"
    }
  }

  private var softNotes: [String] {
    let soft = line(about: { if case .half = $0.rule { !$0.rule.isOfPicture } else { false } }) { group in
      "more than two values, \(range(group)), as of soft edges: \(Self.half)"
    }
    let faint = line(about: { if case .tooFaint = $0.rule { true } else { false } }) { group in
      "JPEG values of \(range(group)), too faint to tell marks from the traces of compression: nothing is marked; save "
        + "masks as PNG"
    }
    return soft + faint
  }

  /// `0 to 255`.
  private func range(_ group: [Named]) -> String {
    let ends = group.compactMap { item -> (String, String)? in
      switch item.reading.rule {
      case .half(let lowest, let highest, _, _), .tooFaint(let lowest, let highest): (lowest, highest)
      default: nil
      }
    }
    let (lowest, highest) = (ends.map(\.0).min(by: isNaturallyBefore), ends.map(\.1).max(by: isNaturallyBefore))
    return "\(lowest ?? "") to \(highest ?? "")"
  }

  private var fullNotes: [String] {
    line(about: { if case .everything = $0.rule { true } else { false } }) { group in
      let value = values(group) { if case .everything(let value) = $0 { [value] } else { [] } }
      return "one value, \(value), fills the picture: all of it is marked"
    }
  }

  private var ungradedNotes: [String] {
    if let ignore {
      let isFound = readings.isEmpty || readings.contains { $0.reading.ungraded != nil }
      return isFound ? [] : ["no mask holds the value \(ignore) that `ignore:` names"]
    }
    return line(about: { $0.ungraded != nil }) { group in
      "\(group.first?.reading.ungraded?.value ?? 0) beside classes is taken as not graded: neither marked nor counted; "
        + "`ignore:` and `label:` say otherwise"
    }
  }

  private var emptyNotes: [String] {
    func marksNothing(_ reading: MaskReading) -> Bool {
      if case .tooFaint = reading.rule { false } else { reading.mask.area == 0 }
    }
    return line(about: marksNothing) { group in
      if let label { return "nothing is marked: no pixel has the label \(label)" }
      let value = values(group) { if case .nothing(let value?) = $0 { [value] } else { [] } }
      return value.isEmpty ? "nothing is marked" : "nothing is marked: every pixel is \(value)"
    }
  }
}
