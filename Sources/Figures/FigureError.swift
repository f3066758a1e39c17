/// Why a figure cannot be made.
public enum FigureError: Error, Sendable, Hashable {
  /// No image, series or row was given; `what` names the figure.
  case nothingToDraw(what: String)
  /// Two images that lie on each other differ in size.
  case sizesDiffer(what: String, width: Int, height: Int, expectedWidth: Int, expectedHeight: Int)
  /// A row of a panel does not have a cell for every column.
  case raggedRow(title: String, cells: Int, columns: Int)
  /// The drawing would have more pixels than the renderer can hold.
  case tooLarge(width: Int, height: Int, limit: Int)
  /// The drawing library refused; `reason` is its own wording.
  case notDrawn(reason: String)

  public var code: String {
    switch self {
    case .nothingToDraw: "figure-empty"
    case .sizesDiffer: "figure-sizes-differ"
    case .raggedRow: "figure-ragged-row"
    case .tooLarge: "figure-too-large"
    case .notDrawn: "figure-not-drawn"
    }
  }

  public var message: String {
    switch self {
    case .nothingToDraw(let what): "\(what) has nothing to draw"
    case .sizesDiffer(let what, let width, let height, let expectedWidth, let expectedHeight):
      "\(what) is \(width) × \(height), the image it lies on is \(expectedWidth) × \(expectedHeight)"
    case .raggedRow(let title, let cells, let columns):
      "row \"\(title)\" of the panel has \(cells) cells, there are \(columns) columns"
    case .tooLarge(let width, let height, let limit):
      "the figure would be \(width) × \(height) pixels; at most \(limit) a side can be drawn"
    case .notDrawn(let reason): "the figure could not be drawn: \(reason)"
    }
  }

  public var hint: String? {
    switch self {
    case .nothingToDraw, .notDrawn: nil
    case .sizesDiffer: "resize one of them, or take both from the same image"
    case .raggedRow: "give every row one cell for each column"
    case .tooLarge: "show fewer images, or write it as svg or pdf"
    }
  }
}
