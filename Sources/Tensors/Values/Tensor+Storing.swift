/// A tensor's stored form: exact to the bit.
extension Tensor: Codable {
  private enum CodingKeys: CodingKey { case shape, values }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(shape, forKey: .shape)
    try fields.encode(values, forKey: .values)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let shape = try fields.decode([Int].self, forKey: .shape)
    let values = try fields.decode([Float].self, forKey: .values)
    var count: Int? = 1
    for extent in shape {
      let product = (count ?? 0).multipliedReportingOverflow(by: extent)
      count = extent < 0 || product.overflow ? nil : product.partialValue
    }
    guard count == values.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: fields, debugDescription: "not as many as the shape has")
    }
    self.init(shape, values: values)
  }
}
