import Base

/// The path of a book as a subcommand is given it: of one that comes with the program, its name is enough.
public func bookPath(_ path: String) -> String { ShippedBooks.path(named: path) ?? path }

/// Books and scripts that come with the program: in the `share` folder beside it, where a package or `make install` has put
/// them.
enum ShippedBooks {
  private static let folders = ["share/cnp/notebooks", "share/cnp/examples"]

  /// The path of one, by its file's name alone; `nil` where there is none, and where the working folder has a file of that
  /// name.
  static func path(named name: String, workingFolder: String = workingFolder(), program: String? = nil) -> String? {
    guard !name.isEmpty, !name.contains("/"), pathKind(absolutePath(name, from: workingFolder)) == nil else {
      return nil
    }
    return ShippedFiles.path(named: name, in: folders, program: program)
  }
}
