import Language

/// Codes of what `cnp export` and `cnp diff` can't read or write.
let exportCodes: [CodeEntry] = [
  CodeEntry(
    "browser-missing", "a PDF on a machine without Chromium, which prints it",
    .circumstance("`cnp export --pdf` where none is on the path, or `CNP_BROWSER` names no program")),
  CodeEntry(
    "export-file-taken", "a file that an export would replace without having been told to",
    .circumstance("`cnp export` without `-o`, where a file of that name is there already")),
  CodeEntry("no-run", "a folder to compare that no run has left", .circumstance("`cnp diff notebooks a.out`")),
  CodeEntry(
    "run-changed", "a run's file that was changed since", .circumstance("`cnp diff` after an edit of a report")),
  CodeEntry(
    "pdf-not-made", "a browser that has printed no PDF",
    .circumstance("`cnp export --pdf` on a machine that has no memory left for it")),
]
