import Figures
import Language

/// The labels of a figure as text over its picture in blocks, where letters drawn as blocks can't be read.
package struct LabelOverlay {
  /// One piece of text in the picture's rows.
  package struct Run: Hashable {
    /// From the top and the left, from 0.
    package let row: Int
    package let column: Int
    package let text: String
    fileprivate let colour: Colour
    fileprivate let isBold: Bool

    fileprivate var cells: Set<[Int]> { Set((0..<displayWidth(text)).map { [row, column + $0] }) }
  }

  package private(set) var runs: [Run] = []
  private let columns: Int
  private let rows: Int

  /// Places every label as near to its own place as the rows and columns allow. One that would cover another is left
  /// out; those that the figure has upward come last and move down along their side.
  package init(_ figure: Figure, columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    var taken: Set<[Int]> = []
    let across = figure.labels.filter { $0.direction == .across }
    for label in across + figure.labels.filter({ $0.direction == .upward }) {
      for run in places(of: label, on: figure.size) {
        // A column of space keeps neighbours apart.
        let cells = run.cells.flatMap { [$0, [$0[0], $0[1] - 1], [$0[0], $0[1] + 1]] }
        guard taken.isDisjoint(with: cells) else { continue }
        taken.formUnion(run.cells)
        runs.append(run)
        break
      }
    }
  }

  /// The text of a label where it may stand, the best place first.
  private func places(of label: Figure.Label, on page: Figure.Size) -> [Run] {
    let (perColumn, perRow) = (page.width / Double(columns), page.height / Double(rows))
    // Letters below each other can't be read: what is written upward stands across, in no more than a third of the width.
    let isUpward = label.direction == .upward
    let most =
      isUpward
      ? min(columns, max(columns / 3, 12))
      : label.maximumWidth.map { min(max(Int($0 / perColumn), 1), columns) } ?? columns
    let text = fitted(label.text, columns: most)
    guard !text.isEmpty else { return [] }
    let length = Double(displayWidth(text))
    func share(_ whole: Double) -> Double {
      switch label.horizontal {
      case .left: 0
      case .center: whole / 2
      case .right: whole
      }
    }
    // Capital letters are about 0.7 of the font's size high.
    let toMiddle =
      switch label.vertical {
      case .top: 0.35 * label.size
      case .middle: 0.0
      case .baseline: -0.35 * label.size
      }
    func run(_ column: Int, _ row: Int) -> Run {
      Run(
        row: min(max(row, 0), rows - 1), column: min(max(column, 0), max(columns - displayWidth(text), 0)), text: text,
        colour: label.colour, isBold: label.weight == .bold)
    }
    guard isUpward else {
      let column = Int((label.anchor.x / perColumn - share(length)).rounded())
      return [run(column, Int((label.anchor.y + toMiddle) / perRow))]
    }
    // From the top of the side that it is written along.
    let side = label.maximumWidth ?? 0
    let top = label.anchor.y - side + share(side)
    let (first, last) = (Int(top / perRow), Int((top + side) / perRow))
    return (first...max(first, last)).prefix(rows).map { run(Int((label.anchor.x + toMiddle) / perColumn), $0) }
  }

  /// Writes them when the cursor stands on the picture's last row, and leaves it there.
  package func sequences(colours: TerminalColours) -> String {
    var result = ""
    for run in runs {
      let above = rows - 1 - run.row
      let up = above > 0 ? "\u{1B}[\(above)A" : ""
      let down = above > 0 ? "\u{1B}[\(above)B" : ""
      let style = Self.style(run.colour, isBold: run.isBold, colours)
      result += "\(up)\u{1B}[\(run.column + 1)G\(style)\(run.text)\u{1B}[0m\(down)"
    }
    return result
  }

  /// The label's colour on the white of the page.
  private static func style(_ colour: Colour, isBold: Bool, _ colours: TerminalColours) -> String {
    let weight = isBold ? "1;" : ""
    switch colours {
    case .all: return "\u{1B}[\(weight)38;2;\(colour.red);\(colour.green);\(colour.blue);48;2;255;255;255m"
    case .indexed256:
      func level(_ value: UInt8) -> Int { (Int(value) * 5 + 127) / 255 }
      let index = 16 + 36 * level(colour.red) + 6 * level(colour.green) + level(colour.blue)
      return "\u{1B}[\(weight)38;5;\(index);48;5;231m"
    case .indexed16: return "\u{1B}[30;107m"
    case .none: return isBold ? "\u{1B}[1m" : ""
    }
  }
}
