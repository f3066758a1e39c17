import Base

/// A method with some of its parameters set, beside the one with its defaults.
package struct SegmenterVariant: Segmenter {
  private var base: any TunableSegmenter
  private let settings: MethodSettings
  /// As it is asked for: `stacked territory: no`.
  package let name: String
  /// "stacked trees, territory no".
  package let title: String

  /// The same, whose fits share what they make of angiograms whatever they learn.
  package func sharing(_ known: StackedImages) -> SegmenterVariant {
    var other = self
    other.base = base.sharing(known)
    return other
  }

  package func fit(to training: TrainingSet, _ fit: Fit) throws -> any FittedSegmenter {
    try fit.trainings.note(fit.label, done: 0, of: 1)
    return try base.fitted(with: settings.values, to: training)
  }

  /// Whether another is the same method with the same values, in whatever order they are set.
  package func isSame(as other: SegmenterVariant) -> Bool {
    base.name == other.base.name && settings.values == other.settings.values
  }

  /// Why a text names no variant.
  package enum Misfit: Error {
    case unknownMethod(String)
    /// No parameter is set, or each to its default.
    case nothingSet
    /// `territory` without a colon and a value, or one that is set twice.
    case unreadable(String)
    case unknownParameter(String, of: any TunableSegmenter)
    case wrongValue(MethodParameter, String)
    case idle(MethodParameter, with: String, chosen: String, countsWith: [String])
    case conflict(String)
  }

  /// - Parameter text: `stacked territory: no, trees: 100`.
  package init(_ text: String) throws(Misfit) {
    let method = text.prefix { $0 != " " }
    guard let base = Segmenters.tunable(named: String(method)) else { throw .unknownMethod(String(method)) }
    let rest = text.dropFirst(method.count)
    guard rest.contains(where: { $0 != " " }) else { throw .nothingSet }
    var settings = MethodSettings(base.parameters, values: base.initialValues)
    var given: [MethodParameter] = []
    for setting in rest.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = setting.split(separator: ":", omittingEmptySubsequences: false).map(\.trimmingSpaces)
      guard sides.count == 2, !sides[1].isEmpty else { throw .unreadable(setting.trimmingSpaces) }
      guard let parameter = base.parameters.first(where: { $0.name == sides[0] }) else {
        throw .unknownParameter(sides[0], of: base)
      }
      guard !given.contains(where: { $0.name == parameter.name }) else { throw .unreadable(setting.trimmingSpaces) }
      guard let value = parameter.value(of: sides[1]) else { throw .wrongValue(parameter, sides[1]) }
      settings[parameter.name] = value
      given.append(parameter)
    }
    for parameter in given {
      guard let (name, words, chosen) = settings.missingCondition(of: parameter) else { continue }
      throw .idle(parameter, with: name, chosen: chosen, countsWith: words)
    }
    if let conflict = base.conflict(in: settings) { throw .conflict(conflict.message) }
    guard settings.values != base.initialValues else { throw .nothingSet }
    (self.base, self.settings) = (base, settings)
    let values = given.map { ($0.name, $0.plainText(settings[$0.name])) }
    name = "\(base.name) " + values.map { "\($0): \($1)" }.joined(separator: ", ")
    title = base.title + values.map { ", \($0) \($1)" }.joined()
  }
}
