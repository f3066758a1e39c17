import Language

/// Codes of what `cnp export` can't write.
let exportCodes: [CodeEntry] = [
  CodeEntry(
    "browser-missing", "a PDF on a machine without Chromium, which prints it",
    .circumstance("`cnp export --pdf` where none is on the path, or `CNP_BROWSER` names no program")),
  CodeEntry(
    "export-file-taken", "a file that an export would replace without having been told to",
    .circumstance("`cnp export` without `-o`, where a file of that name is there already")),
  CodeEntry(
    "pdf-not-made", "a browser that has printed no PDF",
    .circumstance("`cnp export --pdf` on a machine that has no memory left for it")),
]
