import Base
import Kernels

/// Why an image file was refused, with the file's name.
public struct ImageError: Error, Sendable, Hashable {
  public let file: String
  public let fault: ImageFault

  public init(file: String, fault: ImageFault) {
    self.file = file
    // Behind its compression nothing in the first bytes tells it.
    let isUnknown = if case .unknownFormat(looksLike: nil) = fault { true } else { false }
    self.fault = isUnknown && ImageFormat.isNIfTI(file) ? .unknownFormat(looksLike: "NIfTI") : fault
  }

  public var code: String { fault.code }
  /// The file's name and what is wrong with it.
  public var message: String {
    if case .file(let error) = fault { return error.message }
    return "\(file): \(fault.reason)"
  }
  public var hint: String? { fault.hint }
}

/// What is wrong with an image, apart from its name.
public enum ImageFault: Error, Sendable, Hashable {
  /// The file could not be read or written at all.
  case file(FileError)
  case empty
  case truncated
  case zeroSized(width: Int, height: Int)
  /// More than `maximumPixelCount`; found in the header, before memory is asked for.
  case tooLarge(width: Int, height: Int)
  /// The first bytes are no image's that is known here; `looksLike` names what they are, if that is known.
  case unknownFormat(looksLike: String?)
  /// A valid file of a kind that is not read here.
  case unsupported(String)
  /// A valid file of numbers that mean no grey here; the words say which.
  case valuesNotRead(String)
  /// The bytes contradict themselves; the words come from the decoder.
  case damaged(String)
  /// A colour mask has no class indices.
  case colourHasNoClasses
  /// NaN or infinity among the values to write.
  case notFinite
  case outOfMemory

  public var code: String {
    switch self {
    case .file(let error): error.code
    case .empty: "file-empty"
    case .truncated: "file-truncated"
    case .zeroSized: "image-zero-sized"
    case .tooLarge: "image-too-large"
    case .unknownFormat: "image-unknown-format"
    case .unsupported, .valuesNotRead: "image-unsupported"
    case .damaged: "image-damaged"
    case .colourHasNoClasses: "mask-without-classes"
    case .notFinite: "image-not-finite"
    case .outOfMemory: "out-of-memory"
    }
  }

  /// What is wrong, in words that follow the file's name.
  public var reason: String {
    switch self {
    case .file(let error): return error.message
    case .empty: return "the file is empty"
    case .truncated: return "the file is truncated: it ends before its pixels do"
    case .zeroSized(let width, let height): return "an image of \(width) × \(height) pixels has nothing in it"
    case .tooLarge(let width, let height):
      return "\(width) × \(height) pixels are more than the \(maximumPixelCount / 1_000_000) megapixels read here"
    case .unknownFormat(let name?): return "a \(name) file is not read here"
    case .unknownFormat(nil): return "not an image: the first bytes are none of \(ImageFormat.list("or"))"
    case .unsupported(let what), .valuesNotRead(let what): return "\(what) is not read here"
    case .damaged(let words): return "the file is damaged (\(words))"
    case .colourHasNoClasses: return "a colour mask has no class indices to compare with the label"
    case .notFinite: return "some values are not finite (NaN or infinity)"
    case .outOfMemory: return "not enough memory"
    }
  }

  public var hint: String? {
    switch self {
    case .unknownFormat(_?), .unsupported: "export it as PNG, TIFF or JPEG"
    case .valuesNotRead: "samples are whole numbers from 0 to 65535, or real numbers from 0 to 1: scale them before"
    case .colourHasNoClasses: "save the mask as a palette or grey PNG whose values are the classes"
    case .tooLarge: "crop it or make it smaller first"
    default: nil
    }
  }
}

/// Images of more pixels are refused before memory is asked for.
public let maximumPixelCount = 100_000_000

/// Refuses sizes without pixels, sizes beyond `maximumPixelCount`, and those that there is no memory for.
func checkImageSize(width: Int, height: Int) throws(ImageFault) {
  guard width > 0 && height > 0 else { throw .zeroSized(width: width, height: height) }
  guard width <= maximumPixelCount / height else { throw .tooLarge(width: width, height: height) }
  // Four channels of 16 bits, the grey, the masks.
  do { try AvailableMemory.require(bytes: 16 * width * height, for: "") } catch { throw .outOfMemory }
}
