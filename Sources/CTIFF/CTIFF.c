#include "CTIFF.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

/// A strip or tile larger than this is a lie or a mistake: a whole image of 100 megapixels may be one strip.
static const tmsize_t largest_block = (tmsize_t)1 << 30;

/// More channels than any camera has.
static const int largest_channel_count = 256;

/// The file in memory, as libtiff's client data.
typedef struct {
  const uint8_t *bytes;
  uint64_t count, offset;
  ctiff_image *image;
} source;

static void keep_message(thandle_t client, const char *module, const char *format, va_list arguments) {
  (void)module;
  source *from = client;
  // The first complaint names the cause.
  if (from && !from->image->message[0])
    vsnprintf(from->image->message, CTIFF_MESSAGE_SIZE, format, arguments);
}

static void install_handlers(void) {
  TIFFSetWarningHandler(NULL);
  TIFFSetErrorHandler(NULL);
  TIFFSetErrorHandlerExt(keep_message);
}

static tmsize_t take_bytes(thandle_t client, void *out, tmsize_t count) {
  source *from = client;
  if (count <= 0) return 0;
  uint64_t left = from->offset < from->count ? from->count - from->offset : 0;
  if ((uint64_t)count > left) {
    from->image->ran_out = 1;
    count = (tmsize_t)left;
  }
  memcpy(out, from->bytes + from->offset, (size_t)count);
  from->offset += (uint64_t)count;
  return count;
}

static tmsize_t refuse_bytes(thandle_t client, void *bytes, tmsize_t count) {
  (void)client;
  (void)bytes;
  (void)count;
  return 0;
}

static toff_t move(thandle_t client, toff_t offset, int whence) {
  source *from = client;
  if (whence == SEEK_CUR) offset += from->offset;
  if (whence == SEEK_END) offset += from->count;
  if (offset > from->count) {
    from->image->ran_out = 1;
    offset = from->count;
  }
  return from->offset = offset;
}

static int close_nothing(thandle_t client) {
  (void)client;
  return 0;
}

static toff_t size_of(thandle_t client) { return ((source *)client)->count; }

static TIFF *open_memory(source *from, uint64_t directory) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install_handlers);
  // "m": no memory mapping, so that every read passes through take_bytes and its bounds.
  // "h": the header alone, where another directory than the first may be wanted.
  TIFF *tiff = TIFFClientOpen(
    "memory", directory ? "rmh" : "rm", from, take_bytes, refuse_bytes, move, close_nothing, size_of, NULL, NULL);
  if (tiff && directory && !TIFFSetSubDirectory(tiff, directory)) {
    TIFFClose(tiff);
    return NULL;
  }
  return tiff;
}

static int refuse(ctiff_image *image, const char *words) {
  snprintf(image->message, CTIFF_MESSAGE_SIZE, "%s", words);
  return CTIFF_UNSUPPORTED;
}

static int read_palette(TIFF *tiff, ctiff_image *image) {
  if (image->bit_depth > 8) return refuse(image, "a palette of more than 256 colours");
  uint16_t *red, *green, *blue;
  if (!TIFFGetField(tiff, TIFFTAG_COLORMAP, &red, &green, &blue)) return refuse(image, "a palette image without palette");
  image->palette_count = 1 << image->bit_depth;
  // Colours have 16 bits, but some programs write 8.
  int shift = 0;
  for (int i = 0; i < image->palette_count; i++)
    if ((red[i] | green[i] | blue[i]) > 255) shift = 8;
  for (int i = 0; i < image->palette_count; i++) {
    image->palette[3 * i] = red[i] >> shift;
    image->palette[3 * i + 1] = green[i] >> shift;
    image->palette[3 * i + 2] = blue[i] >> shift;
  }
  return CTIFF_OK;
}

