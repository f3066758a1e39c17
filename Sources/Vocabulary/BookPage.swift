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

  /// The book, what its parts may hold, and how it is run.
  static var text: String {
    let book = example.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
    return """
      A book is a text file, `eyes.cnpbook`: a front matter between two lines `---`, then Markdown with cells.

      \(book)

      The front matter needs `cnpbook: 1`. It may have title, authors, seed, engine (versions of cnp: ">=0.1 <1.0") and
      params: names that the cells use, whose values whoever runs the book may set.

      A param has a type: int, number, text, bool, choice (with choices: [a, b]) or path. It may have default (without
      one it has to be given), min and max (of int and number) and help. A text with a comma needs quotation marks.

      A cell is a fence with the info string cnp, at the left margin; other fences are prose. Its first lines may be
      options:
        #| label: NAME       names its files and keys its random numbers; left out, the first name it binds
        #| caption: TEXT     stands below what it shows
        #| echo: false       the report leaves the program out
        #| error: CODE       the cell is there to fail with this code, and the book goes on
        #| skip: REASON      the cell is not run; also skip: true
        #| timeout: 90 s     stops it after that time: seconds, or with s, min, h
        #| seed: 7           another seed than the book's
        #| streams: LABEL    draws the random numbers of that cell
        #| verify: text      how a check compares with the output on record: read, and not used yet
        #| cache: false      read, and not used yet

      To run it, in a shell:
        cnp check eyes.cnpbook                 finds mistakes without running
        cnp run eyes.cnpbook -P epochs=5       writes eyes.out/report.html
        cnp run eyes.cnpbook --params p.yml    with the values of a file: a line each, `epochs: 5`
      At the prompt:
        :load eyes.cnpbook epochs=5            runs the cells here and keeps their names
        :save eyes.cnpbook                     writes the session as a book

      Paths in a book start at its folder, those of the command line at the working folder. What a book writes goes below
      its output folder.
      """
  }
}
