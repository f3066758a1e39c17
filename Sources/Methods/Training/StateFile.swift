import Networks

/// The file that keeps the state of a training, as the program or the host names it.
package enum StateFile {
  /// Of the option `checkpoint:`.
  case named(String)
  /// Of the host, so that a run that is stopped loses nothing though nobody asked for it.
  case automatic(String)

  /// The file of one training: of the host's, trainings of other data, networks or seeds, as the same cell has with other
  /// params, have one each.
  func file(of subject: TrainingSubject) -> StateFile {
    if case .automatic(let stem) = self { .automatic("\(stem)-\(subject.digest).checkpoint") } else { self }
  }
}

extension CheckpointOutline {
  /// Of the state that a file of the surroundings keeps; nil where there is none.
  init?(keptBy surroundings: any Surroundings, at path: String) throws {
    guard let bytes = try surroundings.kept(path) else { return nil }
    try self.init(decoding: bytes, at: path)
  }
}

extension Checkpoint {
  /// The state that a file of the surroundings keeps; nil where there is none yet.
  init?(keptBy surroundings: any Surroundings, at path: String) throws {
    guard let bytes = try surroundings.kept(path) else { return nil }
    try self.init(decoding: bytes, at: path)
  }

  /// What an earlier run has kept of this training without being asked; nil where there is nothing that fits.
  init?(
    automatic name: String, of subject: TrainingSubject, _ options: TrainingOptions, networks: [Model],
    _ surroundings: any Surroundings
  ) {
    guard let bytes = try? surroundings.kept(name) else { return nil }
    do {
      try self.init(decoding: bytes, at: name)
      try check(subject: subject, options: options, networks: networks)
    } catch {
      surroundings.tell(.stateDoesNotFit(error))
      return nil
    }
  }
}
