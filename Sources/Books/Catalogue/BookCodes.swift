import Language

/// Codes of mistakes with books themselves, and of the prompt.
let bookCodes: [CodeEntry] = [
  // MARK: The file
  CodeEntry("book-not-utf8", "a book that is not UTF-8", .circumstance("A file in another encoding, as UTF-16")),
  CodeEntry("book-nul-byte", "a book with a NUL byte", .circumstance("A file that is no text")),
  // MARK: The front matter
  CodeEntry(
    "front-matter-missing", "a book without a front matter",
    .circumstance("A `.cnpbook` that does not start with `---`")),
  CodeEntry(
    "front-matter-unclosed", "a front matter without its end",
    .program(
      """
      ---
      cnpbook: 1
      """)),
  CodeEntry(
    "front-matter-missing-key", "a front matter that does not say that it is one",
    .program(
      """
      ---
      title: Eyes
      ---
      """)),
  CodeEntry(
    "front-matter-too-large", "a front matter of more than 64 KiB, or of more than 200 params",
    .circumstance("No small book has one")),
  CodeEntry(
    "front-matter-type", "a value of another type than its key takes",
    .program(
      """
      ---
      cnpbook: 1
      seed: soon
      ---
      """)),
  CodeEntry(
    "book-version", "a book of another version",
    .program(
      """
      ---
      cnpbook: 2
      ---
      """)),
  CodeEntry(
    "engine-constraint", "a range of versions that can't be read",
    .program(
      """
      ---
      cnpbook: 1
      engine: newest
      ---
      """)),
  CodeEntry(
    "engine-version", "a book that asks for another version of cnp",
    .program(
      """
      ---
      cnpbook: 1
      engine: ">=99.0"
      ---
      """)),
  CodeEntry(
    "unknown-key", "a key that a front matter, or a param, doesn't have",
    .program(
      """
      ---
      cnpbook: 1
      sead: 7
      ---
      """)),
  CodeEntry(
    "yaml-syntax", "a front matter that is no YAML",
    .program(
      """
      ---
      cnpbook: 1
      title: "never closed
      ---
      """)),
  CodeEntry(
    "yaml-key-repeated", "a key that stands twice",
    .program(
      """
      ---
      cnpbook: 1
      seed: 1
      seed: 2
      ---
      """)),
  CodeEntry(
    "yaml-not-plain", "YAML with anchors, aliases or tags, or nested deeply",
    .program(
      """
      ---
      cnpbook: 1
      title: &here Eyes
      ---
      """)),
  // MARK: Params
  CodeEntry(
    "parameter-type", "a param's value of another type",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: int, default: large}
      ---
      """)),
  CodeEntry(
    "parameter-range", "a param's value outside of its range",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: int, default: 8, min: 16}
      ---
      """)),
  CodeEntry(
    "parameter-choice", "a param's value that is none of its choices",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: choice, choices: [small, large], default: huge}
      ---
      """)),
  CodeEntry(
    "parameter-choices-missing", "a choice between nothing",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: choice, default: small}
      ---
      """)),
  CodeEntry(
    "parameter-key-misplaced", "a key that means nothing for a param of its type",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: text, default: a, min: 1}
      ---
      """)),
  CodeEntry(
    "parameter-missing", "a param without a value when the book is run",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: int}
      ---
      """)),
  CodeEntry(
    "parameter-name", "a param whose name is none of the language",
    .program(
      """
      ---
      cnpbook: 1
      params:
        2nd: {type: int, default: 1}
      ---
      """)),
  CodeEntry(
    "parameter-type-missing", "a param without a type",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {default: 1}
      ---
      """)),
  CodeEntry(
    "parameter-type-unknown", "a param of no type that there is",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: integer, default: 5}
      ---
      """)),
  CodeEntry("parameter-syntax", "a param that is not given as name=value", .circumstance("`-P size`")),
  CodeEntry("unknown-parameter", "a value for a param that the book doesn't have", .circumstance("`-P sise=64`")),
  CodeEntry("params-too-large", "a params file of more than 64 KiB", .circumstance("No small file is one")),
  CodeEntry(
    "params-type", "a params file that is more than names with values",
    .circumstance("A list in the file of `--params`")),
  // MARK: Cells
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
  // MARK: Files of a run
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
  CodeEntry("output-too-large", "a cell that prints more than 4 MiB", .circumstance("A loop that prints without end")),
  CodeEntry(
    "value-not-shown", "a value that can't be shown in a report", .circumstance("A mistake of cnp, not of the program")),
]

/// Codes of the prompt.
let promptCodes: [CodeEntry] = [
  CodeEntry("nothing-to-undo", "`:undo` with no input left to take back", .circumstance("`:undo` as the first line")),
  CodeEntry(
    "no-input", "an input that is to be edited or saved and that there is not, or that did not work",
    .circumstance("`:edit 99`")),
  CodeEntry("no-editor", "an editor that does not start, or ends with an error", .circumstance("`EDITOR=nothing cnp`")),
  CodeEntry("editor-file", "a text that can't be handed to an editor", .circumstance("The disk is full")),
  CodeEntry("no-terminal", "an editor wanted by inputs from a pipe", .circumstance("`echo :edit | cnp`")),
  CodeEntry(
    "file-exists", "a session saved over a file that it did not write", .circumstance("`:save` onto somebody's book")),
  CodeEntry(
    "file-changed", "a session saved over a book that somebody has changed since",
    .circumstance("`:save` onto a book with prose added to it")),
  CodeEntry(
    "nothing-to-save", "inputs of which none has worked, or none did more than look at a value",
    .circumstance("`:save` as the first line")),
  CodeEntry("input-choice", "inputs to save that are not told by their numbers", .circumstance("`:save work 9-3`")),
  CodeEntry(
    "needs-inputs", "inputs to save that need names or values of others which are left out",
    .circumstance("`:save work 2` where input 2 reads what input 1 has bound")),
  CodeEntry(
    "job-running", "a session saved while a part of it is still being computed, or taken back what a job reads",
    .circumstance("`:save` while a training runs in the background")),
  CodeEntry("no-job", "a background job that there is not", .circumstance("`:watch 9`")),
  CodeEntry("unknown-prompt-command", "a command of the prompt that there is not", .circumstance("`:halp`")),
  CodeEntry("invalid-utf8", "input that is not UTF-8", .circumstance("Bytes of another encoding through a pipe")),
  CodeEntry(
    "outside-output-folder", "a file to write outside of the working folder, or through a link",
    .circumstance("`save` with a path from the root, or with `..`, or into a folder that is a link")),
  CodeEntry(
    "abandoned", "a command that was left behind, and would write a file", .circumstance("Ctrl-C twice within a second")
  ),
  CodeEntry("no-descriptors", "no file descriptors left", .circumstance("A shell with a very low limit")),
]
