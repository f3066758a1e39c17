/// Where the maps of a network stand: a row for each size, the largest on top, and columns in the order of computing.
///
/// Pooling and upsampling go straight down and up, everything else to the right, so that an encoder and its decoder make
/// the U that the network is named after. Maps that would stand on each other take lanes of their row.
package struct DiagramLayout {
  /// A map with what is drawn into it.
  package struct Place {
    package let map: DiagramMap
    package var row: Int
    package var column: Int
    package var lane: Int
    package let arrows: [Arrow]
    /// Channels of its parts, where several maps were joined.
    package let parts: [Int]
  }

  package struct Arrow {
    /// Position in `places`.
    package let from: Int
    package let operation: String
    /// Whether it brings a map from aside, as a skip connection does.
    package let isAside: Bool
  }

  package private(set) var places: [Place] = []
  /// Pixels of each row's maps, height and width, from the top.
  let sizes: [(height: Int, width: Int)]
  package private(set) var laneCounts: [Int]
  private(set) var columnCount = 0

  private struct Spot: Hashable {
    let row: Int
    let column: Int
    let lane: Int
  }
  private var taken: Set<Spot> = []

  package init(_ maps: [DiagramMap]) {
    let areas = Set(maps.map { [$0.height, $0.width] }).sorted { (a: [Int], b: [Int]) -> Bool in
      let (left, right) = (a[0] * a[1], b[0] * b[1])
      return left == right ? a[0] > b[0] : left > right
    }
    sizes = areas.map { ($0[0], $0[1]) }
    laneCounts = Array(repeating: 1, count: areas.count)
    let absorbed = Self.absorbed(in: maps)
    var positions: [Int: Int] = [:]
    for (index, map) in maps.enumerated() where !absorbed.values.contains(index) {
      let arrows = map.inputs.map { input -> (from: Int, operation: String, isAside: Bool) in
        guard let enlarged = absorbed[index] else { return (input, map.operation, false) }
        return input == enlarged
          ? (maps[input].inputs[0], maps[input].operation, false) : (input, map.operation, true)
      }
      positions[index] = places.count
      let row = areas.firstIndex(of: [map.height, map.width]) ?? 0
      stand(
        Place(
          map: map, row: row, column: 0, lane: 0,
          arrows: arrows.map { Arrow(from: positions[$0.from] ?? 0, operation: $0.operation, isAside: $0.isAside) },
          parts: Self.parts(of: map, in: maps)))
    }
  }

  /// For each map that joins others, the enlarged one among them that nobody else reads: the two are drawn as one.
  private static func absorbed(in maps: [DiagramMap]) -> [Int: Int] {
    var readers = Array(repeating: 0, count: maps.count)
    for map in maps { for input in map.inputs { readers[input] += 1 } }
    var absorbed: [Int: Int] = [:]
    for (index, map) in maps.enumerated() where map.inputs.count > 1 {
      absorbed[index] = map.inputs.first { input in
        guard maps[input].inputs.count == 1, readers[input] == 1 else { return false }
        return maps[maps[input].inputs[0]].height < maps[input].height
      }
    }
    return absorbed
  }

  /// The channels of joined maps, those from aside first.
  private static func parts(of map: DiagramMap, in maps: [DiagramMap]) -> [Int] {
    let channels = map.inputs.map { maps[$0].channels }
    return channels.count > 1 && channels.reduce(0, +) == map.channels ? channels.reversed() : [map.channels]
  }

  /// Finds the map its spot: as far left as its inputs allow, in the lane of the first one if that is free.
  private mutating func stand(_ place: Place) {
    var place = place
    let sources = place.arrows.map { (place: places[$0.from], isAside: $0.isAside) }
    if let main = sources.first(where: { !$0.isAside })?.place {
      let isVertical = main.row != place.row
      let others = sources.map { $0.place.column + ($0.place.row == place.row ? 1 : 0) }
      place.column = max(main.column + (isVertical ? 0 : 1), others.max() ?? 0)
      place.lane = isVertical ? 0 : main.lane
    }
    while taken.contains(Spot(row: place.row, column: place.column, lane: place.lane)) { place.lane += 1 }
    taken.insert(Spot(row: place.row, column: place.column, lane: place.lane))
    laneCounts[place.row] = max(laneCounts[place.row], place.lane + 1)
    columnCount = max(columnCount, place.column + 1)
    places.append(place)
  }

  /// Whether a map stands between two columns of a lane.
  func isBlocked(row: Int, lane: Int, after first: Int, before last: Int) -> Bool {
    first + 1 < last && (first + 1..<last).contains { taken.contains(Spot(row: row, column: $0, lane: lane)) }
  }
}