/// Which numbers the samples are; refuses those that are not read.
static int read_sample_format(ctiff_image *image, uint16_t format) {
  int bits = image->bit_depth;
  switch (format) {
    case SAMPLEFORMAT_UINT:
    case SAMPLEFORMAT_VOID:
      image->sample_format = CTIFF_UNSIGNED;
      if ((bits >= 1 && bits <= 16) || bits == 32 || bits == 64) return CTIFF_OK;
      break;
    case SAMPLEFORMAT_INT:
      image->sample_format = CTIFF_SIGNED;
      if (bits == 8 || bits == 16 || bits == 32 || bits == 64) return CTIFF_OK;
      break;
    case SAMPLEFORMAT_IEEEFP:
      image->sample_format = CTIFF_REAL;
      if (bits == 16 || bits == 32 || bits == 64) return CTIFF_OK;
      break;
    case SAMPLEFORMAT_COMPLEXINT:
    case SAMPLEFORMAT_COMPLEXIEEEFP: return refuse(image, "complex numbers");
    default: return refuse(image, "samples of an unknown kind");
  }
  snprintf(image->message, CTIFF_MESSAGE_SIZE, "%d-bit %s numbers", bits,
    format == SAMPLEFORMAT_INT ? "signed" : format == SAMPLEFORMAT_IEEEFP ? "real" : "whole");
  return CTIFF_UNSUPPORTED;
}

/// Which of the stored channels are read: a channel beside grey and colour is alpha only where the file says so.
static void choose_channels(TIFF *tiff, ctiff_image *image, int colours) {
  uint16_t extra_count = 0, *extra = NULL;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &extra_count, &extra);
  image->has_alpha = image->alpha_is_multiplied = 0;
  int extra_channels = image->stored_channels - colours;
  // The tag speaks of the last channels.
  int first = image->stored_channels - extra_count;
  for (int i = 0; extra && i < extra_count && !image->has_alpha; i++) {
    if (first + i < colours || (extra[i] != EXTRASAMPLE_ASSOCALPHA && extra[i] != EXTRASAMPLE_UNASSALPHA)) continue;
    image->has_alpha = 1;
    image->alpha_channel = first + i;
    image->alpha_is_multiplied = extra[i] == EXTRASAMPLE_ASSOCALPHA;
  }
  image->channels = colours + image->has_alpha;
  image->channels_left_out = extra_channels - image->has_alpha;
}

static int read_description(TIFF *tiff, ctiff_image *image) {
  uint32_t width = 0, height = 0;
  uint16_t bits = 1, channels = 1, format = SAMPLEFORMAT_UINT, photometric = PHOTOMETRIC_MINISBLACK;
  uint16_t compression = COMPRESSION_NONE;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &channels);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  image->width = width;
  image->height = height;
  image->bit_depth = bits;
  image->stored_channels = channels;
  if (!TIFFIsCODECConfigured(compression)) return refuse(image, "a compression this libtiff does not know");
  int result = read_sample_format(image, format);
  if (result != CTIFF_OK) return result;
  if (photometric == PHOTOMETRIC_YCBCR && compression == COMPRESSION_JPEG) {
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    photometric = PHOTOMETRIC_RGB;
  }
  int colours = 1;
  switch (photometric) {
    case PHOTOMETRIC_MINISWHITE: image->photometric = CTIFF_GREY_INVERTED; break;
    case PHOTOMETRIC_MINISBLACK: image->photometric = CTIFF_GREY; break;
    case PHOTOMETRIC_PALETTE: image->photometric = CTIFF_PALETTE; break;
    case PHOTOMETRIC_RGB: image->photometric = CTIFF_RGB; colours = 3; break;
    default: return refuse(image, "a colour model other than grey, RGB and palette");
  }
  if (channels < colours) return refuse(image, "colours of fewer than three channels");
  if (channels > largest_channel_count) return refuse(image, "hundreds of channels");
  choose_channels(tiff, image, colours);
  return image->photometric == CTIFF_PALETTE ? read_palette(tiff, image) : CTIFF_OK;
}

