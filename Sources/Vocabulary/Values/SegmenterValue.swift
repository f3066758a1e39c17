import Base
import Language
import Methods
import Networks

/// A method that has learnt: the numbers of a classical one, or the networks that a comparison has trained for one fold.
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
  public static let meaning = "a method that has learnt: the numbers of a classical one, or the networks of one fold"
  public static let members = [
    MemberDeclaration("method", .text, "what it is called in tables"),
    MemberDeclaration("parameters", .record, "the numbers that it has learnt; none where it has learnt networks"),
    MemberDeclaration("networks", .list(of: .object(NetworkValue.typeName)), "its networks; empty where it has none"),
  ]

  public var summary: String {
    let count = fitted.networks.count
    return count == 0 ? "segmenter \(label)" : "segmenter \(title), \(count) network\(count == 1 ? "" : "s")"
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "method": return .text(title)
    case "parameters": return .record(Record(parameters.map { ($0.parameter, $0.value) }))
    default: return .list(fitted.networks.map { .object(NetworkValue($0)) })
    }
  }
}

extension SegmenterValue: Openable {
  static let openedEndings = ["json"]
  static let fileForm = FileForm("segmenters", .oneOf(openedEndings), "segmenters are written as .json")

  /// - Throws: `cannot-save` for one of networks.
  func write(to target: FileTarget) throws {
    guard let fit = fitted as? any FiledSegmenter else {
      throw Failure(
        "cannot-save", "the \(summary) is no file of its own", hint: "save its networks: s.networks[0]")
    }
    try target.write(fit.fileText)
  }

  static func known(ofFileAt place: String, _ call: inout CheckedCall) -> Known? {
    let mistakes = call.remembered("segmenter \(place)") { _ -> [CheckFinding] in
      do { _ = try fit(inFileAt: place, writtenAs: fileName(of: place)) } catch let error as any CodedError {
        return [CheckFinding(error, on: "path")]
      } catch {}
      return []
    }
    for mistake in mistakes { call.report(mistake) }
    return Known(.object(typeName))
  }

  static func open(_ place: String, writtenAs path: String, _ context: Context) throws -> Value {
    .object(try fit(inFileAt: place, writtenAs: path))
  }

  private static func fit(inFileAt place: String, writtenAs path: String) throws -> SegmenterValue {
    SegmenterValue(try fittedSegmenter(decoding: try readFile(place, limit: SegmenterFile.largest), at: path))
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
