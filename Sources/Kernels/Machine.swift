import CMachine

/// The processor this build was made for.
public enum Machine {
  /// Floats in a vector register of this build: 16 with AVX-512, else 8.
  public static var vectorWidth: Int { machine_vector_floats }

  /// The features this build uses and this processor lacks, as `"AVX2, FMA"`; nil when the processor has them all.
  /// Ask before anything else computes.
  public static var missingFeatures: String? {
    let missing = String(cString: machine_missing_features())
    return missing.isEmpty ? nil : missing
  }
}

/// Runs `body` with denormal numbers read and written as zero, which the processor otherwise computes a hundred times
/// slower; the caller's mode returns afterwards.
@inline(__always)
func flushingDenormals(_ body: () -> Void) {
  let mode = machine_float_mode()
  machine_set_float_mode(machine_flushing_denormals(mode))
  body()
  machine_set_float_mode(mode)
}
