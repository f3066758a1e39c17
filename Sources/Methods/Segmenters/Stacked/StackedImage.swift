import Angiography
import Imaging
import Kernels

/// What the trees of a stack see of an angiogram, and what they learn from it, on its grid of pixels.
struct StackedImage: Sendable {
  let grid: PixelGrid
  /// Of single pixels: [feature][pixel of the grid].
  let features: [[Float]]
  /// Of wide surrounds, for the territory.
  let surrounds: [[Float]]
  /// Non-perfusion, where somebody has marked it, and where that counts.
  let truth: Mask?
  let judged: Mask
  let territory: Mask?
  /// Where it is on the grid, or is likeliest to be.
  let fovea: Landmark?
  let caseName: String?
  /// Whether somebody has looked at it and found nothing to mark.
  let isEmpty: Bool
  /// Of what is drawn from its pixels.
  let digest: UInt64

  /// - Parameter withLandmarks: whether the last features are the distances from fovea and disc.
  init(_ sample: Sample, withLandmarks: Bool) {
    let grid = PixelGrid(sample.fieldOfView)
    let landmarks = sample.likeliestLandmarks
    fovea = landmarks.fovea.map(grid.sampled)
    let planes = Feature.planes(Self.madeFeatures, of: sample.image, within: sample.fieldOfView, grid.sampled)
    features =
      planes.prefix(Self.pixelFeatures.count).map(\.pixels)
      + (withLandmarks ? Self.distances(landmarks, grid) : [])
    surrounds =
      Self.surroundFeatures.flatMap { feature in
        let plane = planes[Self.place(of: feature)]
        return Self.surroundScales.map { plane.gaussianMean(sigma: grid.sigma($0), within: grid.field).pixels }
      } + Self.wideFeatures.map { planes[Self.place(of: $0)].pixels }
      + Self.mirroredFeatures.map { grid.mirrorDifference(planes[Self.place(of: $0)]) }
    self.grid = grid
    truth = sample.mask.map(grid.sampled)
    judged = sample.judged().map(grid.sampled) ?? grid.field
    territory = sample.territory.map(grid.sampled)
    caseName = sample.facts.caseName
    isEmpty = sample.mask?.pixels.contains(true) == false && sample.judged()?.pixels.contains(true) != false
    digest = sample.contentDigest
  }

  /// From the fovea and from the optic disc as parts of the image's larger side; 2, further than anything, where there is none.
  private static func distances(_ landmarks: Landmarks, _ grid: PixelGrid) -> [[Float]] {
    [landmarks.fovea, landmarks.disc].map { landmark in
      guard let landmark = landmark.map(grid.sampled) else {
        return [Float](repeating: 2, count: grid.width * grid.height)
      }
      let side = Double(max(grid.width, grid.height))
      return (0..<grid.width * grid.height).map { place in
        Float(landmark.distance(to: Landmark(x: Double(place % grid.width), y: Double(place / grid.width))) / side)
      }
    }
  }

  /// How many features there are of single pixels.
  static func featureCount(withLandmarks: Bool) -> Int { pixelFeatures.count + (withLandmarks ? 2 : 0) }

  /// A feature of single pixels as a plane.
  func plane(of feature: Feature) -> Plane {
    guard let place = Self.pixelFeatures.firstIndex(of: feature) else {
      preconditionFailure("it is a feature of pixels")
    }
    return Plane(width: grid.width, height: grid.height, pixels: features[place])
  }

  /// The first of `features`.
  var relativeFeatures: [[Float]] { Array(features.prefix(Self.relativeFeatures.count)) }

  /// Whether anything is marked that counts.
  var isMarked: Bool { truth?.intersection(judged).pixels.contains(true) == true }

  private static func place(of feature: Feature) -> Int {
    guard let place = madeFeatures.firstIndex(of: feature) else {
      preconditionFailure("the surrounds are of features of the pixels")
    }
    return place
  }

  /// How many features of surrounds there are.
  static var surroundCount: Int {
    surroundFeatures.count * surroundScales.count + wideFeatures.count + mirroredFeatures.count
  }

  /// Relative to what is around: small lesions stand out in them, large ones have no surround.
  static let relativeFeatures: [Feature] =
    [1.0, 2, 4].map { .mean(scale: $0) } + [.relativeGrey(scale: 80)]
    + [8.0, 16].map { .percentile(rank: 10, scale: $0) } + [40.0, 80].map { .rank(scale: $0) }
    + [10.0, 20, 32].map { .pond(scale: $0) } + [8.0, 16, 32].map { .bottomHat(scale: $0) }
    + [
      .topHat(scale: 3), .valley(scale: 4), .valley(scale: 8), .ridge(scale: 4), .ridges(scale: 6), .texture(scale: 4),
      .fineVesselDistance(scale: 64), .vesselDistance(scale: 128),
    ]
  /// All of single pixels: the relative ones first.
  static let pixelFeatures: [Feature] =
    relativeFeatures
    + [
      .tissue(scale: 8), .lightness(scale: 2), .lightness(scale: 8), .rank(scale: 20), .topHat(scale: 8),
      .ridge(scale: 8),
      .gradient(scale: 4), .edges(scale: 4), .ridges(scale: 12), .ridges(scale: 24), .wideVesselDistance(scale: 128),
      .texture(scale: 16), .texture(scale: 32), .deviation(scale: 2), .deviation(scale: 16),
    ]
  /// Which of these the trees of single pixels see; others are there to be averaged.
  private static let madeFeatures: [Feature] =
    pixelFeatures
    + [
      .corners(scale: 1), .corners(scale: 2), .ridge(scale: 2), .ridges(scale: 48), .tissue(scale: 32), .eccentricity,
    ]

  /// Averaged by Gaussians of `surroundScales` for the territory.
  private static let surroundFeatures: [Feature] = [
    .corners(scale: 1), .corners(scale: 2), .wideVesselDistance(scale: 128), .ridges(scale: 6),
    .fineVesselDistance(scale: 64), .topHat(scale: 3), .topHat(scale: 8), .rank(scale: 40), .bottomHat(scale: 16),
    .ridge(scale: 2),
  ]
  /// σ in pixels of 512.
  private static let surroundScales = [28.0, 56]
  /// Wide as they are.
  private static let wideFeatures: [Feature] = [.ridges(scale: 48), .tissue(scale: 32), .eccentricity]
  /// Against the other half of the field, above or below: a branch vein supplies one of them.
  private static let mirroredFeatures: [Feature] = [.ridges(scale: 24), .texture(scale: 32)]
}
