import Kernels

// What the layer's settings are written in, so that users of tensors need not import the kernels.

/// The pointwise functions after a layer.
public typealias Activation = Kernels.Activation
/// How a map is resampled.
public typealias Interpolation = Kernels.Interpolation
/// Arithmetic on two numbers.
public typealias ArithmeticOperation = Kernels.ArithmeticOperation
/// The threads that share the work.
public typealias Workers = Kernels.Workers
/// What is made of a network's parameters alone, kept from pass to pass.
public typealias KeptFilters = Kernels.KeptFilters
