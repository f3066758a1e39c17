import Base

/// Why a network, or a segmenter of networks, could not be saved or opened. `path` is the file's, where the bytes came from one.
public enum SavingError: Error, Sendable, Hashable {
  case file(FileError)
  /// The bytes are not a safetensors file.
  case safetensors(path: String?, SafetensorsError)
  /// A safetensors file, but not of this program.
  case notANetwork(path: String?)
  /// A checkpoint of a training, where a network was looked for.
  case isACheckpoint(path: String?)
  /// A segmenter, of one network or several with what is done with their maps, where a network was looked for.
  case isASegmenter(path: String?)
  /// A safetensors file of this program, but no segmenter.
  case notASegmenter(path: String?)
  /// A safetensors file of this program, but no checkpoint of a training.
  case notACheckpoint(path: String?)
  /// Written by another version of this program.
  case unknownVersion(path: String?, version: String, known: Int)
  /// The description names a network that can't be.
  case badDescription(path: String?, reason: String)
  /// The described network has a tensor that the file has not.
  case missingTensor(path: String?, name: String)
  /// The file has a tensor that the described network has not.
  case unexpectedTensor(path: String?, name: String)
  case shapeDiffers(path: String?, name: String, expected: [Int], found: [Int])
  /// The weights hold NaN, infinity or a negative variance.
  case impossibleValues(path: String?, name: String)
}

extension SavingError {
  public var code: String {
    switch self {
    case .file(let error): error.code
    case .safetensors(_, let error): error.code
    case .notANetwork, .isACheckpoint, .isASegmenter: "not-a-network"
    case .notASegmenter: "not-a-segmenter"
    case .notACheckpoint: "not-a-checkpoint"
    case .unknownVersion: "network-version-unknown"
    case .badDescription: "network-description-malformed"
    case .missingTensor: "network-tensor-missing"
    case .unexpectedTensor: "network-tensor-unexpected"
    case .shapeDiffers: "network-tensor-shape-differs"
    case .impossibleValues: "network-weights-impossible"
    }
  }

  public var message: String {
    switch self {
    case .file(let error): error.message
    case .safetensors(let path, let error): located(error.message, path)
    case .notANetwork(let path): located("holds tensors, but no network saved by cnp", path)
    case .isACheckpoint(let path): located("is a checkpoint of a training, and no network yet", path)
    case .isASegmenter(let path): located("is a segmenter, and no network alone", path)
    case .notASegmenter(let path): located("is no segmenter of networks", path)
    case .notACheckpoint(let path): located("is no checkpoint of a training", path)
    case .unknownVersion(let path, let version, let known):
      located("is of format version \(version); this program reads up to \(known)", path)
    case .badDescription(let path, let reason): located("the network's description is wrong: \(reason)", path)
    case .missingTensor(let path, let name): located("lacks the tensor \(name)", path)
    case .unexpectedTensor(let path, let name): located("has a tensor \(name) its network knows nothing of", path)
    case .shapeDiffers(let path, let name, let expected, let found):
      located("\(name) has shape \(found), but its network needs \(expected)", path)
    case .impossibleValues(let path, let name):
      located("\(name) holds what no network has: NaN, infinite numbers or a negative variance", path)
    }
  }

  public var hint: String? {
    switch self {
    case .file(let error): error.hint
    case .safetensors(_, let error): error.hint
    case .isACheckpoint: "repeat the training with this `checkpoint:` and `resume: true`, then save its network"
    case .isASegmenter: "open it, and take its networks: `s.networks[0]`"
    case .notACheckpoint: "name a checkpoint, or a file that is not there yet"
    case .notASegmenter: "`save` writes one that `ensemble` or `compare` has made"
    case .unknownVersion: "open it with the program that wrote it"
    default: nil
    }
  }

  private func located(_ text: String, _ path: String?) -> String { "\(path ?? "the network's file"): \(text)" }

  /// The same error with the part of a file, `network2/`, that it was found in.
  func within(_ part: String) -> SavingError {
    switch self {
    case .badDescription(let path, let reason): .badDescription(path: path, reason: "\(part) \(reason)")
    case .missingTensor(let path, let name): .missingTensor(path: path, name: part + name)
    case .unexpectedTensor(let path, let name): .unexpectedTensor(path: path, name: part + name)
    case .shapeDiffers(let path, let name, let expected, let found):
      .shapeDiffers(path: path, name: part + name, expected: expected, found: found)
    case .impossibleValues(let path, let name): .impossibleValues(path: path, name: part + name)
    default: self
    }
  }

  /// The same error with the file it was found in.
  func at(_ path: String) -> SavingError {
    switch self {
    case .file: self
    case .safetensors(_, let error): .safetensors(path: path, error)
    case .notANetwork: .notANetwork(path: path)
    case .isACheckpoint: .isACheckpoint(path: path)
    case .isASegmenter: .isASegmenter(path: path)
    case .notASegmenter: .notASegmenter(path: path)
    case .notACheckpoint: .notACheckpoint(path: path)
    case .unknownVersion(_, let version, let known): .unknownVersion(path: path, version: version, known: known)
    case .badDescription(_, let reason): .badDescription(path: path, reason: reason)
    case .missingTensor(_, let name): .missingTensor(path: path, name: name)
    case .unexpectedTensor(_, let name): .unexpectedTensor(path: path, name: name)
    case .shapeDiffers(_, let name, let expected, let found):
      .shapeDiffers(path: path, name: name, expected: expected, found: found)
    case .impossibleValues(_, let name): .impossibleValues(path: path, name: name)
    }
  }
}
