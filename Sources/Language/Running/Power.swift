import Glibc

/// x^y for exponents that are no whole numbers.
func libraryPower(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
