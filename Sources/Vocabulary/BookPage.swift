import Language

/// How books are written, on one page: what `help books` shows.
package enum BookPage {
  /// What the page is asked for by, in small letters and without the marks between words.
  static let names: Set<String> = [
    "book", "books", "cnpbook", "notebook", "notebooks", "param", "params", "cell", "cells", "celloption",
    "celloptions",
    "frontmatter", "yaml", "fence", "fences",
  ]

  static let title = "How a book is written"

  /// A whole small book, which the tests run.
  package static let example = """
    ---
    cnpbook: 1
    title: A first look
    seed: 7
    params:
      epochs: {type: int, default: 2, min: 1, help: passes over the images}
      rate: {type: number, default: 0.0002}
      norm: {type: choice, choices: [batch, none], default: batch}
      quick: {type: bool, default: true}
      note: {type: text, default: "first run, small"}
      made: {type: path, default: made}
    ---

    # A first look

    Prose is Markdown, with formulas as $x^2$.

    ```cnp
    #| label: train
    #| caption: What was learnt
    #| timeout: 10 min
    eyes = phantom 4 size: 64
    net = train-net eyes epochs: epochs rate: rate width: 4
    show (metrics (predict net eyes))
    ```

    ```cnp
    #| echo: false
    print note, norm, quick, made
    ```

    ```cnp
    #| error: unknown-name
    print a-mistake-to-learn-from
    ```

    ```cnp
    #| skip: needs a day
    train-net eyes epochs: 5000
    ```
    """

  /// What is done with one, as it is typed.
  package static let uses: [(name: String, text: String)] = [
    ("cnp new eyes", "writes a small book to begin with, eyes.cnpbook"),
    ("cnp params eyes.cnpbook", "lists its params"),
    ("cnp check eyes.cnpbook", "finds mistakes without running"),
    ("cnp run eyes.cnpbook -P epochs=5", "writes eyes.out/report.html"),
    ("cnp run eyes.cnpbook --params p.yml", "with the values of a file: a line each, `epochs: 5`"),
    ("cnp run eyes.cnpbook -P epochs=5,10", "runs both; one table has their metrics"),
    ("cnp watch eyes.cnpbook", "runs it again whenever it is saved"),
    ("cnp diff a.out b.out", "sets two runs side by side"),
    ("cnp run --update eyes.cnpbook", "puts on record what comes out"),
    ("cnp run --check eyes.cnpbook", "compares it with the record"),
    ("cnp fmt eyes.cnpbook", "sets its cells in the usual form"),
    (":load eyes.cnpbook epochs=5", "opens it at the prompt; `:next` runs cell by cell, `:next all` all"),
    (":save eyes.cnpbook", "writes the session as a book"),
  ]

  /// Where paths start.
  package static let paths = """
    Paths in a book start at its folder, those of the command line at the working folder. What a book writes goes below
    its output folder.
    """

  /// The book, what its parts may hold, and how it is run.
  static var text: String {
    let book = example.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
    return """
      A book is a text file, `eyes.cnpbook`: a front matter between two lines `---`, then Markdown with cells.

      \(book)

      The front matter needs `cnpbook: 1`. It may have title, authors, seed, engine (versions of cnp: ">=0.1 <1.0") and
      params: names that the cells use, whose values whoever runs the book may set. A param is declared by
      \(rows(ParameterKey.self))

      Its type is
      \(alignedRows(ParameterType.allCases.map { ($0.rawValue, $0.meaning) }, indent: "  "))

      A cell is a fence with the info string cnp, at the left margin; other fences are prose. Its first lines may be
      options:
      \(rows(CellOption.self, mark: "#| "))

      To run it, in a shell and at the prompt:
      \(alignedRows(uses, indent: "  "))

      \(paths)
      """
  }

  /// Words as they are written, each with its meaning.
  private static func rows<Word: BookWord>(_ words: Word.Type, mark: String = "") -> String {
    alignedRows(words.allCases.map { (mark + $0.example, $0.meaning) }, indent: "  ")
  }
}
