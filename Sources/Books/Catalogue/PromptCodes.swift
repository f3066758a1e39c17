import Language

/// Codes of the prompt.
let promptCodes: [CodeEntry] = [
  CodeEntry("nothing-to-undo", "`:undo` with no input left to take back", .circumstance("`:undo` as the first line")),
  CodeEntry(
    "no-input", "an input that is to be edited or saved and that there is not, or that did not work",
    .circumstance("`:edit 99`")),
  CodeEntry("no-book", "a step in a book where none is open", .circumstance("`:next` before a `:load`")),
  CodeEntry("no-solution", "a solution that no loaded book has", .circumstance("`:solution` before a `:load`")),
  CodeEntry("no-editor", "an editor that does not start, or ends with an error", .circumstance("`EDITOR=nothing cnp`")),
  CodeEntry("editor-file", "a text that can't be handed to an editor", .circumstance("The disk is full")),
  CodeEntry("no-terminal", "an editor wanted by inputs from a pipe", .circumstance("`echo :edit | cnp`")),
  CodeEntry(
    "file-exists", "a session saved over a file that no session has written",
    .circumstance("`:save`, or `save` at the prompt, onto somebody's file")),
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