/// A rectangle of the image as libtiff decodes it: a strip or a tile, of all channels or of one.
typedef struct {
  uint32_t x, y;           ///< its left upper corner in the image
  uint32_t width, height;  ///< in pixels, what lies in the image
  size_t row_bytes;        ///< of one decoded row, padding included
  int first_channel, channels;
} block;

/// What is done with the samples: they are measured, or multiplied by `scale` and kept.
typedef struct {
  ctiff_range *range;
  double scale;
  uint16_t *samples;
} destination;

/// An unsigned sample of 1 to 16 bits. Those that fill no bytes lie one behind the other, their high bits first.
static uint16_t plain_sample(const uint8_t *row, size_t i, int bits) {
  uint16_t value;
  if (bits == 8) return row[i];
  if (bits == 16) {
    memcpy(&value, row + 2 * i, 2);
    return value;
  }
  size_t bit = i * bits, byte = bit / 8;
  int used = (int)(bit % 8) + bits;
  uint32_t window = (uint32_t)row[byte] << 16;
  if (used > 8) window |= (uint32_t)row[byte + 1] << 8;
  if (used > 16) window |= row[byte + 2];
  return (window >> (24 - used)) & ((1u << bits) - 1);
}

static double half_float(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double value = exponent == 31 ? (fraction ? NAN : INFINITY)
                 : exponent == 0 ? ldexp(fraction, -24)
                                 : ldexp(fraction + 1024, exponent - 25);
  return bits >> 15 ? -value : value;
}

/// A sample of any other kind.
static double other_sample(const uint8_t *row, size_t i, int format, int bits) {
  const uint8_t *from = row + i * (bits / 8);
  union { int8_t i8; int16_t i16; int32_t i32; int64_t i64; uint16_t u16; uint32_t u32; uint64_t u64; float f; double d; } value;
  memcpy(&value, from, bits / 8);
  switch (format) {
    case CTIFF_REAL: return bits == 16 ? half_float(value.u16) : bits == 32 ? value.f : value.d;
    case CTIFF_SIGNED: return bits == 8 ? value.i8 : bits == 16 ? value.i16 : bits == 32 ? value.i32 : (double)value.i64;
    default: return bits == 32 ? value.u32 : (double)value.u64;
  }
}

static void measure(double value, ctiff_range *range) {
  if (isnan(value)) {
    range->not_a_number = 1;
    return;
  }
  if (value < range->smallest) range->smallest = value;
  if (value > range->largest) range->largest = value;
  if (value != floor(value)) range->fractions = 1;
}

/// Puts a decoded block where it belongs, one channel after the other.
static void place(const block *b, const uint8_t *decoded, const ctiff_image *image, const destination *to) {
  int is_plain = image->sample_format == CTIFF_UNSIGNED && image->bit_depth <= 16;
  for (int channel = 0; channel < image->channels; channel++) {
    int stored = image->has_alpha && channel == image->channels - 1 ? image->alpha_channel : channel;
    if (stored < b->first_channel || stored >= b->first_channel + b->channels) continue;
    for (uint32_t y = 0; y < b->height; y++) {
      const uint8_t *row = decoded + y * b->row_bytes;
      size_t at = ((size_t)(b->y + y) * image->width + b->x) * image->channels + channel;
      size_t i = stored - b->first_channel;
      for (uint32_t x = 0; x < b->width; x++, i += b->channels, at += image->channels) {
        if (is_plain) {
          to->samples[at] = plain_sample(row, i, image->bit_depth);
        } else {
          double value = other_sample(row, i, image->sample_format, image->bit_depth);
          if (to->range) {
            measure(value, to->range);
          } else {
            double scaled = floor(value * to->scale + 0.5);
            to->samples[at] = scaled >= 0 && scaled <= 65535 ? (uint16_t)scaled : 0;
          }
        }
      }
    }
  }
}

