import Base

extension OutputFolder {
  /// Writes `run.json`, the facts of the run with the digests of all that was written, and puts the folder in its place.
  /// What the last run has left there is removed afterwards.
  ///
  /// - Throws: `output-folder-taken` where something has come into the folder that no run has written; both folders are
  ///   then as they were.
  package func commit(_ facts: [String: JSON] = [:]) throws(BookFileError) {
    try write(RunManifest.name, RunManifest.text(facts, written: written))
    if let obstacle = OutputFolder.obstacle(at: target, fileDigests) { throw obstacle }
    do throws(FileError) {
      guard let old = try parent.folder([name]) else { return try parent.rename(stagingName, to: name) }
      try exchange(with: PriorRun(in: old, digests: fileDigests))
    } catch { throw BookFileError("output-folder", error.at(target).message, hint: error.hint) }
  }

  /// One step where the file system can exchange two names, else two with the old files kept until the end.
  private func exchange(with prior: PriorRun) throws(FileError) {
    if parent.exchange(stagingName, with: name) { return remove(prior, named: stagingName) }
    let (aside, lock) = try parent.moveAside(name)
    do throws(FileError) { try parent.rename(stagingName, to: name) } catch {
      try? parent.rename(aside, to: name)
      throw error
    }
    remove(prior, named: aside)
    _ = lock
  }

  /// Removes the last run's files. What cannot be removed, or what somebody has put among them in the last moment, is left
  /// under a name that is seen.
  private func remove(_ prior: PriorRun, named old: String) {
    if (try? prior.remove(from: parent, as: old)) != true { _ = keep(old) }
  }

  /// Leaves the run's files beside their place, under a name that is free, so that nothing is lost where they could not
  /// be put there.
  ///
  /// - Returns: where they are.
  package func rescue() -> String? { keep(stagingName).map { joinPath(parentFolder(of: target), $0) } }

  private func keep(_ folder: String) -> String? {
    (2...999).lazy.map { "\(self.name)-\($0)" }.first { self.parent.rename(folder, toFree: $0) }
  }
}
