import Language

/// Codes of mistakes with books themselves, and with their runs.
let bookCodes: [CodeEntry] =
  fileCodes + frontMatterCodes + parameterCodes + cellCodes + runCodes + recordCodes + exportCodes

/// Codes of the file that is to be run.
private let fileCodes: [CodeEntry] = [
  CodeEntry(
    "format-unsafe", "a book or script that `cnp fmt` can't set without changing what it does",
    .circumstance(
      "A comment that begins with `#|` below a blank line at the head of a cell, which would become an option")),
  CodeEntry("book-not-utf8", "a book that is not UTF-8", .circumstance("A file in another encoding, as UTF-16")),
  CodeEntry("book-nul-byte", "a book with a NUL byte", .circumstance("A file that is no text")),
  CodeEntry(
    "jupyter-notebook", "a notebook of Jupyter's where a book or a script is wanted",
    .program("{\"cells\": [], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}")),
  CodeEntry(
    "nothing-to-run", "a file without a statement; or nothing at all through a pipe, which is refused",
    .program("# to be written")),
]

/// Codes of cells.
private let cellCodes: [CodeEntry] = [
  CodeEntry(
    "no-cells", "a book of which nothing is run: its fences, if it has any, are no cells",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```python
      print(1)
      ```
      """)),
  CodeEntry(
    "cell-info", "a fence that is nearly a cell",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```CNP
      print 1
      ```
      """)),
  CodeEntry(
    "cell-nested", "a cell inside of a list or a quotation",
    .program(
      """
      ---
      cnpbook: 1
      ---

      > ```cnp
      > print 1
      > ```
      """)),
  CodeEntry(
    "fence-unclosed", "a fence without its end",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```cnp
      print 1
      """)),
  CodeEntry(
    "duplicate-label", "two cells of one label",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```cnp
      #| label: eyes
      print 1
      ```

      ```cnp
      #| label: eyes
      print 2
      ```
      """)),
  CodeEntry(
    "unknown-option", "an option that cells don't have",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```cnp
      #| lable: eyes
      print 1
      ```
      """)),
  CodeEntry(
    "option-repeated", "an option that stands twice",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```cnp
      #| echo: true
      #| echo: false
      print 1
      ```
      """)),
  CodeEntry(
    "option-syntax", "an option line without a name and a colon",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```cnp
      #| echo
      print 1
      ```
      """)),
  CodeEntry(
    "option-value", "a value that an option can't have",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```cnp
      #| timeout: soon
      print 1
      ```
      """)),
  CodeEntry(
    "out-without-cell", "recorded output without a cell",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```out
      1
      ```
      """)),
  CodeEntry(
    "repeat-without-numbers", "a cell with `repeat` that ends with nothing to sum up",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```cnp
      #| repeat: 3
      print 1
      ```
      """)),
  CodeEntry(
    "expected-error-missing", "a cell that is to fail, and doesn't",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```cnp
      #| error: unknown-name
      print 1
      ```
      """)),
]

/// Codes of what a run writes.
private let runCodes: [CodeEntry] = [
  CodeEntry(
    "path-outside-output", "a file to write outside of the output folder, or through a link",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```cnp
      save "a note" "../note.txt"
      ```
      """)),
  CodeEntry(
    "path-reserved", "a file to write over a report",
    .program(
      """
      ---
      cnpbook: 1
      ---

      ```cnp
      save "a note" "report.md"
      ```
      """)),
  CodeEntry(
    "path-invalid", "a path that is empty or holds a NUL byte",
    .circumstance("The name of a file that a program puts together")),
  CodeEntry(
    "output-folder", "an output folder that can't be put in its place",
    .circumstance("`--output` names the place where a disk is mounted, or the file system says so")),
  CodeEntry(
    "output-folder-taken", "an output folder with something else in it than a run has left and can prove",
    .circumstance("`--output` names such a folder, or one of whose files was changed since, or a link")),
  CodeEntry(
    "ranks-differ",
    "several ranks that can't run a book together: another build, text of the book, params, or other images to learn from",
    .circumstance("The book or the program is not the same on all machines of an `mpirun`")),
  CodeEntry(
    "ranks-diverged", "ranks of a run that no longer do the same, which ends it",
    .circumstance("A file that the book reads is another one on some machine")),
  CodeEntry(
    "ranks-lost", "a rank of a run that has died, which ends it; the next run goes on from the last states",
    .circumstance("Somebody kills one of the processes that `mpirun` has started, or a machine fails")),
  CodeEntry(
    "ranks-unknown", "several processes started together of a build that knows no ranks",
    .circumstance("`mpirun -n 4 cnp run` with a build made without `MPI=1`")),
  CodeEntry(
    "several-ranks", "the prompt, or a subcommand other than `run`, started as several ranks",
    .circumstance("`mpirun -n 4 cnp`")),
  CodeEntry("output-too-large", "a cell that prints more than 4 MiB", .circumstance("A loop that prints without end")),
]

/// Codes of what is on record of a book.
private let recordCodes: [CodeEntry] = [
  CodeEntry(
    "nothing-recorded", "a book to compare with its record that has none",
    .circumstance("`cnp run --check` on a book without `out` fences and without a lock")),
  CodeEntry(
    "record-params", "a book to compare with a record of other params",
    .circumstance("`cnp run --check -P epochs=20`, where the record is of 5")),
  CodeEntry(
    "no-lock", "a book to compare with its texts alone",
    .circumstance("`cnp run --check` on a book whose lock file is missing")),
  CodeEntry("lock-unreadable", "a lock file that is none", .circumstance("A file that was damaged or changed by hand")),
  CodeEntry(
    "book-changed", "a book that was changed while it ran, and is not written over",
    .circumstance("`cnp run --update` on a book that an editor saves meanwhile")),
  CodeEntry(
    "not-stored", "a book of which not all results are in the cache, and that is not to run",
    .circumstance("`cnp export` of a book that has changed since it ran, or did not come to its end")),
]
