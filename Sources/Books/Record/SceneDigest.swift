import Base
import Figures
import Imaging

/// What a record holds of a figure's scene: digests of its parts, so that a check can say which of them differ.
struct SceneDigest: Hashable {
  /// Of the pixels of each layer, with where and how they lie.
  let layers: [String]
  /// Of the marks and the size, coordinates to 1/1024 point.
  let marks: String
  /// Of the texts, with where and how they stand.
  let labels: String
  /// Of the drawings that take turns with it.
  let turns: [SceneDigest]

  init(_ figure: Figure) {
    layers = figure.layers.map { layer in
      Self.digest { digest in
        digest.add(layer.frame)
        digest.add(layer.interpolation.rawValue)
        switch layer.content {
        case .plane(let plane, let map, let range):
          digest.add("\(plane.width)×\(plane.height) \(map.rawValue)")
          digest.add(plane.pixels)
          digest.add([range.lowerBound, range.upperBound])
        case .colour(let pixels):
          digest.add("\(pixels.width)×\(pixels.height)")
          digest.add(pixels.bytes)
        }
      }
    }
    marks = Self.digest { digest in
      digest.add([figure.size.width, figure.size.height])
      for mark in figure.marks { digest.add(mark) }
    }
    labels = Self.digest { digest in
      for label in figure.labels {
        digest.add(label.text)
        digest.add([label.anchor.x, label.anchor.y, label.size, label.maximumWidth ?? -1])
        digest.add("\(label.horizontal) \(label.vertical) \(label.weight) \(label.direction)")
        digest.add(label.colour)
      }
    }
    turns = figure.turns.map { SceneDigest($0.still) }
  }

  private static func digest(_ body: (inout SceneBytes) -> Void) -> String {
    var bytes = SceneBytes()
    body(&bytes)
    return sha256(of: bytes.bytes)
  }

  // MARK: JSON

  var json: JSON {
    var fields: [String: JSON] = [
      "layers": .list(layers.map { .text($0) }), "marks": .text(marks), "labels": .text(labels),
    ]
    // Records of figures that stand still are as they were before there were others.
    if !turns.isEmpty { fields["turns"] = .list(turns.map(\.json)) }
    return .object(fields)
  }

  init?(_ json: JSON) {
    guard case .object(let fields) = json, case .list(let layers)? = fields["layers"],
      case .text(let marks)? = fields["marks"], case .text(let labels)? = fields["labels"]
    else { return nil }
    let texts = layers.compactMap { if case .text(let text) = $0 { text } else { nil } }
    guard texts.count == layers.count else { return nil }
    guard case .list(let turns) = fields["turns"] ?? .list([]) else { return nil }
    (self.layers, self.marks, self.labels) = (texts, marks, labels)
    self.turns = turns.compactMap { SceneDigest($0) }
    guard self.turns.count == turns.count else { return nil }
  }

  /// Which parts of what was found are not as they were recorded, in words.
  func differences(from found: SceneDigest) -> [String] {
    var words: [String] = []
    if layers.count != found.layers.count {
      words.append("it has \(found.layers.count) pictures, not \(layers.count)")
    } else {
      let places = layers.indices.filter { layers[$0] != found.layers[$0] }.map { "\($0 + 1)" }
      if !places.isEmpty {
        words.append(
          layers.count == 1
            ? "its pixels differ" : "the pixels of its pictures \(places.joined(separator: ", ")) differ")
      }
    }
    if marks != found.marks { words.append("its marks differ") }
    if labels != found.labels { words.append("its labels differ") }
    return words
      + differencesOfTurns(turns, found.turns) { (recorded, found) in recorded.differences(from: found) }
  }
}

/// What differs of the drawings that take turns with a figure, which is the first of them, in words.
func differencesOfTurns<Turn>(
  _ recorded: [Turn], _ found: [Turn], by differences: (_ recorded: Turn, _ found: Turn) -> [String]
) -> [String] {
  guard recorded.count == found.count else {
    func drawings(_ turns: [Turn]) -> String { turns.isEmpty ? "one drawing" : "\(turns.count + 1) drawings by turns" }
    return ["it has \(drawings(found)), not \(drawings(recorded))"]
  }
  return recorded.indices.flatMap { index in
    differences(recorded[index], found[index]).map { "of its drawing \(index + 2) by turns: \($0)" }
  }
}

/// The bytes that a digest is made of; parts are told apart by their lengths.
private struct SceneBytes {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ part: [UInt8]) {
    bytes += Array("\(part.count):".utf8)
    bytes += part
  }
  mutating func add(_ text: String) { add(Array(text.utf8)) }
  mutating func add(_ numbers: [Float]) { add(rawBytes(of: numbers)) }
  /// Places on the page.
  mutating func add(_ points: [Double]) {
    add(points.map { "\(Int(exactly: ($0 * 1024).rounded()) ?? 0)" }.joined(separator: " "))
  }
  mutating func add(_ colour: Colour?) {
    add(colour.map { "\($0.red) \($0.green) \($0.blue) \(Int(($0.opacity * 1024).rounded()))" } ?? "none")
  }
  mutating func add(_ rectangle: Figure.Rectangle) {
    add([rectangle.x, rectangle.y, rectangle.width, rectangle.height])
  }

  mutating func add(_ mark: Figure.Mark) {
    add(mark.name)
    switch mark.shape {
    case .polyline(let points): add(points.flatMap { [$0.x, $0.y] })
    case .polygon(let rings): for ring in rings { add(ring.flatMap { [$0.x, $0.y] }) }
    case .rectangle(let rectangle): add(rectangle)
    case .circle(let center, let radius): add([center.x, center.y, radius])
    }
    add(mark.fill)
    add(mark.stroke?.colour)
    add(mark.stroke?.halo)
    add([mark.stroke?.width ?? -1] + (mark.stroke?.dash ?? []))
  }
}
