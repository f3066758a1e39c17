/// Which places of the picture have a vessel already: a coarse grid with the branch that came first.
struct FreeSpace {
  private static let empty: Int32 = -1
  /// The foveal avascular zone: nobody's, and closed to all.
  private static let closed: Int32 = -2
  private static let cell: Float = 0.008
  /// The grid reaches this far beyond the picture.
  private static let margin: Float = 0.08
  private static let columns = Int(((1 + 2 * margin) / cell).rounded(.up))

  private var owner = [Int32](repeating: empty, count: columns * columns)

  init(anatomy: FundusAnatomy) {
    let reach = anatomy.avascularRadius + 0.004
    for row in 0..<FreeSpace.columns {
      for column in 0..<FreeSpace.columns {
        let centre = SIMD2(Float(column) + 0.5, Float(row) + 0.5) * FreeSpace.cell - FreeSpace.margin
        if length(centre - anatomy.fovea) < reach { owner[row * FreeSpace.columns + column] = FreeSpace.closed }
      }
    }
  }

  private func index(_ point: SIMD2<Float>) -> Int? {
    let place = (point + FreeSpace.margin) / FreeSpace.cell
    guard place.x >= 0, place.y >= 0 else { return nil }
    let (column, row) = (Int(place.x), Int(place.y))
    guard column < FreeSpace.columns, row < FreeSpace.columns else { return nil }
    return row * FreeSpace.columns + column
  }

  mutating func occupy(_ point: SIMD2<Float>, branch: Int) {
    guard let index = index(point), owner[index] == FreeSpace.empty else { return }
    owner[index] = Int32(branch)
  }

  private func isFree(_ point: SIMD2<Float>, for branch: Int, or other: Int) -> Bool {
    guard let index = index(point) else { return true }
    let owner = owner[index]
    return owner == FreeSpace.empty || owner == Int32(branch) || owner == Int32(other)
  }

  /// How far a straight course from `point` stays free of vessels, at most 0.2 of the side; the parent branch is no
  /// obstacle close by.
  func room(from point: SIMD2<Float>, towards direction: SIMD2<Float>, leaving parent: Int) -> Float {
    var distance: Float = 0.012
    while distance < 0.2 {
      guard isFree(point + direction * distance, for: distance < 0.024 ? parent : -1, or: -1) else { break }
      distance += FreeSpace.cell
    }
    return distance - 0.012
  }

  /// By how much (tangent of the angle) a branch must turn to go on in free space: 0 where the way ahead is free; `nil`
  /// when it is hemmed in and ends.
  func clearTurn(
    from point: SIMD2<Float>, going direction: SIMD2<Float>, branch: Int, of sprout: Sprout, travelled: Float
  ) -> Float? {
    // Vessels crowd at the disc.
    if sprout.parent < 0 && travelled < 0.06 { return 0 }
    let excused = travelled < 0.02 ? sprout.parent : -1
    for turn: Float in [0, 0.5, -0.5] {
      let way = unit(direction + perpendicular(direction) * turn)
      if isFree(point + way * 0.013, for: branch, or: excused) { return turn }
    }
    return nil
  }
}
