import Base
import Language

extension FileError: CodedError {
  /// Of files and folders.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "file-missing", "a file that is not there",
      .program("save \"image\\nnowhere.png\\n\" \"eyes.csv\"\nload \"eyes.csv\"")),
    CodeEntry("not-a-file", "a folder where a file is needed", .program("save (phantom 1 size: 64) \"p\"\nopen \"p\"")),
    CodeEntry(
      "not-a-folder", "a file where a folder is needed",
      .program("save (phantom 1 size: 64) \"p\"\nsave \"x\" \"a.txt\"\nload \"p/images\" masks: \"a.txt\"")),
    CodeEntry(
      "permission-denied", "a file that the user may not read or write", .circumstance("The file system says so")),
    CodeEntry(
      "disk-full", "no room for a file", .circumstance("The file system says so; what was there before is untouched")),
    CodeEntry(
      "file-too-large", "a file larger than is read",
      .circumstance("An image of more than 1 GiB, a book of more than 16 MiB")),
    CodeEntry(
      "file-failed", "whatever else the operating system says of a file", .circumstance("A disk that breaks, say")),
    CodeEntry("bad-path", "a path that is empty or holds a NUL byte", .circumstance("An empty path at the prompt")),
  ]
}
