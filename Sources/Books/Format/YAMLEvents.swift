import CYaml

// The one file that talks to libyaml, which comes with Yams: its pointers stay here.

/// Why a YAML text is not read, though it may be YAML: its names and values are not plain.
struct YAMLRefusal: Sendable, Hashable {
  /// Counted from 1.
  let line, column: Int
  let message: String
}

/// Looks at what libyaml's parser meets in a text, before a tree is made of it: a tree of aliases can be larger than all
/// memory, and one of deep lists larger than the stack.
///
/// The parser and nobody else tells an alias from a star in a text. Costs a pass over the text; what is after a mistake of
/// syntax is not looked at.
///
/// - Returns: the first anchor, alias or tag, the first node that lies too deep, or the first too many.
func refusalOfYAML(_ text: String) -> YAMLRefusal? {
  var text = text
  return text.withUTF8 { bytes in
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return YAMLRefusal(line: 1, column: 1, message: "no memory") }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
    var census = YAMLCensus()
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else { return census.objection(toEndOf: parser) }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT || event.type == YAML_NO_EVENT { return nil }
      if let message = census.objection(to: event) {
        return YAMLRefusal(
          line: event.start_mark.line + 1, column: event.start_mark.column + 1, message: message)
      }
    }
  }
}

/// How much has been met so far.
private struct YAMLCensus {
  private var depth = 0
  private var nodes = 0
  /// A front matter of a book goes three deep.
  private static let mostDepth = 8
  private static let mostNodes = 10_000

  mutating func objection(to event: yaml_event_t) -> String? {
    switch event.type {
    case YAML_ALIAS_EVENT: return "an alias (`*name`) is not read"
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      return objection(anchor: scalar.anchor, tag: scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      depth += 1
      return objection(anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT:
      depth += 1
      return objection(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      depth -= 1
      return nil
    default: return nil
    }
  }

  /// Brackets are read ahead of the events, up to a depth at which libyaml gives up.
  func objection(toEndOf parser: yaml_parser_t) -> YAMLRefusal? {
    guard Int(parser.flow_level) > Self.mostDepth else { return nil }
    return YAMLRefusal(
      line: parser.problem_mark.line + 1, column: parser.problem_mark.column + 1, message: Self.tooDeep)
  }

  private static let tooDeep = "the YAML is nested more than \(mostDepth) deep"

  private mutating func objection(anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?) -> String? {
    nodes += 1
    if anchor != nil { return "an anchor (`&name`) is not read" }
    if tag != nil { return "a tag (`!name`) is not read" }
    if depth > Self.mostDepth { return Self.tooDeep }
    if nodes > Self.mostNodes { return "the YAML has more than \(Self.mostNodes) names and values" }
    return nil
  }
}
