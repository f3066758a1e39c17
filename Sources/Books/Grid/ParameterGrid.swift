import Base
import Language

/// The runs of a book that are asked for where params are given more than one value: `-P width=8,16 -P seed=1..3`.
///
/// Params that are numbers, truths or choices take several values, separated by commas; whole numbers take ranges too, with
/// both ends, `1..3` or `8..32..8` by a step. In a text or a path a comma is a comma.
public struct ParameterGrid: Sendable {
  /// A param with the values that it has in turn, as they were written.
  public struct Axis: Sendable, Hashable {
    public let name: String
    public let texts: [String]
  }

  /// One of the runs.
  public struct Combination: Sendable {
    /// A value an axis, in the order of the axes.
    public let texts: [String]
    /// The name of its output folder.
    public let folder: String
    /// All that its run is given.
    public let given: [ParameterValues.Given]
    /// `width = 8, seed = 2`
    public let words: String
  }

  /// In the order in which they were given first.
  public let axes: [Axis]
  /// The last axis changes fastest.
  public let combinations: [Combination]

  static let mostRuns = 1000
  /// Of a folder's name, in bytes, with room for a number and for what a run's folder is called meanwhile.
  private static let longestName = 180

  /// The grid that values ask for; `nil` where no param has more than one, or the book's params can't be read, which its run
  /// will say.
  ///
  /// - Throws: `grid-values` for values that are none of a grid, `grid-too-large`.
  public init?(_ given: [ParameterValues.Given], ofBookAt path: String) throws(BookMistakes) {
    guard path != ProgramFile.standardInput, let parameters = try? BookParameter.all(ofBookAt: path) else { return nil }
    var chosen: [ParameterValues.Given] = []
    for item in given {
      if let place = chosen.firstIndex(where: { $0.name == item.name }) {
        chosen[place] = item
      } else {
        chosen.append(item)
      }
    }
    var axes: [Axis] = []
    var mistakes: [Diagnostic] = []
    for item in chosen {
      let parameter = parameters.first { $0.name == item.name } ?? (item.name == BookParameter.seedName ? .seed : nil)
      guard let parameter else { continue }
      do throws(Diagnostic) {
        if let texts = try Self.texts(of: item, for: parameter) { axes.append(Axis(name: item.name, texts: texts)) }
      } catch { mistakes.append(error) }
    }
    guard mistakes.isEmpty else { throw BookMistakes(mistakes) }
    guard !axes.isEmpty else { return nil }
    let count = axes.reduce(1) {
      $0.multipliedReportingOverflow(by: $1.texts.count).overflow ? .max : $0 * $1.texts.count
    }
    guard count <= Self.mostRuns else {
      let item = chosen.first { $0.name == axes[0].name } ?? chosen[0]
      throw BookMistakes([
        Diagnostic(
          "grid-too-large", "the params ask for more than \(Self.mostRuns) runs", hint: "give fewer values",
          in: item.source,
          at: item.span)
      ])
    }
    self.axes = axes
    combinations = Self.combinations(of: axes, chosen)
  }

  private static func combinations(of axes: [Axis], _ chosen: [ParameterValues.Given]) -> [Combination] {
    let rows = axes.reduce([[]]) { rows, axis in rows.flatMap { row in axis.texts.map { row + [$0] } } }
    var taken: Set<String> = [GridReport.folder]
    return rows.map { texts in
      let pairs = zip(axes.map(\.name), texts)
      let name = String(pairs.map { "\($0)-\(fileWord($1))" }.joined(separator: "_").prefix(longestName))
      let folder = ([name] + (2...mostRuns + 2).lazy.map { "\(name)-\($0)" }).first { !taken.contains($0) } ?? name
      taken.insert(folder)
      let byName = Dictionary(pairs.map { ($0, $1) }) { first, _ in first }
      return Combination(
        texts: texts, folder: folder, given: chosen.map { item in byName[item.name].map(item.with(text:)) ?? item },
        words: pairs.map { "\($0) = \($1)" }.joined(separator: ", "))
    }
  }

  /// A value as a part of a file's name.
  private static func fileWord(_ text: String) -> String {
    String(text.prefix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
  }

  /// The values that a text stands for; `nil` where it is one.
  private static func texts(
    of item: ParameterValues.Given, for parameter: BookParameter
  ) throws(Diagnostic) -> [String]? {
    // A choice may have a comma in its name.
    if parameter.type == .text || parameter.type == .path || (try? parameter.value(of: item.text)) != nil { return nil }
    guard item.text.contains(",") || item.text.contains("..") else { return nil }
    var texts: [String] = []
    for piece in item.text.split(separator: ",", omittingEmptySubsequences: false).map({ String(trimmed($0)) }) {
      let isRange = piece.contains("..") && (parameter.type == .int || parameter.type == .number)
      guard !piece.isEmpty else {
        throw Diagnostic(
          "grid-values", "a value of '\(item.name)' is missing between two commas", hint: "write 8,16", in: item.source,
          at: item.span)
      }
      let values = isRange ? range(piece, isWhole: parameter.type == .int) : [piece]
      guard let values else {
        throw Diagnostic(
          "grid-values", "'\(clipped(piece))' are no values of '\(item.name)'",
          hint: parameter.type == .int
            ? "values are written 8,16 or 1..3, or 8..32..8 by a step"
            : parameter.type == .number
              ? "values are written 0.1,0.2 or 0.1..0.5..0.1, by a step" : "values are written one,two",
          in: item.source, at: item.span)
      }
      texts += values
    }
    return withoutRepetition(texts, parameter)
  }

  /// `1..3` → 1, 2, 3; `0.1..0.3..0.1` with a step; `nil` where it is no range, or one of more than there may be runs.
  private static func range(_ text: String, isWhole: Bool) -> [String]? {
    let parts = text.split(separator: "..", omittingEmptySubsequences: false).map { String(trimmed($0)) }
    guard (2...3).contains(parts.count), isWhole || parts.count == 3 else { return nil }
    let decimals = parts.map(decimalPlaces).max() ?? 0
    let scale = (0..<max(0, min(decimals, 15))).reduce(1.0) { scale, _ in scale * 10 }
    // In units of the last digit written, so that steps of 0.1 are no sums of rounded numbers.
    let numbers = (parts.count == 2 ? parts + ["1"] : parts).map { Double($0).map { ($0 * scale).rounded() } }
    guard decimals <= 12, !isWhole || decimals <= 0, let first = numbers[0], let last = numbers[1],
      let step = numbers[2],
      [first, last, step].allSatisfy({ abs($0) <= 0x1p53 }), step > 0, first <= last,
      (last - first) / step < Double(mostRuns)
    else { return nil }
    return stride(from: first, through: last, by: step).map { unit in
      scale == 1 ? String(Int(unit)) : plain(unit / scale)
    }
  }

  /// Digits behind the point that a number is written with: 3 of `0.125` and of `1e-3`.
  private static func decimalPlaces(_ text: String) -> Int {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    let fraction = parts[0].split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    return fraction - (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
  }

  /// Each value once, however it is written: `1` and `01` are one.
  private static func withoutRepetition(_ texts: [String], _ parameter: BookParameter) -> [String] {
    var seen: Set<String> = []
    return texts.filter { text in
      let value = (try? parameter.value(of: text)).map { value in
        if case .number(let number, _) = value { "\(number)" } else { inline(value) }
      }
      return seen.insert(value ?? text).inserted
    }
  }
}
