/// A text that an input put out, as a record of the session has it.
struct PutText: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case prose
    /// Set in columns.
    case rows
    /// That a training goes on which was stopped.
    case resumption
  }
  let text: String
  let kind: Kind
}
