import Base
import Figures
import Imaging
import Language

extension Command {
  static let profile = Command(
    "profile", "the grey along a line",
    [
      Picture.parameter,
      .option(
        "from", .list(of: .number(.pixels, Bounds())),
        "where it starts: `[x, y]`, the upper left pixel's middle is [0, 0]"),
      .option("to", .list(of: .number(.pixels, Bounds())), "where it ends: `[x, y]`"), Picture.within,
    ],
    result: .record,
    help: Help(
      "A point about every pixel of its length, both ends among them, between four pixels by bilinear interpolation. A record: "
        + "`figure`, and the numbers `distance`, from the start in pixels, and `grey`; none where a pixel it needs doesn't count.",
      examples: [
        "p = profile (phantom 1 size: 64)[0] from: [10, 32] to: [54, 32]", "show p.figure", "print max p.distance",
      ]),
    codes: [
      CodeEntry(
        "no-point", "a place that is no point of the picture, or a line without a length",
        .program("profile (phantom 1 size: 64)[0] from: [0, 0] to: [99, 0]"))
    ],
    rules: [
      CallRule(on: "from") { call throws(Failure) in _ = try point("from", call.value("from")) },
      CallRule(on: "to") { call throws(Failure) in
        guard let to = try point("to", call.value("to")), try point("from", call.value("from")) == to else { return }
        throw Failure("no-point", "this line has no length: it ends where it starts")
      },
    ]
  ) { arguments, _ in
    let picture = try Picture(arguments)
    let (from, to) = (try point("from", arguments, in: picture.plane), try point("to", arguments, in: picture.plane))
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let length = (dx * dx + dy * dy).squareRoot()
    let count = max(1, Int(length.rounded(.up)))
    let shares = (0...count).map { Double($0) / Double(count) }
    let greys = shares.map { picture.bilinear(from.x + $0 * dx, from.y + $0 * dy) }
    let distances = shares.map { $0 * length }
    let series = Series("grey", x: distances, y: greys.map { $0 ?? .nan })
    let figure = try Figure.curves(series: [series], xLabel: "along the line, px", yLabel: "grey")
    return .record(
      Record([
        "figure": .object(FigureValue(figure)), "distance": .list(distances.map { .number($0) }),
        "grey": .list(greys.map { $0.map { .number($0) } ?? Value.none }),
      ]))
  }
}

/// `nil` for a value that isn't known.
private func point(_ name: String, _ value: Value?) throws(Failure) -> Figure.Point? {
  guard case .list(let elements)? = value else { return nil }
  let numbers = elements.compactMap { if case .number(let number, _) = $0 { number } else { nil } }
  guard numbers.count == 2 else {
    throw Failure("no-point", "`\(name):` has \(numbers.count) numbers; a point has two: [x, y]")
  }
  return Figure.Point(numbers[0], numbers[1])
}

private func point(_ name: String, _ arguments: Arguments, in plane: Plane) throws(Failure) -> Figure.Point {
  guard let point = try point(name, arguments[name]) else { preconditionFailure("the signature asks for a list") }
  guard (0...Double(plane.width - 1)).contains(point.x), (0...Double(plane.height - 1)).contains(point.y) else {
    throw Failure(
      "no-point",
      "`\(name):` lies outside the picture, whose x go from 0 to \(plane.width - 1), y from 0 to \(plane.height - 1)")
  }
  return point
}

extension Picture {
  /// The value at a place inside the picture; `nil` where a pixel that it needs doesn't count.
  fileprivate func bilinear(_ x: Double, _ y: Double) -> Double? {
    let (left, top) = (Int(x), Int(y))
    let (right, down) = (x - Double(left), y - Double(top))
    var sum = 0.0
    for (column, row, weight) in [
      (left, top, (1 - right) * (1 - down)), (left + 1, top, right * (1 - down)), (left, top + 1, (1 - right) * down),
      (left + 1, top + 1, right * down),
    ] where weight > 0 {
      guard field?[column, row] ?? true else { return nil }
      sum += weight * Double(plane[column, row])
    }
    return sum
  }
}
