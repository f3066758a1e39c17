import CFiles
import Glibc

/// A folder that stays open: what is below it is opened by names, one folder after the other and through no link, so that
/// what is looked at is what is read and written, whatever somebody puts in the place of a folder meanwhile.
///
/// Links on the way to the folder itself are the user's and are followed, once. A folder that could not be opened says so
/// when it is used. Errors name files by their way below it.
public final class TrustedFolder: Sendable {
  /// Where it was when it was opened.
  public let path: String
  private let opening: Result<Int32, FileError>

  public convenience init(_ path: String) {
    guard isUsable(path) else {
      self.init(.failure(FileError(path: path, reason: .badPath)), path: path)
      return
    }
    self.init(Self.open(path, in: AT_FDCWD, O_CLOEXEC, shown: path), path: path)
  }

  private init(_ opening: Result<Int32, FileError>, path: String) {
    self.opening = opening
    self.path = path
  }

  deinit { if case .success(let descriptor) = opening { close(descriptor) } }

  func descriptor() throws(FileError) -> Int32 { try opening.get() }

  /// Opens a folder to list it, or where that is not allowed to reach what is in it.
  private static func open(
    _ name: String, in folder: Int32, _ flags: Int32, shown path: String
  ) -> Result<Int32, FileError> {
    var descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | flags)
    if descriptor < 0 && errno == EACCES {
      descriptor = openat(folder, name, files_open_to_reach | O_DIRECTORY | flags)
    }
    return descriptor >= 0 ? .success(descriptor) : .failure(FileError(path: path, errorNumber: errno))
  }

  /// The folder a way below; `nil` where there is none.
  ///
  /// - Parameter isMade: whether to make what is missing.
  /// - Throws: `outside-output-folder` at a link, `not-a-folder` at a file.
  public func folder(_ names: some Collection<String>, isMade: Bool = false) throws(FileError) -> TrustedFolder? {
    var folder = self
    var way = ""
    for name in names {
      try Self.check(name)
      way += way.isEmpty ? name : "/" + name
      let above = try folder.descriptor()
      if isMade && mkdirat(above, name, 0o777) != 0 && errno != EEXIST && errno != EROFS {
        throw FileError(path: way, errorNumber: errno)
      }
      switch Self.open(name, in: above, O_NOFOLLOW | O_CLOEXEC, shown: way) {
      case .success(let descriptor): folder = TrustedFolder(.success(descriptor), path: joinPath(path, way))
      case .failure(let error):
        if error.reason == .missing && !isMade { return nil }
        throw folder.kind(of: name) == .link ? FileError(path: way, reason: .link) : error
      }
    }
    return folder
  }

  /// Refuses what is no name of something in a folder: it would lead out of it, and no link is needed for that.
  static func check(_ name: String) throws(FileError) {
    guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "/") })
    else { throw FileError(path: name, reason: .outside) }
  }

  /// What stands under a name; a link is one.
  public func kind(of name: String) -> PathKind? { facts(of: name).map { PathKind(mode: $0.st_mode) } }

  /// What stands a way below; `nil` where nothing does, or nothing that is reached without a link.
  public func kind(at names: [String]) -> PathKind? {
    guard let last = names.last else { return .folder }
    return (try? folder(names.dropLast()))?.kind(of: last)
  }

  func facts(of name: String) -> stat? {
    var facts = stat()
    guard (try? Self.check(name)) != nil, let descriptor = try? descriptor(),
      fstatat(descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0
    else {
      return nil
    }
    return facts
  }

  /// A regular file a way below, opened; `nil` where nothing is there.
  public func file(at names: [String]) throws(FileError) -> OpenFile? {
    let way = names.joined(separator: "/")
    try names.last.map(Self.check)
    guard let name = names.last, let folder = try folder(names.dropLast()), let kind = folder.kind(of: name) else {
      return nil
    }
    guard kind != .link else { throw FileError(path: way, reason: .link) }
    return try OpenFile(openat(try folder.descriptor(), name, OpenFile.flags | O_NOFOLLOW), path: way)
  }

  /// The names in it, sorted by their bytes.
  public func names() throws(FileError) -> [String] {
    // A descriptor of its own, since listing moves it.
    let descriptor = openat(try descriptor(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, let listing = fdopendir(descriptor) else { throw FileError(path: path, errorNumber: errno) }
    defer { closedir(listing) }
    return Base.names(in: listing).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
