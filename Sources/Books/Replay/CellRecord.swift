import Base
import Figures
import Language
import Vocabulary

/// What a cell put out, as a value: reports make files of it, and a comparison can look into it.
public struct CellOutput: Sendable {
  /// A text, a figure's scene, a table at full precision, or metrics with their counts.
  public let shown: Presentation
  /// Of a figure: how the names of its files start, the cell's label and the figure's number in the cell. Else empty.
  public let name: String
  /// Below a figure.
  public let caption: String?
  /// The caption that the program gave, if it did.
  let givenCaption: String?
  /// The blob of the cache that it was read from.
  private let blob: String?

  init(_ shown: Presentation) { (self.shown, name, caption, givenCaption, blob) = (shown, "", nil, nil, nil) }

  /// A figure of a cell.
  ///
  /// - Parameter number: among the cell's figures, from 1: the first has the caption of the cell's options, where the program
  ///   gives none.
  init(_ figure: Figure, number: Int, of cell: Cell, givenCaption: String?, blob: String? = nil) {
    shown = .figure(figure)
    name = "\(cell.label)-\(number)"
    self.givenCaption = givenCaption
    self.blob = blob
    caption = givenCaption ?? (number == 1 ? cell.options.caption : nil) ?? figure.caption
  }
}

extension CellOutput {
  /// The digest of its stored form.
  var digest: String? { blob ?? (try? storedForm(of: StoredOutput(self))).map(sha256) }
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
  /// Wall-clock time; of a cell that did not run again, when it ran.
  public let seconds: Double
  /// Whether it did not run again, since nothing had changed.
  public let isCached: Bool
  /// SHA-256 of every file that it read, by its path as the record names it.
  public let filesRead: [String: String]
  /// All that it learnt from the file system; `nil` where that is not known.
  var files: CellFiles?

  public init(
    cell: Cell, outputs: [CellOutput] = [], ending: Ending, seconds: Double = 0, isCached: Bool = false,
    filesRead: [String: String] = [:]
  ) {
    self.cell = cell
    self.outputs = outputs
    self.ending = ending
    self.seconds = seconds
    self.isCached = isCached
    self.filesRead = filesRead
  }
}

extension CellRecord.Ending {
  /// Whether the cell did all that it is there for.
  var isWhole: Bool {
    switch self {
    case .finished, .failedAsExpected: true
    default: false
    }
  }

  /// The mistake that it was there to show.
  var shownMistake: Diagnostic? {
    if case .failedAsExpected(let diagnostic) = self { diagnostic } else { nil }
  }
}

extension CellRecord {
  /// What of its output goes on record: its text, and its tables as they stand on a screen.
  public var textOnRecord: String {
    outputs.compactMap { output in
      switch output.shown {
      case .text(let text): visible(text)
      case .table(let table): table.withoutTimes.display
      case .metrics(let metrics): metrics.display
      case .figure: nil
      }
    }.joined(separator: "\n")
  }
}
