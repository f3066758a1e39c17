import Base

/// Warns of masks that mark most of what lies outside the field of view, where nobody grades: black and white may be
/// exchanged.
func invertedMasks(in samples: [Sample]) -> [String] {
  let found = samples.compactMap { sample -> (name: String, share: Double)? in
    guard let mask = sample.mask else { return nil }
    let all = mask.pixels.count
    let outside = all - sample.fieldOfView.area
    guard Double(outside) > 0.02 * Double(all) else { return nil }
    let marked = mask.area - mask.area(within: sample.fieldOfView)
    let share = Double(marked) / Double(outside)
    return share > 0.8 ? (sample.name, share) : nil
  }
  let shares = found.map { Int((100 * $0.share).rounded()) }
  guard let least = shares.min(), let most = shares.max() else { return [] }
  let percent = least == most ? "\(least)" : "\(least) to \(most)"
  let masks = "\(found.count == 1 ? "the mask" : "the masks") of \(clippedList(found.map(\.name)))"
  return [
    "\(masks): \(percent) % of what lies outside the field of view is marked; \(found.count == 1 ? "it" : "they") may be "
      + "inverted, with white for what is perfused"
  ]
}
