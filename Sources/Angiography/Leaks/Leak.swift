import Kernels

/// What an image has in common with one that it must have nothing in common with.
public enum Leak: Sendable, Hashable, CaseIterable {
  /// Equal pixel by pixel.
  case sameImage
  /// The same frame, compressed, resized, brightened, flipped, turned by right angles or made a negative.
  case copy
  /// Another image of the same patient.
  case samePatient
  /// So much alike that it may be another frame of the same eye.
  case alike

  /// Fingerprints of the same frame differ in fewer of their cells. Measured on 67 angiograms and 160 phantoms: copies as
  /// JPEG of quality 10, at a quarter of the size, at 0.6 and 1.4 times the brightness differ in 0.13 at most; the nearest
  /// frames of one eye in 0.23, different eyes in 0.34 at least.
  static let mostOfCopies = 0.18
  static let mostOfOneEye = 0.3

  fileprivate var words: String {
    switch self {
    case .sameImage: "the same image is on both sides"
    case .copy: "copies of the same image are on both sides"
    case .samePatient: "the same patient is on both sides"
    case .alike: "images so alike that they may be of one eye are on both sides"
    }
  }
}

/// Two images that have something in common, by their places in two datasets.
struct LeakingPair: Hashable {
  let leak: Leak
  let first, second: Int
}

/// What two sets of samples have in common: one finding a pair, the plainest.
///
/// Takes a millisecond a sample of 512² pixels for its fingerprint, and a tenth of a microsecond a pair.
func leakingPairs(
  _ first: [(sample: Sample, print: Fingerprint)], _ second: [(sample: Sample, print: Fingerprint)]
) -> [LeakingPair] {
  first.indices.flatMap { i in
    second.indices.compactMap { j in
      leak(between: first[i], and: second[j]).map { LeakingPair(leak: $0, first: i, second: j) }
    }
  }
}

private func leak(
  between one: (sample: Sample, print: Fingerprint), and other: (sample: Sample, print: Fingerprint)
) -> Leak? {
  if one.print.content == other.print.content && one.sample.image == other.sample.image { return .sameImage }
  let distance = one.print.distance(to: other.print) ?? 1
  if distance <= Leak.mostOfCopies { return .copy }
  // A case that is but the image's own name says nothing of patients.
  if let patient = one.sample.facts.caseName, patient == other.sample.facts.caseName,
    patient != one.sample.name || patient != other.sample.name
  {
    return .samePatient
  }
  return distance <= Leak.mostOfOneEye ? .alike : nil
}

extension Dataset {
  /// Each sample with its fingerprint, by which leaks are found.
  func fingerprinted() -> [(sample: Sample, print: Fingerprint)] {
    Array(zip(samples, computed(samples.count) { Fingerprint(samples[$0]) }))
  }
}

extension Dataset {
  /// The images that have nothing in common with another dataset's: not the same, no copies, none of their patients or so much
  /// alike that they may be of one eye, and none of the same name.
  public func without(whatIsOf other: Dataset) -> Dataset {
    let names = Set(other.samples.map(\.name))
    let leaking = Set(leakingPairs(fingerprinted(), other.fingerprinted()).map(\.first))
    let kept = samples.indices.filter { !leaking.contains($0) && !names.contains(samples[$0].name) }
    return with(kept.map { samples[$0] })
  }
}

/// Images of one dataset that are in another, whole, as copies or as other images of their patients, put into words: a
/// method that has learnt on one is not tested by the other.
public func leaks(between first: Dataset, and second: Dataset) -> [String] {
  leaks(first.name, first.fingerprinted(), second.name, second.fingerprinted())
}

func leaks(
  _ first: String, _ known: [(sample: Sample, print: Fingerprint)], _ second: String,
  _ others: [(sample: Sample, print: Fingerprint)]
) -> [String] {
  let pairs = leakingPairs(known, others)
  return Leak.allCases.flatMap { leak -> [String] in
    let found = pairs.filter { $0.leak == leak }
    let shown = found.count > mostLines ? found.prefix(mostLines - 1) : found[...]
    let lines = shown.map { pair in
      "\(leak.words): \(known[pair.first].sample.name) (\(first)) and \(others[pair.second].sample.name) (\(second))"
    }
    return lines + (found.count > shown.count ? ["\(leak.words): \(found.count - shown.count) more pairs"] : [])
  }
}

/// Of one kind of leak.
private let mostLines = 5
