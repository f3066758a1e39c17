import Base

extension OutputFolder {
  /// What a rank is told of the folder that the first one has made.
  private struct Opening: Codable {
    let staging: String?
    let failure: SharedFailure?
  }

  /// The folder of a run on several ranks: made and filled by the first, and read by all.
  ///
  /// - Parameter prepare: done on the first before.
  /// - Throws: on all ranks what the first has met.
  static func shared(
    _ path: String, by ranks: Ranks, fileDigests: FileDigests, prepare: () throws(BookFileError) -> Void
  ) throws(BookFileError) -> OutputFolder {
    func make() throws(BookFileError) -> OutputFolder {
      try prepare()
      return try OutputFolder(path, fileDigests: fileDigests)
    }
    if ranks.isAlone { return try make() }
    var made: OutputFolder?
    var failure: BookFileError?
    if ranks.isFirst { do throws(BookFileError) { made = try make() } catch { failure = error } }
    let own = Opening(staging: made?.stagingName, failure: failure.map { SharedFailure($0) })
    guard let told = try? ranks.ofFirst({ own }) else {
      throw BookFileError("output-folder", "the ranks of this run cannot agree on \(path)")
    }
    if let failure = told.failure { throw failure.error }
    if let made { return made }
    return OutputFolder(at: path, filledAs: told.staging ?? "", fileDigests: fileDigests)
  }
}
