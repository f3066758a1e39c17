#pragma once
#include <stddef.h>
#include <stdint.h>

/// TIFF from memory: the first page, stripped or tiled. libtiff's messages are caught, never printed.

enum ctiff_result {
  CTIFF_OK = 0,
  CTIFF_DAMAGED = 1,
  CTIFF_UNSUPPORTED = 2,
  CTIFF_NO_MEMORY = 3,
};

enum { CTIFF_MESSAGE_SIZE = 160 };

/// How the grey or colour of a sample is to be understood.
enum ctiff_photometric {
  CTIFF_GREY = 0,
  CTIFF_GREY_INVERTED = 1,
  CTIFF_RGB = 2,
  CTIFF_PALETTE = 3,
};

/// What the first directory says.
typedef struct {
  uint32_t width, height;
  int bit_depth;   ///< 1, 2, 4, 8 or 16
  int channels;    ///< samples per pixel, alpha included: 1 to 4
  int photometric; ///< one of ctiff_photometric
  int has_alpha;   ///< 1 when the last channel is alpha
  int alpha_is_multiplied; ///< 1 when the colours are already multiplied by alpha
  int ran_out;     ///< 1 when the library asked for bytes behind the end
  int palette_count;
  uint8_t palette[256 * 3]; ///< red, green, blue; CTIFF_PALETTE of up to 8 bits only
  char message[CTIFF_MESSAGE_SIZE]; ///< why it failed, NUL-terminated
} ctiff_image;

/// Fills `image` from the first directory.
int ctiff_read_header(const uint8_t *bytes, size_t count, ctiff_image *image);

/// Reads the pixels, interleaved by channel, unscaled. `samples` holds width × height × channels of what
/// `ctiff_read_header` found; `capacity` is checked against it.
int ctiff_read_samples(const uint8_t *bytes, size_t count, ctiff_image *image, uint16_t *samples, size_t capacity);
