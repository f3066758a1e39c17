import Imaging
import Kernels

/// How much is marked in each cell of a grid that lies on a retina.
public struct GriddedArea: Sendable, Hashable, Codable {
  public struct Cell: Sendable, Hashable, Codable {
    public let name: String
    /// Pixels of gradable retina, and the marked ones of them.
    public let gradable, marked: Int
    public let squareMillimetres: Double
    /// Of the gradable retina, in [0, 1]; `nil` where nothing can be graded.
    public var share: Double? { gradable == 0 ? nil : Double(marked) / Double(gradable) }
  }

  public let grid: RetinalGrid
  public let centre: Landmark
  public let scale: RetinalScale
  public let cells: [Cell]
  /// Where the nose is in the picture; `nil` where nobody knows.
  public let nasalIsRight: Bool?

  /// - Parameter centre: of the grid, in the sample's pixels.
  public init(of mask: Mask, in sample: Sample, grid: RetinalGrid, centre: Landmark, scale: RetinalScale) {
    precondition(mask.width == sample.image.width && mask.height == sample.image.height, "a mask has its sample's size")
    (self.grid, self.centre, self.scale) = (grid, centre, scale)
    nasalIsRight = sample.nasalIsRight
    var (gradable, marked) = ([Int](repeating: 0, count: grid.cellCount), [Int](repeating: 0, count: grid.cellCount))
    grid.forEachPixel(of: sample.gradable, centre: centre, scale: scale) { x, y, cell in
      gradable[cell] += 1
      if mask[x, y] { marked[cell] += 1 }
    }
    let pixel = scale.millimetresPerPixel * scale.millimetresPerPixel
    cells = grid.names(nasalIsRight: nasalIsRight).enumerated().map { index, name in
      Cell(
        name: name, gradable: gradable[index], marked: marked[index], squareMillimetres: pixel * Double(marked[index]))
    }
  }
}

extension RetinalGrid {
  /// Calls `body` with every pixel of a region that lies in the grid, and its cell.
  ///
  /// - Parameter centre: of the grid, in the region's pixels.
  package func forEachPixel(
    of region: Mask, centre: Landmark, scale: RetinalScale, _ body: (_ x: Int, _ y: Int, _ cell: Int) -> Void
  ) {
    for y in 0..<region.height {
      for x in 0..<region.width where region[x, y] {
        let (dx, dy) = (Double(x) - centre.x, Double(y) - centre.y)
        let distance = (dx * dx + dy * dy).squareRoot() * scale.millimetresPerPixel
        let angle = Double(Elementary.atan2(Float(dx), Float(-dy))) * 180 / Double.pi
        if let cell = cell(distance: distance, angle: angle) { body(x, y, cell) }
      }
    }
  }
}

extension Sample {
  /// Whether the nose is on the right of the picture: by the eye, else by which side of the fovea the disc lies on.
  public var nasalIsRight: Bool? {
    if let eye = facts.eye { return eye == .right }
    guard let fovea = facts.landmarks.fovea, let disc = facts.landmarks.disc, disc.x != fovea.x else { return nil }
    return disc.x > fovea.x
  }
}
