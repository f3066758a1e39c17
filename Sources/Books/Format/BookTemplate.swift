import Base

/// A small book to begin with, which runs in seconds as it stands.
public enum BookTemplate: String, CaseIterable, Sendable {
  case quickstart, comparison, empty

  /// What it is for, in a line without a full stop.
  public var meaning: String {
    switch self {
    case .quickstart: "phantoms, a pixel-discriminating GAN trained on them, its measures and maps"
    case .comparison: "two systems and a threshold under one protocol"
    case .empty: "a front matter and one cell"
    }
  }

  /// The text of a book of that title.
  public func text(title: String) -> String {
    let title = title.filter { !$0.isNewline }
    let front = ["---", "cnpbook: 1", "title: \(quotedYAML(title))", "seed: 1"] + parameters + ["---"]
    return front.joined(separator: "\n") + "\n\n# \(title)\n\n" + body + "\n"
  }

  /// Writes a book, never over a file that is there.
  ///
  /// - Parameter name: its path; the ending `.cnpbook` may be left out.
  /// - Returns: the path that it has.
  /// - Throws: `file-exists` where there is something of that name.
  public func write(as name: String) throws(BookFileError) -> String {
    let path = fileExtension(of: name) == "cnpbook" ? name : name + ".cnpbook"
    let whole = absolutePath(path, from: workingFolder())
    let words = baseName(of: whole).map { $0 == "-" || $0 == "_" ? " " : $0 }
    let title = words.prefix(1).map { $0.uppercased() }.joined() + String(words.dropFirst())
    do throws(FileError) {
      let folder = TrustedFolder(parentFolder(of: whole))
      try folder.write(Array(text(title: title).utf8), at: [fileName(of: whole)], mayReplace: false)
    } catch { throw BookFileError(error.at(path)) }
    return path
  }

  private var parameters: [String] {
    switch self {
    case .quickstart:
      [
        "params:", "  images: {type: int, default: 16, min: 8, max: 500, help: phantom angiograms to draw}",
        "  epochs: {type: int, default: 4, min: 1, max: 1000, help: passes over the training images}",
        "  width: {type: int, default: 4, min: 4, max: 64, help: channels of the first block of both networks}",
      ]
    case .comparison:
      [
        "params:", "  images: {type: int, default: 9, min: 6, max: 500, help: phantom angiograms to draw}",
        "  epochs: {type: int, default: 2, min: 1, max: 1000, help: passes over the training images}",
      ]
    case .empty: []
    }
  }

  private var body: String {
    switch self {
    case .quickstart:
      """
      Angiograms with known masks are drawn, and a network learns to mark where the capillaries are closed. The settings are
      small, to be done in seconds: `-P epochs=40 -P width=8 -P images=80` gives a network that is of use.

      ```cnp
      #| label: data
      eyes = phantom images size: 64
      train, test = split eyes test: 25%
      print train
      print test
      ```

      ```cnp
      #| label: training
      net = train-gan (augment train) width: width epochs: epochs rate: 1e-3
      ```

      ```cnp
      #| label: losses
      #| caption: What both networks learnt, by epoch.
      show (curves net)
      ```

      ## The result

      ```cnp
      #| label: result
      found = predict net test
      metrics found test
      ```

      ```cnp
      #| label: maps
      #| caption: The angiogram, its true mask, the best dark threshold, and the network.
      show (panel test methods: ["dark threshold": (dark-threshold test), "network": found] rows: 2)
      ```
      """
    case .comparison:
      """
      Every system is trained on the same folds with the same batches, and judged on images that it has not seen. With so few
      and such short trainings the numbers say nothing yet: give it `-P images=60 -P epochs=40`.

      ```cnp
      #| label: data
      eyes = phantom images size: 64
      show (sheet eyes count: 3)
      ```

      ```cnp
      #| label: comparison
      c = compare (augment eyes) systems: ["unet", "pixel-gan", "dark-threshold"] folds: 3 width: 4 epochs: epochs rate: 1e-3
      show c
      ```

      ```cnp
      #| label: spread
      #| caption: The DSC of each image, by system.
      show (boxes c)
      ```
      """
    case .empty:
      """
      Prose is Markdown, with formulas as $x^2$. A cell is a fence with the info string `cnp`.

      ```cnp
      #| label: first
      eyes = phantom 2 size: 64
      show (sheet eyes)
      ```
      """
    }
  }
}
