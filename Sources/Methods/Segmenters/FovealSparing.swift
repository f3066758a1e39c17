import Angiography
import Imaging

extension Plane {
  /// Probabilities without any near the fovea: its avascular zone is as dark and as bare as non-perfusion, and is none.
  ///
  /// - Parameters:
  ///   - sample: of this plane's size. Its fovea is the one that somebody marked, else the likeliest place, however sure.
  ///   - radius: in pixels of an image whose longer side is 512; 0 spares nothing.
  func sparingFovea(of sample: Sample, radius: Double) -> Plane {
    guard radius > 0, let fovea = LandmarkSearch(of: sample)?.landmarks.fovea else { return self }
    var result = self
    for place in places(around: fovea, radius: radius * Double(max(width, height)) / 512) { result.pixels[place] = 0 }
    return result
  }

  /// The pixels whose middles lie nearer to a landmark than a radius in pixels.
  func places(around landmark: Landmark, radius: Double) -> [Int] {
    let rows = max(0, Int((landmark.y - radius).rounded(.down)))..<height
    let columns = max(0, Int((landmark.x - radius).rounded(.down)))..<width
    return rows.prefix { Double($0) <= landmark.y + radius }.flatMap { y in
      columns.prefix { Double($0) <= landmark.x + radius }.filter { x in
        let (right, down) = (Double(x) - landmark.x, Double(y) - landmark.y)
        return right * right + down * down < radius * radius
      }.map { y * width + $0 }
    }
  }
}
