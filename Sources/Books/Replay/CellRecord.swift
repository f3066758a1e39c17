import Language
import Vocabulary

/// What a cell put out, as data: reports are made from it, and a later comparison can be.
public enum CellOutput: Sendable {
  case text(String)
  case figure(FigureRecord)
  case table(TableRecord)
  case metrics(MetricsRecord)
}

/// A figure with its renderings.
public struct FigureRecord: Sendable {
  /// The start of its files' names: the cell's label and its number in the cell.
  public let name: String
  public let caption: String?
  public let png: [UInt8]
  public let svg: [UInt8]
  public let pgm: [UInt8]
  /// Whether it is nothing but pixels, which a vector file would only wrap.
  public let isPixelsOnly: Bool
}

/// A table as text, with the columns that hold numbers.
public struct TableRecord: Sendable, Hashable {
  public let title: String
  public let columns: [String]
  public let rows: [[String]]
  /// For each column, whether it is set flush right.
  public let isNumeric: [Bool]

  public init(title: String, columns: [String], rows: [[String]], isNumeric: [Bool]) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.isNumeric = isNumeric
  }
}

/// A measurement of predictions against masks.
public struct MetricsRecord: Sendable, Hashable {
  /// One measure over the images, as fractions in [0, 1]; `nil` where it is undefined.
  public struct Measure: Sendable, Hashable {
    /// `dsc`, `sen`, `spe`, `acc`.
    public let name: String
    public let mean: Double?
    public let sd: Double?
    /// Over the pixels of all images together.
    public let pooled: Double?
    /// How many images the mean is over.
    public let n: Int

    public init(name: String, mean: Double?, sd: Double?, pooled: Double?, n: Int) {
      self.name = name
      self.mean = mean
      self.sd = sd
      self.pooled = pooled
      self.n = n
    }
  }

  public let measures: [Measure]
  /// How it is printed.
  public let tables: [TableRecord]
  /// The fields of the per-image rows, under those of a header.
  public let rows: [[String]]

  public init(measures: [Measure], tables: [TableRecord], rows: [[String]]) {
    self.measures = measures
    self.tables = tables
    self.rows = rows
  }
}

/// One cell of a replay: what it put out and how it ended.
public struct CellRecord: Sendable {
  public enum Ending: Sendable {
    case finished
    case skipped(reason: String)
    /// The error that the cell is there to show.
    case failedAsExpected(Diagnostic)
    case failed(Diagnostic)
    case timedOut(seconds: Double)
    case interrupted
    /// An earlier cell stopped the run.
    case notReached
  }

  public let cell: Cell
  public let outputs: [CellOutput]
  public let ending: Ending
  /// Wall-clock time.
  public let seconds: Double

  public init(cell: Cell, outputs: [CellOutput], ending: Ending, seconds: Double) {
    self.cell = cell
    self.outputs = outputs
    self.ending = ending
    self.seconds = seconds
  }
}

extension CellRecord {
  /// What of its output goes on record: its text, and its tables as they stand on a screen.
  public var textOnRecord: String {
    outputs.compactMap { output in
      switch output {
      case .text(let text): visible(text)
      case .table(let table): table.text
      case .metrics(let metrics): metrics.tables.map(\.text).joined(separator: "\n")
      case .figure: nil
      }
    }.joined(separator: "\n")
  }
}

extension TableRecord {
  var text: String { alignedTable(title: title, columns: columns, rows: rows, isNumeric: isNumeric) }
}
