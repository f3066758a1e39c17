#include "CMachine.h"
#include <malloc.h>
#include <string.h>

// Appends `name` to the list where the build was compiled for it and the processor does not have it.
#define NEEDS(feature, name)                     \
  if (!__builtin_cpu_supports(feature)) {        \
    if (missing[0]) strcat(missing, ", ");       \
    strcat(missing, name);                       \
  }

const char *machine_missing_features(void) {
  static char missing[128];
  missing[0] = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
#if defined(__AVX__)
  NEEDS("avx", "AVX")
#endif
#if defined(__AVX2__)
  NEEDS("avx2", "AVX2")
#endif
#if defined(__FMA__)
  NEEDS("fma", "FMA")
#endif
#if defined(__AVX512F__)
  NEEDS("avx512f", "AVX-512F")
#endif
#if defined(__AVX512VL__)
  NEEDS("avx512vl", "AVX-512VL")
#endif
#if defined(__AVX512DQ__)
  NEEDS("avx512dq", "AVX-512DQ")
#endif
#if defined(__AVX512BW__)
  NEEDS("avx512bw", "AVX-512BW")
#endif
#endif
  return missing;
}

void machine_keep_freed_memory(int bytes) {
  mallopt(M_MMAP_THRESHOLD, 1 << 25);
  mallopt(M_TRIM_THRESHOLD, bytes);
}
