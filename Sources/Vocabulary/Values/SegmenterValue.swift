import Base
import Language
import Methods
import Networks

/// A method that has learnt: the numbers of a classical one, or networks with what is done with their maps.
public struct SegmenterValue: ObjectValue {
  package let fitted: any FittedSegmenter
  /// As tables have it: "dark threshold".
  public let title: String

  package init(_ fitted: any FittedSegmenter, title: String) {
    self.fitted = fitted
    self.title = title
  }

  package init(_ fit: any FiledSegmenter) { self.init(fit, title: fit.title) }

  /// By name; empty where it has learnt networks.
  private var parameters: [(parameter: MethodParameter, value: Double)] {
    (fitted as? any FiledSegmenter)?.parameters ?? []
  }

  /// What its predictions are said to be of: "dark threshold 0.905", with the numbers that it has learnt.
  var label: String {
    let learnt = parameters.filter { $0.parameter.initial == nil }
    return ([title] + learnt.map { formatted($0.value, decimals: 3) }).joined(separator: " ")
  }

  func augmentingTests(_ does: Bool) -> SegmenterValue { SegmenterValue(fitted.augmentingTests(does), title: title) }

  public static let typeName = "segmenter"
  public static let meaning =
    "a method that has learnt: the numbers of a classical one, or networks with what is done with their maps"
  static let networksMember = "networks"
  public static let members = [
    MemberDeclaration("method", .text, "what it is called in tables"),
    MemberDeclaration(
      "parameters", .record,
      "the numbers that it has learnt; of networks what is done with their maps, as `ensemble` has it"),
    MemberDeclaration(
      networksMember, .list(of: .object(NetworkValue.typeName)), "its networks; empty where it has none"),
  ]

  public var summary: String {
    let count = fitted.networks.count
    return count == 0 ? "segmenter \(label)" : "segmenter \(title), \(count) network\(count == 1 ? "" : "s")"
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "method": return .text(title)
    case "parameters":
      guard let use = fitted.mapUse else { return .record(Record(parameters.map { ($0.parameter, $0.value) })) }
      return .record(
        Record([
          MapOptions.turns.name: .truth(use.augmentsTests),
          MapOptions.relativeLevel.name: .number(decimal(use.preparation.centring)),
          MapOptions.fovea.name: .number(use.preparation.fovealRadius),
          MapOptions.level.name: .number(decimal(use.level)),
        ]))
    default: return .list(fitted.networks.map { .object(NetworkValue($0)) })
    }
  }
}

extension SegmenterValue: Openable {
  static let openedEndings = ["json", "safetensors"]
  static let fileForm = FileForm(
    "segmenters", .oneOf(openedEndings),
    "segmenters of networks, and averages, are written as .safetensors, those of one classical method as .json")

  /// - Throws: `unknown-ending` for the ending of the other kind.
  func write(to target: FileTarget) throws {
    let text = (fitted as? any FiledSegmenter)?.fileText
    if let mistake = Self.mistake(at: target.path, isText: text != nil) { throw mistake }
    if let text { return try target.write(text) }
    try target.write(SegmenterOfNetworks(title: title, fitted: fitted).encoded(engineVersion: engineVersion))
  }

  /// Why a segmenter is not written at a path, by its ending; `nil` where it is.
  static func mistake(at path: String, isText: Bool) -> Failure? {
    guard fileExtension(of: path) != (isText ? "json" : "safetensors") else { return nil }
    return Failure(
      "unknown-ending", "the ending of '\(fileName(of: path))' is not that of this segmenter", hint: fileForm.sentence)
  }

  public var facts: (any Facts)? { SegmenterFacts(fitted) }

  /// Networks have an ending of theirs.
  static func isFile(at place: String) -> Bool {
    fileExtension(of: place) == "json" || SegmenterOfNetworks.isFile(at: place)
  }

  static func known(ofFileAt place: String, _ call: inout CheckedCall) -> Known? {
    let found = call.remembered("segmenter \(place)") { _ -> (facts: SegmenterFacts?, mistake: CheckFinding?) in
      let path = fileName(of: place)
      do {
        guard fileExtension(of: place) == "json" else {
          return (try SegmenterFacts(ofNetworksAt: place, writtenAs: path), nil)
        }
        return (SegmenterFacts(try SegmenterValue(inFileAt: place, writtenAs: path).fitted), nil)
      } catch let error as any CodedError { return (nil, CheckFinding(error, on: "path")) } catch { return (nil, nil) }
    }
    if let mistake = found.mistake { call.report(mistake) }
    return .segmenter(found.facts ?? SegmenterFacts())
  }

  static func open(_ place: String, writtenAs path: String, _ context: Context) throws -> Value {
    .object(try SegmenterValue(inFileAt: place, writtenAs: path))
  }

  /// - Parameters:
  ///   - place: from the root.
  ///   - path: for messages.
  init(inFileAt place: String, writtenAs path: String) throws {
    if fileExtension(of: place) == "json" {
      self.init(try fittedSegmenter(decoding: try readFile(place, limit: SegmenterFile.largest), at: path))
    } else {
      let opened = try SegmenterOfNetworks(opening: place, writtenAs: path)
      self.init(opened.fitted, title: opened.title)
    }
  }
}

extension SegmenterValue {
  private enum CodingKeys: CodingKey { case title, fitted }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(title, forKey: .title)
    try fields.encode(StoredSegmenter(fitted), forKey: .fitted)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    title = try fields.decode(String.self, forKey: .title)
    fitted = try fields.decode(StoredSegmenter.self, forKey: .fitted).fitted
  }
}
