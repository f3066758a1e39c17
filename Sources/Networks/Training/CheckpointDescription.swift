import FoundationEssentials
import Tensors

/// The metadata of a checkpoint, as JSON text.
struct CheckpointDescription: Codable {
  struct Best: Codable {
    let epoch: Int
    let dice: Double
  }
  let subject: TrainingSubject
  let options: TrainingOptions
  let stream: RandomStream.Identity?
  let history: [EpochRecord]
  let begun: EpochTally?
  let networks: [Architecture]
  let steps: [Int]
  let best: Best?
}

extension CheckpointDescription {
  /// Reads untrusted text.
  init(_ text: String) throws(SavingError) {
    do {
      self = try JSONDecoder().decode(CheckpointDescription.self, from: Data(text.utf8))
    } catch {
      throw .badDescription(path: nil, reason: "it does not read as a checkpoint's description")
    }
    guard isPossible else { throw .badDescription(path: nil, reason: "it names no training's networks") }
  }

  /// The text in a file's metadata.
  static func text(in metadata: [String: String], isSealed: Bool) throws(SavingError) -> String {
    guard metadata["format"] == Checkpoint.format, let text = metadata["description"] else {
      throw .notACheckpoint(path: nil)
    }
    try FormatVersion.checkpoint.check(metadata["format_version"], isSealed: isSealed)
    return text
  }

  /// Whether numbers from a file can be those of a training.
  private var isPossible: Bool {
    zip(history, 1...).allSatisfy { $0.epoch == $1 }
      && (begun.map { $0.isPossible && $0.epoch == history.count + 1 } ?? true)
      && (best.map { $0.epoch >= 1 && $0.epoch <= history.count } ?? true)
      && (1...2).contains(networks.count) && steps.count == networks.count
      && steps.allSatisfy { $0 >= 0 && $0 < 1 << 40 }
  }
}

/// What a checkpoint's file says before its numbers are read: of which training it is, and how far that has come.
public struct CheckpointOutline: Sendable {
  public let subject: TrainingSubject
  public let options: TrainingOptions
  /// What the batches and the starting weights were drawn from, where the caller kept it.
  public let stream: RandomStream.Identity?
  /// Whole ones.
  public let epochs: Int
  /// Steps done of the epoch under way; 0 between two epochs.
  public let stepsBegun: Int

  /// Reads the header of a file that may be anything, and no weights.
  ///
  /// - Parameter path: what errors call the file.
  public init(decoding bytes: [UInt8], at path: String) throws(SavingError) {
    let header: SafetensorsHeader
    do { header = try SafetensorsHeader(decoding: bytes) } catch { throw .safetensors(path: path, error) }
    do throws(SavingError) {
      let text = try CheckpointDescription.text(in: header.metadata, isSealed: header.digest != nil)
      let description = try CheckpointDescription(text)
      subject = description.subject
      options = description.options
      stream = description.stream
      epochs = description.history.count
      stepsBegun = description.begun?.steps ?? 0
    } catch {
      throw error.at(path)
    }
  }

  /// Whether a training of these passes, or has passed, through the same states.
  public func isOf(_ subject: TrainingSubject, _ options: TrainingOptions) -> Bool {
    self.subject == subject && self.options.lead(to: options, after: 0)
  }

  /// Whether a state of the same training is further on.
  public func isPassed(by state: Checkpoint) -> Bool {
    (state.history.count, state.stepsBegun) > (epochs, stepsBegun)
  }
}
