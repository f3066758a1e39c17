import Angiography
import Imaging

extension Sample {
  /// Fovea and disc, those that somebody marked, else the likeliest places, however sure.
  var likeliestLandmarks: Landmarks {
    let known = facts.landmarks
    guard known.fovea == nil || known.disc == nil, let found = LandmarkSearch(of: self)?.landmarks else { return known }
    return found
  }

  /// The same with them among what is known of it.
  func placingLandmarks() -> Sample {
    var placed = facts
    placed.landmarks = likeliestLandmarks
    return with(placed)
  }
}

extension Plane {
  /// Probabilities without any near the fovea: its avascular zone is as dark and as bare as non-perfusion, and is none.
  ///
  /// - Parameters:
  ///   - sample: of this plane's size. Its fovea is the one that somebody marked, else the likeliest place, however sure.
  ///   - radius: in pixels of an image whose longer side is 512; 0 spares nothing.
  func sparingFovea(of sample: Sample, radius: Double) -> Plane {
    guard radius > 0, let fovea = sample.likeliestLandmarks.fovea else { return self }
    var result = self
    for place in places(around: fovea, radius: radius * Double(max(width, height)) / 512) { result.pixels[place] = 0 }
    return result
  }

  /// The pixels whose middles lie no farther from a landmark than a radius in pixels.
  func places(around landmark: Landmark, radius: Double) -> [Int] {
    guard landmark.x.isFinite, landmark.y.isFinite else { return [] }
    func range(_ middle: Double, below count: Int) -> Range<Int> {
      let ends = [middle - radius, middle + radius + 1].map { Int(min(max($0.rounded(.down), 0), Double(count))) }
      return ends[0]..<ends[1]
    }
    let columns = range(landmark.x, below: width)
    return range(landmark.y, below: height).flatMap { y in
      columns.filter { x in
        let (right, down) = (Double(x) - landmark.x, Double(y) - landmark.y)
        return right * right + down * down <= radius * radius
      }.map { y * width + $0 }
    }
  }
}
