import Glibc

/// x^y for exponents that are no whole numbers; square roots are exact on every processor, other powers are the C
/// library's.
func libraryPower(_ base: Double, _ exponent: Double) -> Double {
  exponent == 0.5 ? base.squareRoot() : pow(base, exponent)
}
