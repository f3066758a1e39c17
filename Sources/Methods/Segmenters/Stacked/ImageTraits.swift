import Angiography
import Imaging
import Kernels

/// What an angiogram is like as a whole, in a few numbers: enough to tell that another is of another kind.
package struct ImageTraits: Sendable, Hashable {
  /// In words that complete "its …".
  package static let names = [
    "share of the frame that is field of view", "median grey", "contrast", "fine vessels", "texture",
    "distance to vessels", "ponds between vessels", "wide contrast",
  ]

  /// In the order of the names.
  package let values: [Double]

  package init(of sample: Sample) {
    let field = sample.fieldOfView
    let greys = sample.image.percentiles([2, 50, 98], within: field) ?? [0, 0, 0]
    let median = max(Double(greys[1]), 0.01)
    let count = Double(max(1, field.area))
    let means = Feature.planes(Self.features, of: sample.image, within: field).map { plane in
      plane.pixels.reduce(0) { $0 + Double($1) } / count
    }
    values = [Double(field.area) / Double(field.pixels.count), median, Double(greys[2] - greys[0]) / median] + means
  }

  /// Whose means over the field are the rest of the traits; outside they are 0.
  private static let features: [Feature] = [
    .ridges(scale: 6), .texture(scale: 4), .vesselDistance(scale: 128), .pond(scale: 20), .deviation(scale: 16),
  ]
}

/// What angiograms that something was learnt from are like.
package struct UsualTraits: Sendable, Hashable {
  /// In the order of `ImageTraits.names`.
  package let ranges: [ClosedRange<Double>]

  package init(ranges: [ClosedRange<Double>]) {
    precondition(ranges.count == ImageTraits.names.count, "a range a trait")
    self.ranges = ranges
  }

  /// From the least to the largest of some images, and to both sides half as far again, or a fifth of their middle: those of one
  /// camera are much alike.
  init(of images: [ImageTraits]) {
    ranges = ImageTraits.names.indices.map { trait in
      let values = images.map { $0.values[trait] }
      let (least, most) = (values.min() ?? 0, values.max() ?? 0)
      let margin = max(0.5 * (most - least), 0.1 * abs(most + least)) + 1e-6
      return (least - margin)...(most + margin)
    }
  }

  /// What angiograms are like that a network learns from, those with masks; `nil` where they are too few to tell what is usual.
  ///
  /// - Parameter known: traits that have been looked at before.
  package init?(ofThoseLearntFrom samples: [Sample], known: KnownTraits = KnownTraits()) {
    let marked = samples.filter { $0.mask != nil }
    guard marked.count >= Self.fewest else { return nil }
    self.init(of: known.traits(of: marked))
  }

  /// From so many images on, what lies far beyond all of them is of another kind.
  private static let fewest = 8

  /// In words, in what an image is unlike those; empty where it is like them in all but one trait.
  package func doubts(about image: ImageTraits) -> [String] {
    var doubts = ImageTraits.names.indices.compactMap { trait -> String? in
      let (value, range) = (image.values[trait], ranges[trait])
      // What lies hardly beyond the range is no stranger.
      let slack = 0.1 * (range.upperBound - range.lowerBound)
      if value >= range.lowerBound - slack && value <= range.upperBound + slack { return nil }
      return "its \(ImageTraits.names[trait]): \(rounded(value)), where those have \(rounded(range.lowerBound)) to "
        + "\(rounded(range.upperBound))"
    }
    // Whole frames among those that were learnt from have brought the range's end beyond 1 by a fifth.
    let lacksField = image.values[0] >= Self.wholeFrame && ranges[0].upperBound < Self.wholeFrame + 0.1
    if lacksField { doubts.insert("it has no field of view: light reaches its edges", at: 0) }
    return doubts.count > 1 || lacksField ? doubts : []
  }

  /// The share of a frame from which on it has no field of view.
  private static let wholeFrame = 0.99

  /// To two decimals, and 0 without a sign.
  private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 + 0 }
}