static int read_blocks(
  TIFF *tiff, const ctiff_image *image, const destination *to, uint8_t *decoded, tmsize_t size) {
  uint16_t planar = PLANARCONFIG_CONTIG;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
  int separate = planar == PLANARCONFIG_SEPARATE && image->stored_channels > 1;
  int tiled = TIFFIsTiled(tiff);
  uint32_t block_width = image->width, block_height = 0;
  if (tiled) {
    TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &block_width);
    TIFFGetField(tiff, TIFFTAG_TILELENGTH, &block_height);
  } else {
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &block_height);
    if (block_height > image->height) block_height = image->height;
  }
  if (!block_width || !block_height) return 0;
  block b = {.channels = separate ? 1 : image->stored_channels};
  b.row_bytes = ((size_t)block_width * b.channels * image->bit_depth + 7) / 8;
  if (b.row_bytes * block_height > (size_t)size) return 0;
  for (b.first_channel = 0; b.first_channel < (separate ? image->stored_channels : 1); b.first_channel++)
    for (uint64_t y = 0; y < image->height; y += block_height)
      for (uint64_t x = 0; x < image->width; x += block_width) {
        b.x = (uint32_t)x;
        b.y = (uint32_t)y;
        b.width = image->width - b.x < block_width ? image->width - b.x : block_width;
        b.height = image->height - b.y < block_height ? image->height - b.y : block_height;
        uint16_t plane = (uint16_t)b.first_channel;
        tmsize_t expected = tiled ? size : (tmsize_t)(b.row_bytes * b.height);
        tmsize_t got = tiled ? TIFFReadEncodedTile(tiff, TIFFComputeTile(tiff, b.x, b.y, 0, plane), decoded, size)
                             : TIFFReadEncodedStrip(tiff, TIFFComputeStrip(tiff, b.y, plane), decoded, expected);
        if (got < expected) return 0;
        place(&b, decoded, image, to);
      }
  return 1;
}

static int read_tiff(
  const uint8_t *bytes, size_t count, uint64_t directory, ctiff_image *image, const destination *to, size_t capacity) {
  source from = {bytes, count, 0, image};
  memset(image, 0, sizeof *image);
  TIFF *tiff = open_memory(&from, directory);
  if (!tiff) return CTIFF_DAMAGED;
  int result = read_description(tiff, image);
  if (result == CTIFF_OK && to) {
    tmsize_t size = TIFFIsTiled(tiff) ? TIFFTileSize(tiff) : TIFFStripSize(tiff);
    uint8_t *decoded = NULL;
    if ((size_t)image->width * image->height * image->channels > capacity || size <= 0 || size > largest_block) {
      result = CTIFF_DAMAGED;
    } else if (!(decoded = malloc((size_t)size))) {
      result = CTIFF_NO_MEMORY;
    } else {
      result = read_blocks(tiff, image, to, decoded, size) ? CTIFF_OK : CTIFF_DAMAGED;
    }
    free(decoded);
  }
  TIFFClose(tiff);
  return result;
}

int ctiff_read_header(const uint8_t *bytes, size_t count, uint64_t directory, ctiff_image *image) {
  return read_tiff(bytes, count, directory, image, NULL, 0);
}

int ctiff_measure(const uint8_t *bytes, size_t count, uint64_t directory, ctiff_image *image, ctiff_range *range) {
  *range = (ctiff_range){.smallest = INFINITY, .largest = -INFINITY};
  const destination to = {.range = range};
  return read_tiff(bytes, count, directory, image, &to, SIZE_MAX);
}

int ctiff_read_samples(
  const uint8_t *bytes, size_t count, uint64_t directory, ctiff_image *image, double scale, uint16_t *samples,
  size_t capacity) {
  const destination to = {.scale = scale, .samples = samples};
  return read_tiff(bytes, count, directory, image, &to, capacity);
}
