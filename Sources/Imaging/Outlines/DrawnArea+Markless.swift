extension DrawnArea {
  /// Why an area marks no pixel of a picture.
  public enum Markless: Sendable, Hashable {
    /// It lies beside the picture.
    case outside
    /// It reaches into the picture and holds no pixel's middle there.
    case thin
  }

  /// Why it marks nothing; `nil` where it marks a pixel at least.
  ///
  /// Cost: that of filling it, within its bounding box.
  public func reasonForNoMark(width: Int, height: Int) -> Markless? {
    let (lowest, highest): (SIMD2<Double>, SIMD2<Double>)
    switch self {
    case .runs(let runs): return runs.enumerated().contains { $0.offset % 2 == 1 && $0.element > 0 } ? nil : .thin
    case .disc(let middle, let radius): (lowest, highest) = (middle - radius, middle + radius)
    case .polygon(let corners):
      guard let first = corners.first else { return .thin }
      lowest = corners.reduce(first) { pointwiseMin($0, $1) }
      highest = corners.reduce(first) { pointwiseMax($0, $1) }
    }
    let (columns, rows) = (
      Self.pixels(from: lowest.x, to: highest.x, of: width), Self.pixels(from: lowest.y, to: highest.y, of: height)
    )
    let isOutside =
      highest.x <= 0 || highest.y <= 0 || lowest.x >= Double(width) || lowest.y >= Double(height)
    guard !isOutside else { return .outside }
    guard !columns.isEmpty, !rows.isEmpty else { return .thin }
    let corner = SIMD2(Double(columns.lowerBound), Double(rows.lowerBound))
    let mask = Mask(width: columns.count, height: rows.count, areas: [moved(by: -corner)])
    return mask.area == 0 ? .thin : nil
  }

  /// The pixels that lie at least in part between two places.
  private static func pixels(from start: Double, to end: Double, of count: Int) -> Range<Int> {
    let first = Int(min(max(start.rounded(.down), 0), Double(count)))
    return first..<max(first, Int(min(max(end.rounded(.up), 0), Double(count))))
  }

  /// The same area elsewhere; runs are of one picture, and stay.
  private func moved(by way: SIMD2<Double>) -> DrawnArea {
    switch self {
    case .polygon(let corners): .polygon(corners.map { $0 + way })
    case .disc(let middle, let radius): .disc(middle: middle + way, radius: radius)
    case .runs: self
    }
  }
}
