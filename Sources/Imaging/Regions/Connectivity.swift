import Kernels

/// The neighbours that a pixel is joined with: four at its sides, or eight with those at its corners.
public typealias Connectivity = Kernels.Connectivity
