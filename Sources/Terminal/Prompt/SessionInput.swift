import Language

/// One input of a session, as it begins.
struct SessionInput: Sendable {
  /// In the order of the inputs' beginnings, from 1.
  let number: Int
  /// The label of the cell that it is.
  let cell: String
  /// As it was typed, with what of it could be read.
  let text: String
  /// Where its paths start.
  let folder: String
  /// What keys its random streams.
  let seed: UInt64
  /// Where its random commands take their streams from: its own cell's, or those of a training that it goes on with.
  let streams: StreamPlace
  /// The number of the input whose value one with a bar at its start goes on from.
  let valueSource: Int?
  var isInBackground = false
  /// What the cell of a book that it is says of itself.
  var cellOptions = LoadedOptions()

  /// The options of a cell that was loaded.
  struct LoadedOptions: Sendable {
    /// Whole `#|` lines, those for its label and its random streams left out.
    var lines: [String] = []
    /// The code of the error that it is there to show.
    var expectedError: String?
  }
}
