import Base
import Language
import Vocabulary

/// What the first rank of a run, which has the cache, tells the others of a cell.
struct RecalledCell: Codable {
  /// Whether it need not run.
  let isRecalled: Bool
  /// Whether the cache has lost what it promised.
  let isDamaged: Bool
  private let names: [String]
  /// The stored forms of their values, which the cell reads and nobody has computed in this run.
  private let forms: [[UInt8]]

  init(isRecalled: Bool, isDamaged: Bool, _ values: [(name: String, value: Value)]) {
    self.isRecalled = isRecalled
    let forms = values.compactMap { try? storedForm(of: $0.value) }
    self.isDamaged = isDamaged || forms.count != values.count
    (names, self.forms) = (values.map(\.name), forms)
  }

  /// The values by their names; `nil` where one can't be read.
  func values(_ registry: Registry) -> [(name: String, value: Value)]? {
    let values = forms.compactMap { try? restored(Value.self, from: $0, userInfo: [.registry: registry]) }
    return values.count == names.count ? Array(zip(names, values).map { (name: $0, value: $1) }) : nil
  }
}
