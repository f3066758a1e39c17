import Tensors
import Testing

@Suite struct TensorTests {
  let a = Tensor([3, 5], values: (0..<15).map { Float($0) - 7 })

  @Test func arithmetic() throws {
    let b = a * 2 + 1
    #expect(b.values == a.values.map { 2 * $0 + 1 })
    #expect((a - b).values == zip(a.values, b.values).map(-))
    #expect((a * b).values == zip(a.values, b.values).map(*))
    #expect((1 - a).values == a.values.map { 1 - $0 })
    #expect((a / b).values == zip(a.values, b.values).map(/))
    #expect(a.absolute().values == a.values.map(abs))
    #expect(a.clipped(to: -2...3).values == a.values.map { min(max($0, -2), 3) })
    #expect(a.map { $0 * $0 }.squareRoot() == a.absolute())
    #expect(a.sum() == 0 && a.mean() == 0 && a.minimum() == -7 && a.maximum() == 7)
    let error = #expect(throws: TensorError.self) { try a.applying(.add, Tensor([5, 3]), named: "+") }
    #expect(error?.message == "+ needs two tensors of one shape, here 3×5 and 5×3")
  }

  @Test func copiesAreIndependent() {
    var b = a
    b[flat: 3] = 100
    #expect(a[flat: 3] == -4)
    #expect(b[flat: 3] == 100)
    b.add(a, times: 0.5)
    #expect(b[flat: 3] == 98)
  }

  @Test func notFiniteIsSeen() {
    #expect(a.isFinite)
    var b = a
    b[flat: 14] = .nan
    #expect(!b.isFinite)
    #expect(b.maximum().isNaN && b.minimum().isNaN)
    #expect((a.log().values[0]).isNaN)
    #expect(a.log().values[7] == -.infinity)
  }

  @Test func piecesAndJoins() {
    let maps = Tensor([2, 1, 2, 3], values: (0..<12).map(Float.init))
    #expect(maps.item(1).values == [6, 7, 8, 9, 10, 11])
    #expect(Tensor.stacked([maps.item(0), maps.item(1)]) == maps)
    let joined = Tensor.channelsJoined([maps, maps * 10])
    #expect(joined.shape == [2, 1, 2, 6])
    #expect(Array(joined.values.prefix(6)) == [0, 1, 2, 0, 10, 20])
    #expect(maps.reshaped([12]).shape == [12])
  }

  /// Long sums keep their digits: a million tenths.
  @Test func sumsAreTakenInDoublePrecision() {
    let tenths = Tensor([1_000_000], filledWith: 0.1)
    #expect(abs(tenths.sum() - 1_000_000 * Double(Float(0.1))) < 1e-5)
  }
}
