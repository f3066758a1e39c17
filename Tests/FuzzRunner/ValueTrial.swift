import Fuzzing
import Imaging
import Language
import Vocabulary

/// Looks at a value in all the ways there are: as text, as a picture, its members, its first and last element.
struct ValueTrial {
  let registry: Registry

  func examine(_ value: Value) throws(Fault) {
    guard !display(value).isEmpty || isEmptyText(value), !inline(value).isEmpty else {
      throw Fault("value without text")
    }
    for shown in presentations(of: value) { draw(shown) }
    guard case .object(let object) = value else { return }
    let type = type(of: object)
    for member in type.members {
      guard let found = try coded({ try object.member(member.name) }) else { continue }
      guard isOf(member.kind, found) else { throw Fault("member of another kind", "\(type.typeName).\(member.name)") }
    }
    guard let count = object.count, count > 0 else { return }
    for index in Set([0, count - 1]) { _ = try coded { try object.element(at: index) } }
  }

  /// Runs what may fail with a code.
  private func coded(_ body: () throws -> Value) throws(Fault) -> Value? {
    do { return try body() } catch let error as any CodedError {
      guard !error.code.isEmpty, !error.message.isEmpty else { throw Fault("no coded mistake", "\(error)") }
      return nil
    } catch {
      throw Fault("no coded mistake", "\(error)")
    }
  }

  private func isEmptyText(_ value: Value) -> Bool {
    if case .text("") = value { true } else { false }
  }

  private func isOf(_ kind: Kind, _ value: Value) -> Bool {
    switch (kind, value) {
    case (.any, _), (_, .none), (.truth, .truth), (.number, .number), (.text, .text), (.record, .record),
      (.range, .range),
      (.function, .function):
      true
    case (.list(let element), .list(let values)): values.allSatisfy { isOf(element, $0) }
    case (.object(let name), .object(let object)): type(of: object).typeName == name
    case (.oneOf(let kinds), _): kinds.contains { isOf($0, value) }
    default: false
    }
  }
}
