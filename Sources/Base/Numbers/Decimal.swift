/// A single-precision constant as the decimal that was written: 0.99, not 0.9900000095.
package func decimal(_ value: Float) -> Double { Double("\(value)") ?? Double(value) }
