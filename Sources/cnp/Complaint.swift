import Base
import Glibc
import Language

/// Whether this process says anything: of several ranks only the first does.
private var isTalking: Bool { Ranks.current.isFirst }

/// Standard output, for the results of every subcommand.
let results = TextOutput(STDOUT_FILENO)

/// A line of results, as it may be shown.
func say(_ text: String) { if isTalking { results.write(visible(text) + "\n") } }

/// A line on standard error under the program's name, as it may be shown.
func complain(_ text: String) { writeToStandardError("cnp: \(visible(text))\n") }

/// Writes all of a text to standard error, unbuffered.
func writeToStandardError(_ text: String) { if isTalking { _ = writeBytes(text.utf8, to: STDERR_FILENO) } }
