/// Files that come with the program: in the `share` folder beside it, where a package or `make install` has put them, or among
/// the sources that it was built from, or that it was started in.
public enum ShippedFiles {
  /// The program lies in `bin`, in a folder below `lib`, or in the build's own folder: so many steps at most below what has
  /// the others.
  private static let steps = 5

  /// The path of one of some folders' files; `nil` where there is none.
  ///
  /// - Parameters:
  ///   - folders: below `share/cnp`, or below the sources, in the order in which they are looked through.
  ///   - program: where the program lies; left out, where this one does.
  public static func path(named name: String, in folders: [String], program: String? = nil) -> String? {
    guard !name.isEmpty, !name.contains("/") else { return nil }
    return places(of: folders, program).lazy.map { joinPath($0, name) }.first { pathKind($0) == .file }
  }

  /// The folders that there are, nearest to the program first.
  public static func places(of folders: [String], _ program: String? = nil) -> [String] {
    guard let program = program ?? resolvedPath("/proc/self/exe") else { return [] }
    var above = program
    var places: [String] = []
    for _ in 0..<steps {
      above = parentFolder(of: above)
      places += folders.map { joinPath(above, $0) }.filter { pathKind($0) == .folder }
    }
    return places
      + folders.map { joinPath(workingFolder(), $0) }.filter { pathKind($0) == .folder && !places.contains($0) }
  }
}
