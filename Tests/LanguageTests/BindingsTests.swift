import Language
import Testing

@Suite struct BindingsTests {
  /// Against the record that they were before: the same names in the same order, whatever is bound, bound anew and taken out.
  @Test func namesKeepTheOrderOfTheirFirstBinding() {
    var (bindings, record) = (Bindings(), Record())
    var state: UInt64 = 7
    for step in 0..<4000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let name = "n\(state >> 33 % 300)"
      let value: Value? = state >> 40 % 5 == 0 ? nil : .number(Double(step))
      bindings[name] = value
      record[name] = value
      if step % 500 == 0 { #expect(bindings.names == record.names) }
    }
    #expect(bindings.names == record.names)
    for name in record.names { #expect(inline(bindings[name] ?? .none) == inline(record[name] ?? .none)) }
  }

  /// A snapshot is untouched by what comes after it.
  @Test func snapshotsStayAsTheyWere() {
    var bindings = Bindings()
    var snapshots: [Bindings] = []
    for step in 0..<200 {
      snapshots.append(bindings)
      bindings["n\(step % 50)"] = .number(Double(step))
    }
    for (step, snapshot) in snapshots.enumerated() {
      #expect(snapshot.names.count == min(step, 50))
      for index in 0..<min(step, 50) {
        let last = (0..<step).last { $0 % 50 == index } ?? 0
        #expect(inline(snapshot["n\(index)"] ?? .none) == "\(last)")
      }
    }
  }
}
