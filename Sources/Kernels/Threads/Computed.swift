/// The values of `body` at 0 ..< `count`, in that order, each computed by whichever worker is free.
///
/// As with `parallel`, `body` computes the same whoever runs it.
package func computed<Value>(_ count: Int, _ body: (Int) -> Value) -> [Value] {
  var values = [Value?](repeating: nil, count: count)
  values.withUnsafeMutableBufferPointer { places in
    parallel(count) { places[$0] = body($0) }
  }
  return values.map { value in
    guard let value else { preconditionFailure("every task has run") }
    return value
  }
}
