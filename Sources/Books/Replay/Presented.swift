import Language

/// What a value looks like in a report.
public enum Presented: Sendable {
  case text(String)
  case figure(PresentedFigure)
  case table(TableRecord)
  case metrics(MetricsRecord)
}

/// A figure that can be rendered.
public struct PresentedFigure: Sendable {
  public let caption: String?
  public let isPixelsOnly: Bool
  let png: @Sendable () throws -> [UInt8]
  let svg: @Sendable () throws -> [UInt8]
  let pgm: @Sendable () throws -> [UInt8]

  public init(
    caption: String?, isPixelsOnly: Bool, png: @escaping @Sendable () throws -> [UInt8],
    svg: @escaping @Sendable () throws -> [UInt8], pgm: @escaping @Sendable () throws -> [UInt8]
  ) {
    self.caption = caption
    self.isPixelsOnly = isPixelsOnly
    self.png = png
    self.svg = svg
    self.pgm = pgm
  }
}

/// Turns a value into what reports show: the vocabulary's own, or a test's.
public typealias Presenter = @Sendable (Value) throws -> [Presented]
