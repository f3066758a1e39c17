import Language
import Methods

/// The labels of the classical methods' parameters, as commands take them: one of several methods may have each.
enum MethodOptions {
  static let method = Parameter.option(
    "method", .choice(Segmenters.tunable.map(\.name)), default: .text(StackedSegmenter().name), "which one")

  static let methodOrModel = Parameter.option(
    "method", .optional(.choice(Segmenters.tunable.map(\.name))), default: Value.none,
    "which one; left out, the U-Net in the box, or, with `trained-on:`, `stacked`")

  static let trainedOn = Parameter.option(
    "trained-on", .optional(.object(DatasetValue.typeName)), default: Value.none,
    "angiograms with masks, for a method that learns from them; left out, `stacked` is the model that comes with the program"
  )

  /// In the order of the methods, each name once.
  static let parameters: [Parameter] = {
    var names: [String] = []
    for parameter in Segmenters.tunable.flatMap(\.parameters) where parameter.initial != nil {
      if !names.contains(parameter.name) { names.append(parameter.name) }
    }
    return names.map { name in
      let owners = Segmenters.tunable.compactMap { method in
        method.parameters.first { $0.name == name }.map { (method: method.name, parameter: $0) }
      }
      return Parameter.option(name, .optional(accepted(owners.map(\.parameter))), default: Value.none, help(owners))
    }
  }()

  /// What any of them can be.
  private static func accepted(_ parameters: [MethodParameter]) -> Accepts {
    var words: [String] = []
    var (least, most) = (Double.infinity, -Double.infinity)
    var isWhole = true
    for parameter in parameters {
      switch parameter.kind {
      case .choice(let choices): words += choices.filter { !words.contains($0) }
      case .number(let range):
        isWhole = false
        (least, most) = (min(least, range.lowerBound), max(most, range.upperBound))
      case .whole(let range):
        (least, most) = (min(least, Double(range.lowerBound)), max(most, Double(range.upperBound)))
      }
    }
    if !words.isEmpty { return .choice(words) }
    return isWhole ? .integer(.within(least...most)) : .number(.one, .within(least...most))
  }

  /// `homomorphic (a whole number from 3 to 101 px at 512, default 15): side of the window that slides; variational …`
  private static func help(_ owners: [(method: String, parameter: MethodParameter)]) -> String {
    owners.map { method, parameter in
      let initial = parameter.initial.map(parameter.plainText) ?? ""
      return "\(method) (\(parameter.domain), default \(initial)): \(parameter.meaning)"
    }.joined(separator: "; ")
  }

  /// The values of a method's parameters, with the defaults where nothing is said. Reports labels that the method does not
  /// have, and values that are none of its own.
  static func values(of method: any TunableSegmenter, _ call: inout CheckedCall) -> [Double]? {
    for parameter in parameters where call.isGiven(parameter.name) && call.isNone(parameter.name) == false {
      if !method.parameters.contains(where: { $0.name == parameter.name }) {
        call.report(
          Failure(
            "method-without-parameter", "`\(method.name)` has no parameter `\(parameter.name)`",
            hint: "it has \(method.parameters.map(\.name).joined(separator: ", "))"), on: parameter.name)
      }
    }
    var values: [Double] = []
    for parameter in method.parameters {
      // What is left out is `none`, which stands for the default.
      guard let isNone = call.isNone(parameter.name) else { return nil }
      if isNone {
        values.append(parameter.initial ?? 0)
        continue
      }
      let value: Double?
      if case .choice(let words) = parameter.kind {
        value = call.text(parameter.name).flatMap { words.firstIndex(of: $0) }.map(Double.init)
      } else {
        value = call.number(parameter.name)
      }
      guard let value else { return nil }
      guard parameter.allows(value) else {
        call.report(
          Failure(
            "method-parameter", "`\(parameter.name)` of `\(method.name)` is \(parameter.domain)",
            hint: parameter.initial.map { "the default is \(parameter.written($0))" }), on: parameter.name)
        return nil
      }
      values.append(value)
    }
    report(conflictsIn: MethodSettings(method.parameters, values: values), of: method, &call)
    return values
  }

  /// Reports what is given and changes nothing, and what can't stand together.
  private static func report(
    conflictsIn settings: MethodSettings, of method: any TunableSegmenter, _ call: inout CheckedCall
  ) {
    for parameter in method.parameters where call.isGiven(parameter.name) && call.isNone(parameter.name) == false {
      guard let needed = settings.missingCondition(of: parameter) else { continue }
      call.report(
        Failure(idle: parameter.name, with: needed.parameter, needed.chosen, countsWith: needed.words),
        on: parameter.name)
    }
    if let conflict = method.conflict(in: settings) {
      call.report(Failure("contradiction", conflict.message), on: conflict.parameter)
    }
  }

  /// The method that `method:` names; where it may be left out and is, the one that learns best.
  static func chosen(_ call: CheckedCall) -> (any TunableSegmenter)? {
    if call.isNone("method") == true { return StackedSegmenter() }
    return call.text("method").flatMap(Segmenters.tunable(named:))
  }

  static let codes = [
    CodeEntry(
      "method-without-parameter", "a parameter that another method has",
      .program("segment (phantom 1 size: 64) method: regions window: 15")),
    CodeEntry(
      "method-parameter", "a value that the method's parameter can't have",
      .program("segment (phantom 1 size: 64) method: regions depth: 0.8")),
  ]
}
