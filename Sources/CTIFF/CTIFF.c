#include "CTIFF.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

/// A strip or tile larger than this is a lie or a mistake: a whole image of 100 megapixels may be one strip.
static const tmsize_t largest_block = (tmsize_t)1 << 30;

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

static TIFF *open_memory(source *from) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install_handlers);
  // "m": no memory mapping, so that every read passes through take_bytes and its bounds.
  return TIFFClientOpen("memory", "rm", from, take_bytes, refuse_bytes, move, close_nothing, size_of, NULL, NULL);
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
  for (int i = 0; i < image->palette_count; i++) {
    image->palette[3 * i] = red[i] >> 8;
    image->palette[3 * i + 1] = green[i] >> 8;
    image->palette[3 * i + 2] = blue[i] >> 8;
  }
  return CTIFF_OK;
}

static int read_description(TIFF *tiff, ctiff_image *image) {
  uint32_t width = 0, height = 0;
  uint16_t bits = 1, channels = 1, format = SAMPLEFORMAT_UINT, photometric = PHOTOMETRIC_MINISBLACK;
  uint16_t compression = COMPRESSION_NONE, extra_count = 0, *extra = NULL;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &channels);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &extra_count, &extra);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  image->width = width;
  image->height = height;
  image->bit_depth = bits;
  image->channels = channels;
  if (!TIFFIsCODECConfigured(compression)) return refuse(image, "a compression this libtiff does not know");
  if (format != SAMPLEFORMAT_UINT && format != SAMPLEFORMAT_VOID) return refuse(image, "samples that are not whole numbers");
  if (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16) return refuse(image, "a bit depth other than 1, 2, 4, 8 or 16");
  if (bits < 8 && channels != 1) return refuse(image, "colour of less than 8 bits a channel");
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
  if (channels < colours || channels > colours + 1) return refuse(image, "an unusual number of channels");
  image->has_alpha = channels == colours + 1;
  image->alpha_is_multiplied = image->has_alpha && extra_count == 1 && extra && extra[0] == EXTRASAMPLE_ASSOCALPHA;
  return image->photometric == CTIFF_PALETTE ? read_palette(tiff, image) : CTIFF_OK;
}

/// A rectangle of the image as libtiff decodes it: a strip or a tile, of all channels or of one.
typedef struct {
  uint32_t x, y;           ///< its left upper corner in the image
  uint32_t width, height;  ///< in pixels, what lies in the image
  size_t row_bytes;        ///< of one decoded row, padding included
  int first_channel, channels;
} block;

static void place(const block *b, const uint8_t *decoded, const ctiff_image *image, uint16_t *samples) {
  for (uint32_t row = 0; row < b->height; row++) {
    const uint8_t *from = decoded + row * b->row_bytes;
    uint16_t *to = samples + ((size_t)(b->y + row) * image->width + b->x) * image->channels + b->first_channel;
    for (uint32_t column = 0; column < b->width; column++)
      for (int c = 0; c < b->channels; c++) {
        size_t i = (size_t)column * b->channels + c;
        uint16_t value;
        if (image->bit_depth == 16) {
          memcpy(&value, from + 2 * i, 2);
        } else if (image->bit_depth == 8) {
          value = from[i];
        } else {
          size_t bit = i * image->bit_depth;
          value = (from[bit / 8] >> (8 - image->bit_depth - bit % 8)) & ((1 << image->bit_depth) - 1);
        }
        to[(size_t)column * image->channels + c] = value;
      }
  }
}

static int read_blocks(TIFF *tiff, const ctiff_image *image, uint16_t *samples, uint8_t *decoded, tmsize_t size) {
  uint16_t planar = PLANARCONFIG_CONTIG;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
  int separate = planar == PLANARCONFIG_SEPARATE && image->channels > 1;
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
  block b = {.channels = separate ? 1 : image->channels};
  b.row_bytes = ((size_t)block_width * b.channels * image->bit_depth + 7) / 8;
  if (b.row_bytes * block_height > (size_t)size) return 0;
  for (b.first_channel = 0; b.first_channel < (separate ? image->channels : 1); b.first_channel++)
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
        place(&b, decoded, image, samples);
      }
  return 1;
}

static int read_tiff(const uint8_t *bytes, size_t count, ctiff_image *image, uint16_t *samples, size_t capacity) {
  source from = {bytes, count, 0, image};
  memset(image, 0, sizeof *image);
  TIFF *tiff = open_memory(&from);
  if (!tiff) return CTIFF_DAMAGED;
  int result = read_description(tiff, image);
  if (result == CTIFF_OK && samples) {
    tmsize_t size = TIFFIsTiled(tiff) ? TIFFTileSize(tiff) : TIFFStripSize(tiff);
    uint8_t *decoded = NULL;
    if ((size_t)image->width * image->height * image->channels > capacity || size <= 0 || size > largest_block) {
      result = CTIFF_DAMAGED;
    } else if (!(decoded = malloc((size_t)size))) {
      result = CTIFF_NO_MEMORY;
    } else {
      result = read_blocks(tiff, image, samples, decoded, size) ? CTIFF_OK : CTIFF_DAMAGED;
    }
    free(decoded);
  }
  TIFFClose(tiff);
  return result;
}

int ctiff_read_header(const uint8_t *bytes, size_t count, ctiff_image *image) {
  return read_tiff(bytes, count, image, NULL, 0);
}

int ctiff_read_samples(const uint8_t *bytes, size_t count, ctiff_image *image, uint16_t *samples, size_t capacity) {
  return read_tiff(bytes, count, image, samples, capacity);
}
