import Imaging
import Kernels

/// The connected parts of what is marked on gradable retina: where each lies and how large it is.
public struct LesionList: Sendable, Hashable {
  public struct Lesion: Sendable, Hashable {
    public let pixels: Int
    /// In pixels, from the middle of the upper left one.
    public let centroid: Landmark
    /// From its nearest pixel to the fovea, in pixels; `nil` where nobody knows where that is.
    public let foveaDistance: Double?
  }

  /// The largest first; of equal ones that with the upper left pixel.
  public let lesions: [Lesion]

  /// - Parameter connectivity: the neighbours by which a lesion hangs together.
  public init(of mask: Mask, in sample: Sample, connectivity: Connectivity = .eight) {
    let parts = mask.intersection(sample.gradable).components(connectivity)
    var sums = [(pixels: Int, x: Double, y: Double, nearest: Double)](
      repeating: (0, 0, 0, .infinity), count: parts.count)
    let fovea = sample.facts.landmarks.fovea
    for y in 0..<parts.height {
      for x in 0..<parts.width where parts[x, y] > 0 {
        let index = parts[x, y] - 1
        sums[index].pixels += 1
        sums[index].x += Double(x)
        sums[index].y += Double(y)
        guard let fovea else { continue }
        sums[index].nearest = min(sums[index].nearest, fovea.distance(to: Landmark(x: Double(x), y: Double(y))))
      }
    }
    lesions = sums.indices.sorted { (-sums[$0].pixels, $0) < (-sums[$1].pixels, $1) }.map { index in
      let sum = sums[index]
      return Lesion(
        pixels: sum.pixels, centroid: Landmark(x: sum.x / Double(sum.pixels), y: sum.y / Double(sum.pixels)),
        foveaDistance: fovea == nil ? nil : sum.nearest)
    }
  }
}
