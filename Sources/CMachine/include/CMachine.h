// What Swift cannot say about the machine: the vector width this build was made for, the features it needs of the
// processor, and the mode of the floating-point unit.
#pragma once
#include <stdint.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/// Floats in the widest vector register that the build's compiler flags allow: 16 with AVX-512, else 8 (AVX2 has one
/// register for it, NEON a pair).
#if defined(__AVX512F__)
enum { machine_vector_floats = 16 };
#else
enum { machine_vector_floats = 8 };
#endif

/// Names, separated by a comma, of the processor features that this build uses and this processor lacks; empty when it
/// can run.
const char *machine_missing_features(void);

/// Keeps up to `bytes` of freed memory at the heap's end, and takes pieces of up to 32 MiB from the heap.
void machine_keep_freed_memory(int bytes);

/// The floating-point mode of the calling thread.
static inline uint64_t machine_float_mode(void) {
#if defined(__x86_64__)
  return _mm_getcsr();
#elif defined(__aarch64__)
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
#else
  return 0;
#endif
}

/// Sets the floating-point mode of the calling thread.
static inline void machine_set_float_mode(uint64_t mode) {
#if defined(__x86_64__)
  _mm_setcsr((unsigned)mode);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"(mode));
#endif
}

/// `mode` with denormal inputs read as zero and denormal results flushed to zero.
static inline uint64_t machine_flushing_denormals(uint64_t mode) {
#if defined(__x86_64__)
  return mode | 0x8040;  // flush-to-zero, denormals-are-zero
#elif defined(__aarch64__)
  return mode | (1u << 24);
#else
  return mode;
#endif
}

/// Tells the processor that the calling thread spins.
static inline void machine_relax(void) {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
