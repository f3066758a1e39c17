import Glibc

/// Why a file or folder could not be read or written.
public struct FileError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    case missing, notAFile, notAFolder, notPermitted, diskFull, badPath
    /// Something stands where a new file was to be.
    case exists
    /// A place elsewhere than below the folder that is written to.
    case outside
    /// A link, where none is followed.
    case link
    /// More bytes than `limit`.
    case tooLarge(limit: Int)
    /// Whatever else the system said.
    case failed(String)
  }
  public let path: String
  public let reason: Reason

  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  public var code: String {
    switch reason {
    case .missing: "file-missing"
    case .notAFile: "not-a-file"
    case .notAFolder: "not-a-folder"
    case .notPermitted: "permission-denied"
    case .diskFull: "disk-full"
    case .badPath: "bad-path"
    case .exists: "file-exists"
    case .outside, .link: "outside-output-folder"
    case .tooLarge: "file-too-large"
    case .failed: "file-failed"
    }
  }

  public var message: String {
    switch reason {
    case .missing: "\(path): no such file or folder"
    case .notAFile: "\(path) is not a file"
    case .notAFolder: "\(path) is not a folder"
    case .notPermitted: "\(path): permission denied"
    case .diskFull: "\(path): the disk is full"
    case .badPath: "a path is empty, is longer than \(longestPath) bytes, or holds a NUL byte"
    case .exists: "'\(path)' is there already"
    case .outside: "'\(path)' is not below the output folder"
    case .link: "'\(path)' is a link, and nothing is written or read through links there"
    case .tooLarge(let limit): "\(path) is larger than \(limit >> 20) MiB"
    case .failed(let words): "\(path): \(words)"
    }
  }

  public var hint: String? {
    switch reason {
    case .exists: "choose another name, or move it away"
    case .outside: "give a path that starts at the output folder, without '..'"
    case .link: "take the link away, or name another place"
    default: nil
    }
  }

  /// What the system's error number means for `path`.
  init(path: String, errorNumber: Int32) {
    self.path = path
    self.reason =
      switch errorNumber {
      case ENOENT: .missing
      case EISDIR: .notAFile
      case EEXIST: .exists
      case ENOTDIR: .notAFolder
      case EACCES, EPERM, EROFS: .notPermitted
      case ENOSPC, EDQUOT: .diskFull
      case EFBIG: .failed("it would be larger than a file of this program may be (ulimit -f)")
      default: .failed(systemWords(errorNumber))
      }
  }

  /// The same of a path as another names it.
  public func at(_ path: String) -> FileError { FileError(path: path, reason: reason) }
}

/// What the system calls an error.
public func systemWords(_ errorNumber: Int32) -> String { String(cString: strerror(errorNumber)) }
