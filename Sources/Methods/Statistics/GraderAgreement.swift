import Angiography
import Imaging

/// How far several gradings of the same angiograms agree: overlap, κ, areas, and a consensus of them. Pixels count that lie in
/// the field of view and that everyone has graded.
package struct GraderAgreement: Sendable, Codable {
  /// One grader, or a method.
  package struct Grading: Sendable {
    package let name: String
    /// The angiograms, in one order for all graders.
    package let samples: [Sample]
    /// What is marked in each.
    package let masks: [Mask]

    package init(name: String, samples: [Sample], masks: [Mask]) {
      precondition(samples.count == masks.count, "one mask an angiogram")
      (self.name, self.samples, self.masks) = (name, samples, masks)
    }
  }

  package struct Image: Sendable, Hashable, Codable {
    package let name: String
    /// The mean over all pairs of graders.
    package let dice: Double
    /// The mean over the pairs that have one (Light 1971); `nil` where none has.
    package let kappa: Double?
    /// What each grader marked, in the unit of all.
    package let areas: [Double]
  }

  package enum Unit: String, Sendable, Hashable, Codable {
    case squareMillimetres = "mm²"
    /// Of the pixels that count.
    case percent = "% of the field"
  }

  package let graders: [String]
  package let images: [Image]
  /// Square millimetres where every image has a scale.
  package let unit: Unit
  /// Over all images' pixels together, the mean over the pairs that have one.
  package let pooledKappa: Double?
  package let cases: [String?]
  package let staple: STAPLE
  package let consensus: Predictions

  /// - Parameter gradings: two at least, of the same angiograms, one at least.
  /// - Returns: `nil` where an image has no pixel that everyone has graded.
  package init?(_ gradings: [Grading]) {
    precondition(
      gradings.count > 1 && !gradings[0].samples.isEmpty, "agreement is of two graders and an image at least")
    let first = gradings[0].samples
    let scales = first.indices.map { place in
      gradings.lazy.compactMap { $0.samples[place].scale?.millimetresPerPixel }.first
    }
    let unit: Unit = scales.allSatisfy { $0 != nil } ? .squareMillimetres : .percent
    var votes = Votes(raters: gradings.count)
    var pooled = Self.pairs(of: gradings.count).map { _ in Confusion() }
    var images: [Image] = []
    let graded = first.indices.map { Self.graded(gradings, $0) }
    for (place, region) in graded.enumerated() {
      let count = region.area
      guard count > 0 else { return nil }
      let masks = gradings.map { $0.masks[place] }
      votes.add(masks, within: region)
      let found = Self.pairs(of: masks.count).map {
        Confusion(prediction: masks[$0.first], truth: masks[$0.second], within: region)
      }
      pooled = zip(pooled, found).map { $0 + $1 }
      let perPixel = unit == .percent ? 100 / Double(count) : scales[place].map { $0 * $0 } ?? 0
      images.append(
        Image(
          name: first[place].name, dice: found.reduce(0) { $0 + $1.dice } / Double(found.count),
          kappa: Self.mean(found.compactMap { CohenKappa($0)?.value }),
          areas: masks.map { perPixel * Double($0.area(within: region)) }))
    }
    guard let staple = STAPLE(votes) else { return nil }
    (graders, self.images, self.unit, self.staple) = (gradings.map(\.name), images, unit, staple)
    pooledKappa = Self.mean(pooled.compactMap { CohenKappa($0)?.value })
    cases = first.map(\.facts.caseName)
    consensus = Predictions(
      method: "STAPLE of \(gradings.count)", samples: first,
      maps: graded.enumerated().map { place, region in
        staple.consensus(of: gradings.map { $0.masks[place] }, within: region)
      })
  }
}

extension GraderAgreement {
  /// Of the areas; `nil` with fewer than two images, or where all areas are equal.
  package var correlation: IntraclassCorrelation? {
    images.count < 2 ? nil : IntraclassCorrelation(images.map(\.areas))
  }

  /// The first grader's areas less the second's, for every pair; `nil` with fewer than two images.
  package var limits: [(first: String, second: String, areas: BlandAltman)]? {
    let found = Self.pairs(of: graders.count).compactMap { pair in
      BlandAltman(images.map { $0.areas[pair.first] }, images.map { $0.areas[pair.second] })
        .map { (graders[pair.first], graders[pair.second], $0) }
    }
    return found.isEmpty ? nil : found
  }

  /// The mean DSC of the images lies in it with probability 0.95, as far as these tell; `nil` with fewer than two patients.
  package var diceInterval: ClosedRange<Double>? {
    Bootstrap.interval(ofMean: images.map(\.dice), cases: cases)
  }
}

extension CohenKappa {
  /// Of a prediction and a truth.
  init?(_ counts: Confusion) {
    self.init(
      both: counts.truePositives, firstAlone: counts.falsePositives, secondAlone: counts.falseNegatives,
      neither: counts.trueNegatives)
  }
}

extension GraderAgreement {
  /// Every pair of so many, the first before the second.
  static func pairs(of count: Int) -> [(first: Int, second: Int)] {
    (0..<count).flatMap { first in (first + 1..<max(count, first + 1)).map { (first, $0) } }
  }

  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// What everyone has graded of one image.
  static func graded(_ gradings: [Grading], _ place: Int) -> Mask {
    gradings.compactMap { $0.samples[place].judged() }
      .reduce(gradings[0].samples[place].fieldOfView) { $0.intersection($1) }
  }
}

extension GraderAgreement {
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    graders = try fields.decode([String].self, forKey: .graders)
    images = try fields.decode([Image].self, forKey: .images)
    unit = try fields.decode(Unit.self, forKey: .unit)
    pooledKappa = try fields.decodeIfPresent(Double.self, forKey: .pooledKappa)
    cases = try fields.decode([String?].self, forKey: .cases)
    staple = try fields.decode(STAPLE.self, forKey: .staple)
    consensus = try fields.decode(Predictions.self, forKey: .consensus)
    let fits = images.allSatisfy { $0.areas.count == graders.count && $0.areas.allSatisfy(\.isFinite) }
    guard graders.count > 1, staple.raters.count == graders.count, !images.isEmpty, cases.count == images.count, fits
    else {
      throw DecodingError.dataCorruptedError(forKey: .images, in: fields, debugDescription: "not an area a grader")
    }
  }
}
