import Angiography
import Base
import Vocabulary

/// The metrics of two runs, cell by cell and image by image.
struct MetricsDifference {
  /// A measure of a cell: fractions.
  private struct Row {
    let cell: String
    let name: String
    let before, after: Double?
  }
  /// The DSC of an image.
  private struct ImageRow {
    let cell, image: String
    let before, after: Double?
  }

  private let rows: [Row]
  private let images: [ImageRow]
  private let heads: (String, String)

  init(_ before: RunFolder, _ after: RunFolder) throws(BookFileError) {
    heads = (before.name, after.name)
    let (a, b) = (try before.metrics(), try after.metrics())
    rows = Set(a.keys).union(b.keys).sorted().flatMap { cell -> [Row] in
      return SummaryColumn.all.map { column in
        func value(_ metrics: [String: JSON]) -> Double? {
          metrics[cell]?.fields[column.measure.rawValue]?.fields[column.isPooled ? "pooled" : "mean"]?.double
        }
        return Row(cell: cell, name: column.symbol, before: value(a), after: value(b))
      }
    }
    let (ones, others) = (try Self.images(before), try Self.images(after))
    images = (ones.map(\.key) + others.map(\.key).filter { key in !ones.contains { $0.key == key } }).map { key in
      ImageRow(
        cell: key.cell, image: key.image, before: ones.first { $0.key == key }?.dice,
        after: others.first { $0.key == key }?.dice)
    }
  }

  private struct ImageKey: Hashable { let cell, image: String }

  private static func images(_ run: RunFolder) throws(BookFileError) -> [(key: ImageKey, dice: Double?)] {
    let bytes = try run.bytes(of: "metrics.csv")
    let rows = (try? parseCSV(bytes)) ?? []
    guard let head = rows.first?.fields, let cell = head.firstIndex(of: "cell"),
      let image = head.firstIndex(of: "image"),
      let dice = head.firstIndex(of: Measure.dice.rawValue)
    else { return [] }
    return rows.dropFirst().filter { $0.fields.count == head.count }.map {
      (ImageKey(cell: $0.fields[cell], image: $0.fields[image]), Double($0.fields[dice]))
    }
  }

  private var changed: [Row] { rows.filter { $0.before != $0.after } }
  private var changedImages: [ImageRow] { images.filter { $0.before != $0.after } }

  var isSame: Bool { changed.isEmpty && changedImages.isEmpty }

  /// `3 of 10 differ: compare DSC 61.20 → 63.05`
  var sentence: String {
    if rows.isEmpty { return "none" }
    if isSame { return "the same" }
    guard let row = changed.first else { return "those of \(changedImages.count) images differ" }
    return
      "\(changed.count) of \(rows.count) differ: \(row.cell) \(row.name) \(percent(row.before)) → \(percent(row.after))"
      + (changed.count > 1 ? ", …" : "")
  }

  var tables: [TableValue] {
    if rows.isEmpty { return [] }
    let all = TableValue(
      title: "Means over the images and pooled, in %; the change in percentage points",
      columns: ["cell", "measure", heads.0, heads.1, "change"],
      rows: rows.map { [.text($0.cell), .text($0.name)] + Self.cells($0.before, $0.after) })
    if changedImages.isEmpty { return [all] }
    let single = TableValue(
      title: "\(Measure.dice.symbol) of the \(counted(changedImages.count, "image")) where it differs, in %",
      columns: ["cell", "image", heads.0, heads.1, "change"],
      rows: changedImages.map { [.text($0.cell), .text($0.image)] + Self.cells($0.before, $0.after) })
    return [all, single]
  }

  private static func cells(_ before: Double?, _ after: Double?) -> [TableValue.Cell] {
    func cell(_ value: Double?) -> TableValue.Cell { value.map { .number(100 * $0, decimals: 2) } ?? .empty }
    let change = before.flatMap { before in after.map { $0 - before } }
    return [cell(before), cell(after), cell(change)]
  }
}

private func percent(_ fraction: Double?) -> String {
  fraction.map { TableValue.Cell.number(100 * $0, decimals: 2).text } ?? "–"
}
