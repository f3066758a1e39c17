import Base
import Language
import Methods

/// A function that makes probabilities what they say, with what it was fitted on.
public struct CalibratorValue: ObjectValue {
  package let fitted: FittedCalibrator

  package init(_ fitted: FittedCalibrator) { self.fitted = fitted }

  public static let typeName = "calibrator"
  public static let meaning = "what `calibrate` has fitted: a function of probabilities that never falls"
  public static let members = [
    MemberDeclaration("method", .text, "`temperature` or `isotonic`"),
    MemberDeclaration("temperature", .oneOf([.number, .none]), "what logits are divided by; none of an isotonic one"),
    MemberDeclaration("table", .object(TableValue.typeName), "what becomes of some probabilities"),
    MemberDeclaration("names", .list(of: .text), "the angiograms that it was fitted on"),
  ]

  public var summary: String {
    let count = fitted.images.count
    let number =
      switch fitted.calibrator {
      case .temperature(let scaling): " \(formatted(scaling.temperature, decimals: 3))"
      case .isotonic(let regression): ", \(regression.values.count) knots"
      }
    return "calibrator \(fitted.calibrator.method.rawValue)\(number), fitted on \(fitted.predictions) for \(count) "
      + (count == 1 ? "image" : "images")
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "method": return .text(fitted.calibrator.method.rawValue)
    case "temperature":
      if case .temperature(let scaling) = fitted.calibrator { return .number(scaling.temperature) }
      return .none
    case "table": return .object(table)
    default: return .list(fitted.images.map { .text($0.name) })
    }
  }

  /// An isotonic one at its knots, another one every twentieth.
  private var table: TableValue {
    let pairs: [(Double, Double)] =
      switch fitted.calibrator {
      case .temperature(let scaling): (0...20).map { (Double($0) / 20, scaling(Double($0) / 20)) }
      case .isotonic(let regression): Array(zip(regression.probabilities, regression.values))
      }
    return TableValue(
      title: summary, columns: ["probability", "calibrated"],
      rows: pairs.map { [.number($0, decimals: 6), .number($1, decimals: 6)] })
  }
}

extension CalibratorValue: Openable {
  static let openedEndings = ["json"]
  static let fileForm = FileForm("calibrators", .oneOf(openedEndings), "calibrators are written as .json")

  func write(to target: FileTarget) throws { try target.write(fitted.fileText) }

  /// Segmenters have the same ending.
  static func isFile(at place: String) -> Bool {
    (try? readFile(place, limit: FittedCalibrator.largestFile)).map { FittedCalibrator.isFile($0) } ?? false
  }

  static func known(ofFileAt place: String, _ call: inout CheckedCall) -> Known? {
    let mistakes = call.remembered("calibrator \(place)") { _ -> [CheckFinding] in
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

  private static func fit(inFileAt place: String, writtenAs path: String) throws -> CalibratorValue {
    CalibratorValue(
      try FittedCalibrator(decoding: try readFile(place, limit: FittedCalibrator.largestFile), at: path))
  }
}
