#include <fftw3.h>

// FFTW_NO_SIMD, whose shift Swift does not import; documented in fftw3.h alone.
static const unsigned fftw_without_vectors = FFTW_NO_SIMD;
