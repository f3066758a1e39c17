import Benchmarks
import Testing

@Suite struct StepProfileTests {
  /// Everything observed lies inside the step and is counted once, so the shares add up to the whole.
  @Test func sharesAddUpAndTheMainOperationsAreThere() throws {
    let profile = try StepProfile(size: 64, width: 4, batch: 1)
    for entries in [profile.operations, profile.layers] {
      let sum = entries.reduce(0) { $0 + profile.share(of: $1) }
      #expect(abs(sum - 1) < 0.01)
    }
    let names = Set(profile.operations.map { "\($0.name) \($0.direction)" })
    #expect(names.isSuperset(of: ["convolution 3×3 forward", "convolution 3×3 backward", "Adam update"]))
    #expect(profile.layers.contains { $0.name.hasPrefix("encoder1.convolution") && $0.floatingPointOperations > 0 })
  }
}
