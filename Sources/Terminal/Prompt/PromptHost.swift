import Angiography
import Base
import Figures
import Imaging
import Language
import Synchronization
import Vocabulary

/// Runs one input for the prompt: shows what it puts out, counts how far it has come, carries Ctrl-C to it.
package final class PromptHost: Host {
  /// How much the user wants the command to go on.
  private enum Wish {
    static let goOn = 0
    /// Ctrl-C: stop after the current step and hand over what there is.
    static let stop = 1
    /// Ctrl-C again, later: leave out what would only make that better.
    static let hurry = 2
    /// Ctrl-C again, at once: nobody waits for it any more.
    static let abandoned = 3
  }

  private enum Event: Sendable {
    case output(Output)
    case statementEnded
  }

  private struct State: Sendable {
    /// The text that was put out, for a book.
    var texts: [PutText] = []
    /// How many texts there were before the last statement that ran to its end, and after it.
    var (textsBeforeLast, textsOfStatements) = (0, 0)
    /// What is to be shown when the input has ended.
    var waiting: [Event] = []
    /// What checking warned of, likewise.
    var warnings: [Diagnostic] = []
    var progress: Progress?
    var lastRedraw = -Double.infinity
    var hasLostFigure = false
  }

  private let screen: Screen
  private let cell: String
  private let folder: SessionFolder
  private let readingFolder: String
  private let isInBackground: Bool
  private let wish = Atomic<Int>(Wish.goOn)
  /// Figures written to files so far.
  private let figureCount = Atomic<Int>(0)
  private let state = Mutex(State())
  /// The status line is redrawn no more often than this, in seconds.
  private static let redrawInterval = 0.05

  /// - Parameters:
  ///   - folder: the working folder: output goes there, and paths start there.
  ///   - readingFolder: where paths start instead, for the cells of a book.
  ///   - isInBackground: whether what it puts out waits until the input has ended.
  package init(
    screen: Screen, cell: String, folder: SessionFolder, readingFolder: String? = nil, isInBackground: Bool = false
  ) {
    self.screen = screen
    self.cell = cell
    self.folder = folder
    self.readingFolder = readingFolder ?? folder.folder.path
    self.isInBackground = isInBackground
  }

  package var isCancelled: Bool { wish.load(ordering: .relaxed) != Wish.goOn }
  /// Once true, nothing that the command still puts out is shown, and it may write no further file.
  package var isAbandoned: Bool { wish.load(ordering: .relaxed) == Wish.abandoned }
  package var pausedSeconds: Double { secondsStopped }
  package var isHurried: Bool { wish.load(ordering: .relaxed) >= Wish.hurry }
  package func cancel() { wish.max(isCancelled ? Wish.hurry : Wish.stop, ordering: .relaxed) }
  package func abandon() { wish.store(Wish.abandoned, ordering: .relaxed) }

  /// The text that the statements put out which ran to their end: what `print` wrote, and values and tables as text; and
  /// that of all but the last of them.
  var textsOfStatements: (all: [PutText], beforeLast: [PutText]) {
    state.withLock { (Array($0.texts.prefix($0.textsOfStatements)), Array($0.texts.prefix($0.textsBeforeLast))) }
  }
  /// Whether a figure could not be written.
  package var hasLostFigure: Bool { state.withLock { $0.hasLostFigure } }
  /// All texts that were put out so far.
  var texts: [PutText] { state.withLock { $0.texts } }
  package var latestProgress: Progress? { state.withLock { $0.progress } }

  /// Shows what waited for the end of a background input.
  package func showWaiting() {
    let (warnings, waiting) = state.withLock { state in
      defer { (state.warnings, state.waiting) = ([], []) }
      return (state.warnings, state.waiting)
    }
    warnings.forEach(say)
    for event in waiting {
      switch event {
      case .output(let output): put(output)
      case .statementEnded: countTexts()
      }
    }
  }

  package func emit(_ output: Output) {
    guard !isAbandoned else { return }
    if isInBackground { state.withLock { $0.waiting.append(.output(output)) } } else { put(output) }
  }

  /// A statement has run to its end.
  package func noteStatement() {
    if isInBackground { state.withLock { $0.waiting.append(.statementEnded) } } else { countTexts() }
  }

  private func countTexts() {
    state.withLock { ($0.textsBeforeLast, $0.textsOfStatements) = ($0.textsOfStatements, $0.texts.count) }
  }

  private func put(_ output: Output) {
    switch output {
    case .text(let text): write(text, .prose)
    case .rows(let text): write(text, .rows)
    case .resumption(let text): write(text, .resumption)
    case .result(.none): break
    case .result(let value): if isInBackground { mention(value) } else { show(value) }
    case .shown(let values, let labels):
      for (name, value) in labels {
        if case .text(let text) = value, name == "title" || name == "caption" { screen.write(text) }
      }
      values.forEach(show)
    }
  }

  /// Text that belongs to the record of the input.
  private func write(_ text: String, _ kind: PutText.Kind) {
    record(text, kind)
    if kind == .rows { screen.write(text) } else { screen.writeProse(text) }
  }

  private func record(_ text: String, _ kind: PutText.Kind) {
    let shown = PutText(text: visible(text), kind: kind)
    state.withLock { $0.texts.append(shown) }
  }

  private func show(_ value: Value) {
    for presentation in presentations(of: value) {
      switch presentation {
      case .text(let text): write(text, .prose)
      case .table(let table):
        record(table.withoutTimes.display, .rows)
        screen.write(screen.outputIsTerminal ? table.display(columns: screen.columns) : table.display)
      case .metrics(let metrics): write(metrics.display, .rows)
      case .figure(let figure): show(figure)
      }
    }
  }

  /// A value that nobody asked to see now, in a line.
  private func mention(_ value: Value) {
    for presentation in presentations(of: value) {
      switch presentation {
      case .text(let text): record(text, .prose)
      case .table(let table): record(table.withoutTimes.display, .rows)
      case .metrics(let metrics): record(metrics.display, .rows)
      case .figure: break
      }
    }
    screen.write(inline(value))
  }

  /// A picture where a person looks; a PNG file, named after the input as in a book's output, where not.
  private func show(_ figure: Figure) {
    do {
      if screen.showsPictures {
        screen.draw(try picture(of: figure))
      } else {
        let name = nameForFigure()
        try write(try figure.png(), to: name)
        screen.write("figure written to \(name)")
      }
      if let caption = figure.caption { screen.write(caption) }
    } catch {
      screen.complain("warning: the figure cannot be shown: \((error as? any CodedError)?.message ?? "\(error)")")
      state.withLock { $0.hasLostFigure = true }
      if let caption = figure.caption { screen.write(caption) }
    }
  }

  /// The first that nothing of the user's has.
  private func nameForFigure() -> String {
    while true {
      let name = "\(cell)-\(figureCount.add(1, ordering: .relaxed).newValue).png"
      if !folder.isTaken(name) { return name }
    }
  }

  /// In blocks with the labels as text.
  private func picture(of figure: Figure) throws -> String {
    let frame = PictureFrame(
      columns: screen.columns, rows: screen.rows, colours: screen.coloursOutput ? .ofEnvironment : .none,
      graphics: .ofEnvironment, cell: screen.cell)
    var drawn = figure
    if frame.graphics == .blocks { drawn.labels = [] }
    let pixels = try drawn.pixels(scale: 1)
    let picture = terminalPicture(rgba: pixels.bytes, width: pixels.width, height: pixels.height, in: frame)
    guard frame.graphics == .blocks, !figure.labels.isEmpty else { return picture }
    let extent = frame.extent(width: pixels.width, height: pixels.height)
    let overlay = LabelOverlay(figure, columns: extent.columns, rows: extent.rows)
    return picture + overlay.sequences(colours: frame.colours)
  }

  /// Says what checking warns of.
  package func warn(_ warnings: [Diagnostic]) {
    if isInBackground { state.withLock { $0.warnings += warnings } } else { warnings.forEach(say) }
  }

  private func say(_ warning: Diagnostic) { screen.complain(drawn: render(warning, colour: screen.coloursErrors)) }

  package func report(_ progress: Progress) {
    guard !isAbandoned else { return }
    let now = secondsOnSteadyClock()
    let isDue = state.withLock { state in
      state.progress = progress
      guard progress.isMilestone || now - state.lastRedraw >= Self.redrawInterval else { return false }
      state.lastRedraw = now
      return true
    }
    guard isDue, !isInBackground else { return }
    if screen.hasStatusLine {
      screen.setStatus(statusLine(progress, columns: screen.columns) + (isCancelled ? "  stopping" : "")) {
        isAbandoned
      }
    } else if progress.isMilestone {
      screen.complain(logLine(progress))
    }
  }

  package func remark(_ text: String) {
    if !isAbandoned, !isInBackground { screen.remark(text) }
  }

  package func pathToRead(_ path: String) throws -> String {
    try absolutePath(path, in: readingFolder)
  }

  package func write(_ bytes: [UInt8], to path: String) throws {
    guard !isAbandoned else { throw abandoned }
    try folder.write(bytes, to: path)
  }

  package func replace(_ bytes: [UInt8], at path: String) throws {
    guard !isAbandoned else { throw abandoned }
    try folder.write(bytes, to: path, replacing: true)
  }

  package func keep(_ bytes: [UInt8], as path: String) throws {
    guard !isAbandoned else { throw abandoned }
    try folder.keep(bytes, as: path)
  }

  package func kept(_ path: String, limit: Int) throws -> [UInt8]? { try folder.contents(of: path, limit: limit) }

  private var abandoned: Failure { Failure("abandoned", "the command was abandoned and may write no file") }
}
