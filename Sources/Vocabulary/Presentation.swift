import Base
import Figures
import Imaging
import Language

/// How a value is shown, in whatever shows it: a terminal, a report.
public enum Presentation: Sendable, Codable {
  case text(String)
  case figure(Figure)
  case table(TableValue)
  case metrics(MetricsValue)
}

/// What to show for a value: a picture or a table where it has one, its text otherwise.
///
/// Lists and records of such values are shown one after the other; a sample or a prediction taken out of its dataset is
/// one picture. Drawing can fail for odd sizes; the text then stands in.
public func presentations(of value: Value) -> [Presentation] {
  switch value {
  case .list(let values):
    if let together = shownTogether(values) { return [together] }
    return values.contains(where: isPictured) ? values.flatMap(presentations) : [.text(display(value))]
  case .record(let record): return shown(record)
  case .object(let object): return shown(object)
  default: return [.text(display(value))]
  }
}

/// A type of value that says itself what is to be seen of it.
protocol Presentable: ObjectValue {
  /// Pictures and tables, in their order. Drawing can fail for odd sizes; the display then stands in.
  var presentations: [Presentation] { get throws }
  /// Whether lists and records that hold it are shown by it rather than as text.
  static var isShownInside: Bool { get }
}

extension Presentable {
  static var isShownInside: Bool { true }
}

/// A value that is shown as one figure, with its summary below; lists of such values are shown as text.
protocol ShownByFigure: Presentable {
  var figure: Figure { get throws }
}

extension ShownByFigure {
  static var isShownInside: Bool { false }

  var presentations: [Presentation] {
    get throws {
      var figure = try figure
      figure.caption = summary
      return [.figure(figure)]
    }
  }
}

private func shown(_ object: any ObjectValue) -> [Presentation] {
  (try? (object as? any Presentable)?.presentations) ?? [.text(object.display)]
}

private func isPictured(_ value: Value) -> Bool {
  switch value {
  case .object(let object): (object as? any Presentable).map { type(of: $0).isShownInside } ?? false
  case .record(let record): record.names.contains { record[$0].map(isPictured) ?? false }
  default: false
  }
}

// MARK: Records

/// A sample or a prediction as one picture; of another record with something to see each field, what is text first.
private func shown(_ record: Record) -> [Presentation] {
  guard isPictured(.record(record)) else { return [.text(display(.record(record)))] }
  if let picture = RecordPicture(record) { return [picture.presentation] }
  var texts = Record()
  var others: [Presentation] = []
  for name in record.names {
    guard let value = record[name] else { continue }
    if isPictured(value) {
      others += [.text("\(name):")] + presentations(of: value)
    } else {
      texts[name] = value
    }
  }
  return (texts.names.isEmpty ? [] : [.text(display(.record(texts)))]) + others
}

/// Several samples as a sheet, several predictions as a panel, records of the same plain fields as a table; `nil` for
/// other values, and for none.
private func shownTogether(_ values: [Value]) -> Presentation? {
  let records = values.compactMap { if case .record(let record) = $0 { record } else { nil } }
  guard let first = records.first, records.count == values.count else { return nil }
  let pictures = records.compactMap { RecordPicture($0) }
  if pictures.count == records.count { return pictures.count == 1 ? pictures[0].presentation : sheet(of: pictures) }
  guard records.count > 1, !first.names.isEmpty else { return nil }
  let isTable = records.allSatisfy { record in
    record.names == first.names && record.names.allSatisfy { record[$0]?.isPlain ?? false }
  }
  guard isTable else { return nil }
  let rows = records.map { record in
    record.names.map { TableValue.Cell.text(display(record[$0] ?? .none)) }
  }
  return .table(TableValue(columns: first.names, rows: rows))
}

private func sheet(of pictures: [RecordPicture]) -> Presentation? {
  let samples = pictures.compactMap(\.sample)
  if samples.count == pictures.count {
    return (try? Figure.contactSheet(samples, caption: counted(samples.count, "angiogram"))).map { .figure($0) }
  }
  let rows = pictures.compactMap(\.row)
  guard rows.count == pictures.count else { return nil }
  return (try? Figure.panel(rows: rows, columnTitles: RecordPicture.titles)).map { .figure($0) }
}

extension Value {
  /// Whether a cell of a table holds it.
  fileprivate var isPlain: Bool {
    switch self {
    case .none, .truth, .number, .text: true
    default: false
    }
  }
}
