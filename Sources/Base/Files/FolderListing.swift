import Glibc

/// What stands in a folder under one name.
public struct FolderEntry: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case file, folder
    /// A link whose end is missing.
    case linkToNothing
    /// A pipe, a socket, a device, or what may not be looked at.
    case other
  }
  /// Bytes that are no UTF-8 are written `\xFC`: nothing can be opened by such a name.
  public let name: String
  /// Whether the name is UTF-8.
  public let hasTextName: Bool
  /// Links followed.
  public let kind: Kind
}

/// What stands in a folder, without `.` and `..`, in no particular order.
public func entriesInFolder(_ path: String) throws(FileError) -> [FolderEntry] {
  var entries: [FolderEntry] = []
  try forEachName(inFolder: path) { descriptor, bytes in
    let text = textName(bytes)
    entries.append(
      FolderEntry(name: text ?? escapedName(bytes), hasTextName: text != nil, kind: kind(of: bytes, in: descriptor)))
  }
  FileTrace.note(.listing(entries.lines), at: path)
  return entries
}

/// The same as lines, sorted: two listings can be compared.
public func listing(ofFolder path: String) throws(FileError) -> [String] { try entriesInFolder(path).lines }

extension [FolderEntry] {
  fileprivate var lines: [String] { map { "\($0.name)\0\($0.kind)" }.sorted() }
}

/// The names in a folder, without `.` and `..`, in no particular order; bytes that are no UTF-8 are written `\xFC`.
public func namesInFolder(_ path: String) throws(FileError) -> [String] {
  if FileTrace.current != nil { return try entriesInFolder(path).map(\.name) }
  var names: [String] = []
  try forEachName(inFolder: path) { _, bytes in names.append(textName(bytes) ?? escapedName(bytes)) }
  return names
}

/// The names that an open listing still has, written as `namesInFolder` does.
func names(in folder: OpaquePointer) -> [String] {
  var names: [String] = []
  forEachName(in: folder) { names.append(textName($0) ?? escapedName($0)) }
  return names
}

private func forEachName(
  inFolder path: String, _ visit: (_ folder: Int32, _ name: [UInt8]) -> Void
) throws(FileError) {
  guard isUsable(path) else { throw FileError(path: path, reason: .badPath) }
  guard let folder = opendir(path) else { throw FileError(path: path, errorNumber: errno) }
  defer { closedir(folder) }
  forEachName(in: folder) { visit(dirfd(folder), $0) }
}

private func forEachName(in folder: OpaquePointer, _ visit: (_ name: [UInt8]) -> Void) {
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in bytes.prefix { $0 != 0 }.map { $0 } }
    if !name.elementsEqual(".".utf8) && !name.elementsEqual("..".utf8) { visit(name) }
  }
}

private func kind(of name: [UInt8], in folder: Int32) -> FolderEntry.Kind {
  let name = name.map(CChar.init(bitPattern:)) + [0]
  var facts = stat()
  guard fstatat(folder, name, &facts, 0) == 0 else {
    let isLink = fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 && facts.st_mode & S_IFMT == S_IFLNK
    return isLink ? .linkToNothing : .other
  }
  return switch facts.st_mode & S_IFMT {
  case S_IFREG: .file
  case S_IFDIR: .folder
  default: .other
  }
}

private func textName(_ bytes: [UInt8]) -> String? { String(validating: bytes, as: UTF8.self) }

/// UTF-8 where the bytes are, `\xFC` where they are not.
private func escapedName(_ bytes: [UInt8]) -> String {
  var name = ""
  var rest = bytes[...]
  while let first = rest.first {
    let character = (1...4).lazy.compactMap { textName(Array(rest.prefix($0))) }.first { $0.unicodeScalars.count == 1 }
    if let character {
      name += character
      rest = rest.dropFirst(character.utf8.count)
    } else {
      let digits = String(first, radix: 16, uppercase: true)
      name += "\\x" + (digits.count < 2 ? "0" : "") + digits
      rest = rest.dropFirst()
    }
  }
  return name
}
