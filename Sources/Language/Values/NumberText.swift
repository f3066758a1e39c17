/// A number with a fixed count of digits behind the point, rounded half away from zero; no sign before zero.
///
/// Huge numbers are written with an exponent, and what is not finite as `nan`, `∞` or `−∞`.
public func fixedPoint(_ number: Double, decimals: Int) -> String {
  guard number.isFinite else { return number.isNaN ? "nan" : number < 0 ? "−∞" : "∞" }
  let scaled = (abs(number) * (0..<decimals).reduce(1.0) { product, _ in product * 10 }).rounded()
  guard scaled < 9e15 else { return "\(number)" }
  let digits = String(Int(scaled))
  let sign = number < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return sign + digits }
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

/// A time in the two units that matter: `0.4 s`, `48 s`, `12 min 30 s`, `3 h 05 min`.
///
/// - Parameter inTenths: whether a short time has its tenths of a second.
public func duration(_ seconds: Double, inTenths: Bool = true) -> String {
  if inTenths, seconds < 9.95 { return fixedPoint(seconds, decimals: 1) + " s" }
  let total = seconds > 0 ? Int(max(min(seconds, 1e9).rounded(), 1)) : 0
  func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  if total < 60 { return "\(total) s" }
  if total < 3_600 { return "\(total / 60) min \(twoDigits(total % 60)) s" }
  return "\(total / 3_600) h \(twoDigits(total / 60 % 60)) min"
}
