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
  /// out.
  package init(_ figure: Figure, columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    var taken: Set<[Int]> = []
    for label in figure.labels {
      let placed = place(label, on: figure.size)
      // A column of space keeps neighbours apart.
      let cells = placed.flatMap { run in run.cells.flatMap { [$0, [$0[0], $0[1] - 1], [$0[0], $0[1] + 1]] } }
      guard !placed.isEmpty, taken.isDisjoint(with: cells) else { continue }
      for run in placed { taken.formUnion(run.cells) }
      runs += placed
    }
  }

  /// The text of a label; one that is written upward as letters below each other.
  private func place(_ label: Figure.Label, on page: Figure.Size) -> [Run] {
    let (perColumn, perRow) = (page.width / Double(columns), page.height / Double(rows))
    let isUpward = label.direction == .upward
    let room = isUpward ? rows : columns
    let most = label.maximumWidth.map { min(max(Int($0 / (isUpward ? perRow : perColumn)), 1), room) } ?? room
    let text = fitted(label.text, columns: most)
    let length = Double(displayWidth(text))
    let before =
      switch label.horizontal {
      case .left: 0.0
      case .center: length / 2
      case .right: length
      }
    // Capital letters are about 0.7 of the font's size high.
    let toMiddle =
      switch label.vertical {
      case .top: 0.35 * label.size
      case .middle: 0.0
      case .baseline: -0.35 * label.size
      }
    func run(_ text: String, _ column: Int, _ row: Int) -> Run {
      Run(
        row: min(max(row, 0), rows - 1), column: min(max(column, 0), max(columns - displayWidth(text), 0)), text: text,
        colour: label.colour, isBold: label.weight == .bold)
    }
    guard isUpward else {
      let column = Int((label.anchor.x / perColumn - before).rounded())
      return text.isEmpty ? [] : [run(text, column, Int((label.anchor.y + toMiddle) / perRow))]
    }
    let column = Int((label.anchor.x + toMiddle) / perColumn)
    let first = Int((label.anchor.y / perRow - length + before).rounded())
    return text.enumerated().compactMap { index, letter in
      letter == " " || first + index < 0 || first + index >= rows ? nil : run(String(letter), column, first + index)
    }
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
