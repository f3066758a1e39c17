import Imaging
import Networks
import Tensors

/// One operation on a picture of smooth noise, with a round field of view and a set of blobs.
struct PictureWorkload: Workload {
  private let operation: PictureOperation
  private let size: Int
  private let image: Plane
  private let field: Mask
  private let blobs: Mask
  /// Regions that some operations start from.
  private let labels: LabelMap
  private var found = Outcome.numbers([])

  /// What an operation makes, as it makes it: numbers for the peer come of it after the clock has stopped.
  private enum Outcome {
    case plane(Plane)
    case mask(Mask)
    case labels(LabelMap)
    case table([RegionProperties])
    case numbers([Float])
  }

  init(_ operation: PictureOperation, size: Int) {
    self.operation = operation
    self.size = size
    func noise(_ name: String, sigma: Double) -> Plane {
      var stream = benchmarkStream.substream(name)
      let drawn = Plane(width: size, height: size, pixels: (0..<size * size).map { _ in stream.uniform() })
      return drawn.gaussianMean(sigma: sigma)
    }
    let smooth = noise("picture", sigma: 1.5)
    let (least, most) = (smooth.pixels.min() ?? 0, smooth.pixels.max() ?? 1)
    let scale = most > least ? 1 / (most - least) : 1
    image = Plane(width: size, height: size, pixels: smooth.pixels.map { ($0 - least) * scale })
    let middle = Double(size - 1) / 2
    let inside = (0..<size * size).map { i in
      let (x, y) = (Double(i % size) - middle, Double(i / size) - middle)
      return x * x + y * y < Double(size * size) / 4.2
    }
    field = Mask(width: size, height: size, pixels: inside)
    blobs = Mask(noise("blobs", sigma: 2.5), atLeast: 0.5)
    switch operation {
    case .regionTable: labels = blobs.components()
    case .watershed: labels = image.regionalMinima(depth: 0.05).components()
    case .boundaries: labels = image.watershed(depth: 0.05)
    default: labels = LabelMap(width: size, height: size, labels: inside.map { $0 ? 1 : 0 }, count: 1)
    }
  }

  var operationCount: Int? { nil }

  mutating func run() {
    found =
      switch operation {
      case .gaussianMean: .plane(image.gaussianMean(sigma: 20, within: field))
      case .medianBackground: .plane(image.medianBackground(side: 81, within: field))
      case .homomorphic: .plane(HomomorphicFilter()(image, within: field))
      case .topHat: .plane(image.whiteTopHat(radius: 5))
      case .reconstruction: .plane(image.maximaLowered(by: 0.1))
      case .deepMinima: .mask(image.regionalMinima(depth: 0.05))
      case .areaOpening: .plane(image.areaOpened(64))
      case .fillHoles: .mask(blobs.holesFilled())
      case .islands: .mask(blobs.withoutComponents(smallerThan: 64))
      case .distances: .plane(blobs.distances)
      case .components: .labels(blobs.components())
      case .regionTable: .table(labels.properties)
      case .watershed: .labels(image.watershed(from: labels))
      case .boundaries: .numbers([Float(labels.boundaries(of: image).count)])
      case .windowMean: .plane(image.windowMean(side: 15, within: field))
      case .windowDeviation: .plane(image.windowDeviation(side: 15, within: field))
      case .entropy: .plane(WindowHistograms(image, levels: 32, over: 0...1, side: 15).entropy)
      case .uniformity: .plane(WindowHistograms(image, levels: 32, over: 0...1, side: 15).uniformity)
      case .otsu: .numbers([image.otsuLevel() ?? .nan])
      case .percentiles: .numbers(image.percentiles([1, 50, 99]) ?? [])
      case .hessian: .plane(image.hessian(sigma: 2).smaller)
      case .structure: .plane(image.structureTensor(sigma: 1, rho: 3).larger)
      case .denoiseDual: .plane(image.denoised(theta: 0.1, solver: .dual, tolerance: 0, steps: 100).plane)
      case .denoiseBregman: .plane(image.denoised(theta: 0.1, solver: .splitBregman, tolerance: 0, steps: 100).plane)
      }
  }

  private func numbers(_ mask: Mask) -> [Float] { mask.plane.pixels }

  var given: [SafetensorsFile.Entry] {
    func entry(_ name: String, _ values: [Float]) -> SafetensorsFile.Entry {
      .init(name: name, tensor: Tensor([size, size], values: values))
    }
    return [
      entry("image", image.pixels), entry("field", numbers(field)), entry("blobs", numbers(blobs)),
      entry("labels", labels.labels.map(Float.init)),
    ]
  }

  var result: [SafetensorsFile.Entry] {
    let values =
      switch found {
      case .plane(let plane): plane.pixels
      case .mask(let mask): numbers(mask)
      case .labels(let labels): labels.labels.map(Float.init)
      case .table(let rows):
        rows.flatMap { [Float($0.area), Float($0.centroidX), Float($0.perimeter), Float($0.solidity)] }
      case .numbers(let numbers): numbers
      }
    return [.init(name: "result", tensor: Tensor([values.count], values: values))]
  }
}
