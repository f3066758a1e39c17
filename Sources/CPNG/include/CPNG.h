#pragma once
#include <stddef.h>
#include <stdint.h>

/// PNG from and to memory. libpng reports errors by longjmp; the jumps stay inside CPNG.c.

enum cpng_result {
  CPNG_OK = 0,
  CPNG_TRUNCATED = 1,
  CPNG_DAMAGED = 2,
  CPNG_NO_MEMORY = 3,
};

enum { CPNG_MESSAGE_SIZE = 160 };

/// What the chunks before the pixels say.
typedef struct {
  uint32_t width, height;
  int bit_depth;         ///< 1, 2, 4, 8 or 16
  int color_type;        ///< PNG's: 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGB + alpha
  int channels;          ///< 1 to 4
  int interlaced;        ///< 0 or 1 (Adam7)
  int palette_count;     ///< entries of `palette`, 0 unless color_type is 3
  uint8_t palette[256 * 4]; ///< red, green, blue, alpha
  int has_key;           ///< 1 when `key` names a transparent grey or colour
  uint16_t key[3];
  int significant_bits;  ///< written only: how many of `bit_depth` bits mean something, 0 to say nothing
  char message[CPNG_MESSAGE_SIZE]; ///< why it failed, NUL-terminated
} cpng_image;

/// Fills `image` from everything that stands before the pixels.
int cpng_read_header(const uint8_t *bytes, size_t count, cpng_image *image);

/// Reads the pixels, interleaved by channel, unscaled (1-bit samples are 0 or 1, palette images give indices).
/// `samples` holds width × height × channels of what `cpng_read_header` found; `capacity` is checked against it.
int cpng_read_samples(const uint8_t *bytes, size_t count, cpng_image *image, uint16_t *samples, size_t capacity);

/// Encodes `samples` as `image` describes; `*out` is to be freed with `cpng_free`.
int cpng_write(cpng_image *image, const uint16_t *samples, uint8_t **out, size_t *out_count);

void cpng_free(uint8_t *bytes);
