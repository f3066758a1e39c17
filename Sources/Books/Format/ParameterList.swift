import Base
import Language

/// The params of a book, for whoever wants to set them.
public struct ParameterList: Sendable {
  private let parameters: [BookParameter]

  /// Reads a book; `-` is standard input. A script has none.
  ///
  /// - Throws: what is wrong with its front matter; mistakes in its cells do not matter here.
  public init(path: String) throws(BookMistakes) {
    parameters = try BookParameter.all(ofBookAt: path)
  }

  /// A line each, in columns: name, type with range or choices, default, help.
  public var text: String {
    if parameters.isEmpty { return "no params" }
    let rows = parameters.map { parameter in
      [
        parameter.name, parameter.domain,
        parameter.defaultText.map { "default \(visible($0, isRow: true))" } ?? "required",
        parameter.help,
      ]
    }
    let widths = (0..<3).map { column in rows.map { displayWidth($0[column]) }.max() ?? 0 }
    return rows.map { row in
      let columns = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - displayWidth($0)) }
      return String((columns + [row[3]]).joined(separator: "  ").trimmedAtEnd)
    }.joined(separator: "\n")
  }

  /// A list of objects: name, type, default, min, max, choices and help; null where there is none.
  public var json: String {
    let list = parameters.map { parameter -> JSON in
      .object([
        "name": .text(parameter.name), "type": .text(parameter.type.rawValue), "default": parameter.defaultJSON,
        "min": .number(orNull: parameter.minimum), "max": .number(orNull: parameter.maximum),
        "choices": parameter.type == .choice ? .list(parameter.choices.map { .text($0) }) : .null,
        "help": .text(parameter.help),
      ])
    }
    return JSON.list(list).text(.lines)
  }
}

extension BookParameter {
  /// `int from 1 to 200`, `choice of batch, none`.
  fileprivate var domain: String {
    switch (minimum, maximum) {
    case (let least?, let most?): "\(type.rawValue) from \(plain(least)) to \(plain(most))"
    case (let least?, nil): "\(type.rawValue) of at least \(plain(least))"
    case (nil, let most?): "\(type.rawValue) of at most \(plain(most))"
    case (nil, nil): type == .choice ? "choice of \(choices.joined(separator: ", "))" : type.rawValue
    }
  }

  fileprivate var defaultJSON: JSON {
    guard let defaultText, let value = try? value(of: defaultText) else { return .null }
    return switch value {
    case .number(let number, _):
      number == number.rounded() && abs(number) < 0x1p53 ? .whole(Int(number)) : .number(number)
    case .truth(let truth): .truth(truth)
    default: .text(defaultText)
    }
  }
}

extension String {
  fileprivate var trimmedAtEnd: Substring { lastIndex { $0 != " " }.map { self[...$0] } ?? "" }
}
