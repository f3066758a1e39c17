/// A word that a book may hold, declared once for its reader, for `help books` and for the manual.
public protocol BookWord: RawRepresentable<String>, CaseIterable, Sendable {
  /// How it is written, with a value that it may have.
  var example: String { get }
  /// What it says, in a line without a full stop.
  var meaning: String { get }
}

/// What may stand between the `---` lines at the head of a book.
public enum FrontMatterKey: String, BookWord {
  case format = "cnpbook"
  case engine, title, authors, seed
  case parameters = "params"

  public var example: String {
    switch self {
    case .format: "cnpbook: 1"
    case .engine: "engine: \">=0.1 <1.0\""
    case .title: "title: A first look"
    case .authors: "authors: [A. Author, B. Author]"
    case .seed: "seed: 7"
    case .parameters: "params:"
    }
  }

  public var meaning: String {
    switch self {
    case .format: "the version of the form, which is needed"
    case .engine: "the versions of cnp that the book is for"
    case .title: "stands at the head of the report"
    case .authors: "stand below the title"
    case .seed: "keys everything random in the book; 0 where it is left out"
    case .parameters: "names that the cells use, whose values whoever runs the book may set, each on a line below"
    }
  }
}

/// What a param declares between its braces.
public enum ParameterKey: String, BookWord {
  case type
  case defaultValue = "default"
  case minimum = "min"
  case maximum = "max"
  case choices, help

  public var example: String {
    switch self {
    case .type: "type: int"
    case .defaultValue: "default: 5"
    case .minimum: "min: 1"
    case .maximum: "max: 500"
    case .choices: "choices: [batch, none]"
    case .help: "help: passes over the images"
    }
  }

  public var meaning: String {
    switch self {
    case .type: "what its values are, which is needed"
    case .defaultValue: "the value where none is given; without one it has to be given"
    case .minimum: "the least value of an int or a number"
    case .maximum: "the largest value of an int or a number"
    case .choices: "the words that a choice is one of"
    case .help: "a line on what it is for; a text with a comma needs quotation marks"
    }
  }
}

/// What the values of a param are.
public enum ParameterType: String, BookWord {
  case int, number, text, bool, choice, path

  public var example: String {
    switch self {
    case .int: "epochs: {type: int, default: 5, min: 1, max: 500}"
    case .number: "rate: {type: number, default: 0.0002}"
    case .text: "note: {type: text, default: \"first run, small\"}"
    case .bool: "quick: {type: bool, default: true}"
    case .choice: "norm: {type: choice, choices: [batch, none], default: batch}"
    case .path: "data: {type: path, default: images}"
    }
  }

  public var meaning: String {
    switch self {
    case .int: "a whole number"
    case .number: "a number; 10% is 0.1"
    case .text: "a text, as it is given"
    case .bool: "true or false; yes, on and 1, no, off and 0 are understood"
    case .choice: "one of the words in `choices:`"
    case .path: "a file or folder; a default starts at the book's folder"
    }
  }
}

/// What the `#|` lines at the head of a cell say.
public enum CellOption: String, BookWord {
  case label, caption, echo
  case solution
  case expectedError = "error"
  case skip, timeout
  case repetitions = "repeat"
  case seed, streams, verify, cache

  public var example: String {
    switch self {
    case .label: "label: NAME"
    case .caption: "caption: TEXT"
    case .echo: "echo: false"
    case .solution: "solution: true"
    case .expectedError: "error: CODE"
    case .skip: "skip: REASON"
    case .timeout: "timeout: 90 s"
    case .repetitions: "repeat: 5"
    case .seed: "seed: 7"
    case .streams: "streams: LABEL"
    case .verify: "verify: number rtol=1e-3"
    case .cache: "cache: false"
    }
  }

  public var meaning: String {
    switch self {
    case .label: "names its files and keys its random numbers; left out, the first name it binds"
    case .caption: "stands below what it shows"
    case .echo: "the report leaves the program out"
    case .solution: "answers an exercise: folded in the report; :next leaves it out, :solution shows it"
    case .expectedError: "the cell is there to fail with this code, and the book goes on"
    case .skip: "the cell is not run; also skip: true"
    case .timeout: "stops it after that time: seconds, or with s, min, h"
    case .repetitions: "runs it with that many seeds, and sums up the numbers or metrics that it ends with"
    case .seed: "another seed than the book's"
    case .streams: "draws the random numbers of that cell"
    case .verify: "how a check compares: text, number, none; figures exact, maxdiff<=2, psnr>=40"
    case .cache: "runs it each time, also where nothing that it depends on has changed"
    }
  }
}
