#pragma once
#include <stddef.h>
#include <stdint.h>

/// TIFF from memory: one page, stripped or tiled. libtiff's messages are caught, never printed.

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

/// What a sample is.
enum ctiff_sample_format {
  CTIFF_UNSIGNED = 0,
  CTIFF_SIGNED = 1,
  CTIFF_REAL = 2,
};

/// What a directory says.
typedef struct {
  uint32_t width, height;
  int bit_depth;     ///< 1 to 16, 32 or 64; of signed numbers 8, 16, 32 or 64, of real ones 16, 32 or 64
  int sample_format; ///< one of ctiff_sample_format
  int channels;      ///< samples per pixel that are read: 1 or 3 of grey or colour, and alpha behind them
  int photometric;   ///< one of ctiff_photometric
  int has_alpha;     ///< 1 when the last channel is alpha
  int stored_channels;   ///< samples per pixel in the file
  int alpha_channel;     ///< which of them is alpha, when one is
  int channels_left_out; ///< how many of them are neither colour nor alpha
  int alpha_is_multiplied; ///< 1 when the colours are already multiplied by alpha
  int ran_out;     ///< 1 when the library asked for bytes behind the end
  int palette_count;
  uint8_t palette[256 * 3]; ///< red, green, blue; CTIFF_PALETTE of up to 8 bits only
  char message[CTIFF_MESSAGE_SIZE]; ///< why it failed, NUL-terminated
} ctiff_image;

/// The samples of a page that are read, before they become whole numbers.
typedef struct {
  double smallest, largest;
  int fractions;    ///< 1 when some are not whole
  int not_a_number; ///< 1 when some are no numbers
} ctiff_range;

/// Fills `image` from the directory at an offset of the file; 0 stands for the first one.
int ctiff_read_header(const uint8_t *bytes, size_t count, uint64_t directory, ctiff_image *image);

/// Looks at every sample of what `ctiff_read_header` found.
int ctiff_measure(const uint8_t *bytes, size_t count, uint64_t directory, ctiff_image *image, ctiff_range *range);

/// Reads the pixels, interleaved by channel. Unsigned samples of up to 16 bits come as they are; others, which
/// `ctiff_measure` has looked at, are multiplied by `scale` and rounded. `samples` holds width × height × channels of what
/// `ctiff_read_header` found; `capacity` is checked against it.
int ctiff_read_samples(
  const uint8_t *bytes, size_t count, uint64_t directory, ctiff_image *image, double scale, uint16_t *samples,
  size_t capacity);
