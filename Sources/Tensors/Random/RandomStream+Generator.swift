extension RandomStream {
  /// The stream as a generator of the standard library: two of its draws make 64 bits, the low half first.
  public struct Generator: RandomNumberGenerator, Sendable {
    private var stream: RandomStream

    init(_ stream: RandomStream) { self.stream = stream }

    public mutating func next() -> UInt64 {
      let low = UInt64(stream.next())
      return low | UInt64(stream.next()) << 32
    }
  }

  /// A generator that draws what this stream would draw from here on.
  public var generator: Generator { Generator(self) }
}
