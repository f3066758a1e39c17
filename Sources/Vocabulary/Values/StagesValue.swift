import Angiography
import Figures
import Imaging
import Language
import Methods

/// What a classical method has made of one angiogram, step by step.
public struct StagesValue: ObjectValue {
  let stages: [MethodStage]
  /// Of the angiogram, and the image itself with its field of view.
  private let name: String
  private let image: Plane
  private let fieldOfView: Mask
  let method: String

  package init(_ stages: [MethodStage], of sample: Sample, method: String) {
    (self.stages, self.method) = (stages, method)
    (name, image, fieldOfView) = (sample.name, sample.image, sample.fieldOfView)
  }

  public static let typeName = "stages"
  public static let meaning = "what a classical method makes of an image on its way to a mask"
  public static let members =
    [
      MemberDeclaration("names", .list(of: .text), "of the stages, in their order"),
      MemberDeclaration("mask", .object(MaskValue.typeName), "what the method marks"),
      MemberDeclaration("figure", .object(FigureValue.typeName), "all stages side by side"),
    ] + stageMembers

  /// Those of all methods, each name once.
  private static var stageMembers: [MemberDeclaration] {
    var names: [String] = []
    return Segmenters.tunable.flatMap(\.stageForms).compactMap { name, form in
      guard !names.contains(name) else { return nil }
      names.append(name)
      let owners = Segmenters.tunable.filter { $0.stageForms.contains { $0.name == name } }.map(\.name)
      return MemberDeclaration(name, form.kind, "of \(owners.joined(separator: ", "))")
    }
  }

  public var summary: String { "stages of \(method) on “\(name)”: \(stages.map(\.name).joined(separator: ", "))" }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "names": return .list(stages.map { .text($0.name) })
    case "mask": return .object(MaskValue(Mask(probabilities, atLeast: Float(Predictions.threshold))))
    case "figure": return .object(FigureValue(try figure))
    default:
      guard let stage = stages.first(where: { $0.name == name }) else { throw stageFacts.missing(name) }
      return stage.value
    }
  }

  public var facts: (any Facts)? { stageFacts }

  private var stageFacts: StagesFacts { StagesFacts(method: method, stages: stages.map(\.name)) }

  private var probabilities: Plane {
    for case .probabilities(let plane) in stages.reversed().map(\.content) { return plane }
    preconditionFailure("the last stage is a map of probabilities")
  }

  var figure: Figure {
    get throws {
      var cells = [PanelCell(.angiogram(image), caption: name)]
      for stage in stages {
        if let content = stage.picture(within: fieldOfView) { cells.append(PanelCell(content, caption: stage.title)) }
      }
      let columns = cells.count > 4 ? (cells.count + 1) / 2 : cells.count
      let rows = stride(from: 0, to: cells.count, by: columns).map { start in
        let part = Array(cells[start..<min(start + columns, cells.count)])
        return PanelRow(cells: part + Array(repeating: PanelCell(.empty), count: columns - part.count))
      }
      return try Figure.panel(rows: rows, columnTitles: [])
    }
  }
}

/// Which stages a method has.
struct StagesFacts: Facts, Hashable {
  /// As people call it.
  let method: String
  let stages: [String]

  func joined(with other: any Facts) -> (any Facts)? { other as? StagesFacts == self ? self : nil }

  var members: [String]? { stages + ["names", "mask", "figure"] }

  func member(_ name: String) -> (known: Known?, finding: CheckFinding?) {
    members?.contains(name) == true ? (nil, nil) : (nil, CheckFinding(missing(name)))
  }

  fileprivate func missing(_ name: String) -> Failure {
    Failure("no-stage", "\(method) has no stage `\(name)`", hint: "it has \(stages.joined(separator: ", "))")
  }
}

extension MethodStage.Form {
  var kind: Kind {
    switch self {
    case .plane, .probabilities: .object(ImageValue.typeName)
    case .mask: .object(MaskValue.typeName)
    case .regions: .object(RegionsValue.typeName)
    case .series: .list(of: .number)
    }
  }
}

extension MethodStage {
  var value: Value {
    switch content {
    case .plane(let plane), .probabilities(let plane): .object(ImageValue(plane))
    case .mask(let mask): .object(MaskValue(mask))
    case .regions(let regions): .object(RegionsValue(regions))
    case .series(let numbers): .list(numbers.map { .number($0) })
    }
  }

  /// `nil` for what is no picture.
  func picture(within fieldOfView: Mask) -> PanelCell.Content? {
    switch content {
    case .plane(let plane): .image(plane.stretched(within: fieldOfView))
    case .probabilities(let plane): .probability(plane)
    case .mask(let mask): .mask(mask)
    case .regions(let regions): .regions(regions)
    case .series: nil
    }
  }
}

extension Plane {
  /// From black at the 1st to white at the 99th percentile of the region.
  fileprivate func stretched(within region: Mask) -> Plane {
    let range = usualRange(within: region)
    let contrast = max(range.upperBound - range.lowerBound, .ulpOfOne)
    let pixels = pixels.map { min(1, max(0, ($0 - range.lowerBound) / contrast)) }
    return Plane(width: width, height: height, pixels: zip(pixels, region.pixels).map { $1 ? $0 : 0 })
  }
}

extension StagesValue: ShownByFigure {}

extension StagesValue {
  private enum CodingKeys: CodingKey { case method, name, image, field, stages }

  /// One stage as it is stored.
  private struct Stored: Codable {
    let name, title: String
    var plane: Plane?
    var mask: Mask?
    var regions: RegionsValue?
    var probabilities: Plane?
    var series: [Double]?

    init(_ stage: MethodStage) {
      (name, title) = (stage.name, stage.title)
      switch stage.content {
      case .plane(let plane): self.plane = plane
      case .mask(let mask): self.mask = mask
      case .regions(let regions): self.regions = RegionsValue(regions)
      case .probabilities(let plane): probabilities = plane
      case .series(let numbers): series = numbers
      }
    }

    var stage: MethodStage? {
      let content: MethodStage.Content? =
        plane.map { .plane($0) } ?? mask.map { .mask($0) } ?? regions.map { .regions($0.regions) }
        ?? probabilities.map { .probabilities($0) } ?? series.map { .series($0) }
      return content.map { MethodStage(name, title, $0) }
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(method, forKey: .method)
    try fields.encode(name, forKey: .name)
    try fields.encode(image, forKey: .image)
    try fields.encode(fieldOfView, forKey: .field)
    try fields.encode(stages.map(Stored.init), forKey: .stages)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    method = try fields.decode(String.self, forKey: .method)
    name = try fields.decode(String.self, forKey: .name)
    image = try fields.decode(Plane.self, forKey: .image)
    fieldOfView = try fields.decode(Mask.self, forKey: .field)
    let stored = try fields.decode([Stored].self, forKey: .stages)
    stages = stored.compactMap(\.stage)
    guard stages.count == stored.count, case .probabilities? = stages.last?.content else {
      throw DecodingError.dataCorruptedError(forKey: .stages, in: fields, debugDescription: "no stages of a method")
    }
  }
}
