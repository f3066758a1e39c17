import Foundation
import Kernels
import Testing

/// Errors in units of the last place of the correctly rounded result, against the C library in double precision.
@Suite struct ElementaryFunctionsTests {
  private func worst(_ low: Double, _ high: Double, _ f: (Float) -> Float, _ reference: (Double) -> Double) -> Double {
    var worst = 0.0
    let count = 400_000
    for step in 0...count {
      let x = Float(low + (high - low) * Double(step) / Double(count))
      let exact = reference(Double(x))
      let unit = max(Double(Float(exact).ulp), Double(Float.leastNormalMagnitude.ulp))
      worst = max(worst, abs(Double(f(x)) - exact) / unit)
    }
    return worst
  }

  @Test func exponential() {
    #expect(worst(-87, 88.7, Elementary.exp, Foundation.exp) < 2)
    #expect(worst(-1, 1, Elementary.exp, Foundation.exp) < 2)
    #expect(Elementary.exp(Float(0)) == 1)
    #expect(Elementary.exp(Float(-200)) == 0)
    #expect(Elementary.exp(Float(200)) == Float.infinity)
    #expect(Elementary.exp(Float.nan).isNaN)
  }

  @Test func logarithm() {
    #expect(worst(1e-6, 4, Elementary.log, Foundation.log) < 2)
    #expect(worst(1, 1e6, Elementary.log, Foundation.log) < 2)
    #expect(Elementary.log(Float(1)) == 0)
    #expect(Elementary.log(Float(0)) == -Float.infinity)
    #expect(Elementary.log(Float(-1)).isNaN)
    #expect(Elementary.log(Float.infinity) == Float.infinity)
  }

  /// All around, on circles of any size.
  @Test func angles() {
    for radius in [1e-20, 0.3, 7, 1e18] {
      var worst = 0.0
      for step in 0..<200_000 {
        let turn = Double(step) / 200_000 * 2 * Double.pi
        let (x, y) = (Float(radius * Foundation.cos(turn)), Float(radius * Foundation.sin(turn)))
        let exact = Foundation.atan2(Double(y), Double(x))
        worst = max(worst, abs(Double(Elementary.atan2(y, x)) - exact) / Double(Float(exact).ulp))
      }
      #expect(worst < 3, "\(radius)")
    }
    #expect(Elementary.atan2(0, 0) == 0 && Elementary.atan2(0, -1) == .pi)
    #expect(Elementary.atan2(-1, 0) == -.pi / 2 && Elementary.atan2(1, 1) == .pi / 4)
  }

  @Test func exponentialInDoublePrecision() {
    var worst = 0.0
    for step in -70_000...70_000 {
      let x = Double(step) * 0.010_007
      let exact = Foundation.exp(x)
      worst = max(worst, abs(Elementary.exp(x) - exact) / exact.ulp)
    }
    #expect(worst <= 1)
    #expect(Elementary.exp(0.0) == 1)
    #expect(Elementary.exp(-746.0) == 0)
    #expect(Elementary.exp(710.0) == Double.infinity)
    #expect(Elementary.exp(Double.nan).isNaN)
  }

  @Test func logarithmInDoublePrecision() {
    var worst = 0.0
    for step in -70_000...70_000 where step != 0 {
      let x = Foundation.exp(Double(step) * 0.010_007)
      let exact = Foundation.log(x)
      worst = max(worst, abs(Elementary.log(x) - exact) / exact.ulp)
    }
    #expect(worst <= 1)
    #expect(Elementary.log(1.0) == 0)
    #expect(Elementary.log(0.0) == -Double.infinity)
    #expect(Elementary.log(-1.0).isNaN)
    #expect(Elementary.log(Double.infinity) == Double.infinity)
  }

  /// Near a zero of the function the unit of its own last place means nothing, so the error is counted in those of 1.
  @Test func sineAndCosine() {
    var worst = 0.0
    for step in -200_000...200_000 {
      let x = Float(step) * 1e-4
      worst = max(worst, abs(Double(Elementary.sin(x)) - Foundation.sin(Double(x))))
      worst = max(worst, abs(Double(Elementary.cos(x)) - Foundation.cos(Double(x))))
    }
    #expect(worst < 2 * Double(Float.ulpOfOne) / 2)
    #expect(Elementary.sin(0) == 0)
    #expect(Elementary.cos(0) == 1)
  }
}
