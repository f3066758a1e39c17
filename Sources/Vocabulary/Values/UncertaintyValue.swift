import Angiography
import Base
import Figures
import Imaging
import Language
import Methods

/// Several maps of each angiogram, and so how sure a method is in every pixel.
public struct UncertaintyValue: ObjectValue {
  package let draws: MapDraws
  let method: String
  /// The digest of what made the maps, by which two networks of one name are told apart.
  private let origin: String
  let samples: [Sample]

  package init(_ draws: MapDraws, method: String, origin: String, samples: [Sample]) {
    precondition(draws.maps[0].count == samples.count, "draws are of the samples")
    (self.draws, self.method, self.origin, self.samples) = (draws, method, origin, samples)
  }

  /// What intervals of its areas are of.
  var quantity: IntervalsValue.Quantity {
    .areas(method: method, origin: origin, source: draws.source, draws: draws.maps.count)
  }

  public static let typeName = "uncertainty"
  public static let meaning = "several maps of each angiogram, and so how sure a method is in every pixel"
  public static let members = [
    MemberDeclaration(
      "predictions", .object(PredictionsValue.typeName),
      "what is predicted from all of the maps: of networks as `predict` with `tta: true`, or of the whole ensemble; of what has none their mean"
    ),
    MemberDeclaration(
      "deviations", .list(of: .object(ImageValue.typeName)), "the standard deviation of the maps, an image each"),
    MemberDeclaration("draws", .number, "how many maps an image"),
    MemberDeclaration(
      "figure", .object(FigureValue.typeName), "angiogram, prediction and deviation of the first images"),
  ]

  public var summary: String {
    "\(counted(draws.maps.count, "map")) by \(draws.source.rawValue) of \(method) for \(counted(samples.count, "image"))"
  }
  public var count: Int? { samples.count }

  /// What is predicted from all of the maps.
  var predictions: PredictionsValue { PredictionsValue(method: method, samples: samples, maps: draws.predicted) }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "predictions": .object(predictions)
    case "deviations": .list(zip(samples, draws.deviations).map { .object(ImageValue($1, name: $0.name)) })
    case "draws": .number(Double(draws.maps.count))
    default: .object(FigureValue(try figure))
    }
  }

  public func element(at index: Int) throws -> Value { try predictions.element(at: index) }

  var figure: Figure {
    get throws {
      let (predicted, deviations) = (draws.predicted, draws.deviations)
      let rows = samples.indices.prefix(4).map { index in
        // Of a probability a standard deviation is 0.5 at most.
        let deviation = deviations[index]
        let doubled = Plane(
          width: deviation.width, height: deviation.height, pixels: deviation.pixels.map { min(1, 2 * $0) })
        return PanelRow(
          title: samples[index].name,
          cells: [
            PanelCell(.angiogram(samples[index].image)), PanelCell(.probability(predicted[index])),
            PanelCell(.image(doubled)),
          ])
      }
      return try Figure.panel(
        rows: rows, columnTitles: ["angiogram", "probability", "standard deviation, white: 0.5"], caption: summary)
    }
  }
}

extension UncertaintyValue: ShownByFigure {}

extension UncertaintyValue {
  private enum CodingKeys: CodingKey { case draws, method, origin, samples }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(draws, forKey: .draws)
    try fields.encode(method, forKey: .method)
    try fields.encode(origin, forKey: .origin)
    try fields.encode(samples, forKey: .samples)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    draws = try fields.decode(MapDraws.self, forKey: .draws)
    method = try fields.decode(String.self, forKey: .method)
    origin = try fields.decode(String.self, forKey: .origin)
    samples = try fields.decode([Sample].self, forKey: .samples)
    let fits =
      draws.maps.count > 1
      && draws.stored.allSatisfy { maps in
        maps.count == samples.count
          && zip(maps, samples).allSatisfy { $0.width == $1.image.width && $0.height == $1.image.height }
      }
    guard fits else {
      throw DecodingError.dataCorruptedError(forKey: .draws, in: fields, debugDescription: "no maps of the samples")
    }
  }
}
