import Base
import Imaging
import Language
import Methods
import Networks

extension CommandGroup {
  /// Values to files and back.
  static let files = CommandGroup(
    "files", [.save, .open, .exists], isFolded: true, chapter: "Files",
    codes: ImageError.codes + MemoryError.codes + FileError.codes + SavingError.codes + SafetensorsError.codes
      + MethodError.codes)
}
