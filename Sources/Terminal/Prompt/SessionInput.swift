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
  /// Where its random commands take their streams from: its own cell's, or those of a training that it goes on with.
  let streams: StreamPlace
  /// The number of the input whose value one with a bar at its start goes on from.
  let valueSource: Int?
  var isInBackground = false
}
