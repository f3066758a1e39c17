#include "CPNG.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

/// Where reading stands in the file's bytes, and what went wrong.
typedef struct {
  const uint8_t *bytes;
  size_t count, offset;
  int ran_out;
  char *message;
} source;

/// Bytes written so far.
typedef struct {
  uint8_t *bytes;
  size_t count, capacity;
  char *message;
} sink;

static void keep_message(char *message, const char *words) {
  strncpy(message, words, CPNG_MESSAGE_SIZE - 1);
  message[CPNG_MESSAGE_SIZE - 1] = 0;
}

static void fail_reading(png_structp png, png_const_charp words) {
  keep_message(((source *)png_get_error_ptr(png))->message, words);
  png_longjmp(png, 1);
}

static void fail_writing(png_structp png, png_const_charp words) {
  keep_message(((sink *)png_get_error_ptr(png))->message, words);
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp words) {
  (void)png;
  (void)words;
}

static void take_bytes(png_structp png, png_bytep out, size_t count) {
  source *from = png_get_io_ptr(png);
  if (count > from->count - from->offset) {
    from->ran_out = 1;
    png_error(png, "the file ends early");
  }
  memcpy(out, from->bytes + from->offset, count);
  from->offset += count;
}

static void give_bytes(png_structp png, png_bytep bytes, size_t count) {
  sink *to = png_get_io_ptr(png);
  if (count > to->capacity - to->count) {
    size_t capacity = to->capacity * 2 + count;
    uint8_t *grown = realloc(to->bytes, capacity);
    if (!grown) png_error(png, "out of memory");
    to->bytes = grown;
    to->capacity = capacity;
  }
  memcpy(to->bytes + to->count, bytes, count);
  to->count += count;
}

static void nothing_to_flush(png_structp png) { (void)png; }

static int little_endian(void) {
  const uint16_t one = 1;
  return *(const uint8_t *)&one;
}

/// Reads the chunks before the pixels. Runs under the caller's setjmp.
static void read_description(png_structp png, png_infop info, cpng_image *image) {
  // The caller limits width × height; libpng's own limit would name neither.
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  // Text and profiles are of no use here, and are where a small file can ask for much memory.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
  png_set_chunk_malloc_max(png, 8 * 1024 * 1024);
  png_read_info(png, info);
  png_uint_32 width = 0, height = 0;
  int interlace = 0;
  png_get_IHDR(png, info, &width, &height, &image->bit_depth, &image->color_type, &interlace, NULL, NULL);
  image->width = width;
  image->height = height;
  image->interlaced = interlace != PNG_INTERLACE_NONE;
  image->channels = png_get_channels(png, info);
  image->palette_count = 0;
  image->has_key = 0;

  png_bytep alphas = NULL;
  png_color_16p key = NULL;
  int alpha_count = 0;
  int transparent = png_get_tRNS(png, info, &alphas, &alpha_count, &key) != 0;
  png_colorp colors = NULL;
  int color_count = 0;
  if (image->color_type == PNG_COLOR_TYPE_PALETTE) {
    if (!png_get_PLTE(png, info, &colors, &color_count)) png_error(png, "no palette");
    image->palette_count = color_count > 256 ? 256 : color_count;
    for (int i = 0; i < image->palette_count; i++) {
      image->palette[4 * i] = colors[i].red;
      image->palette[4 * i + 1] = colors[i].green;
      image->palette[4 * i + 2] = colors[i].blue;
      image->palette[4 * i + 3] = transparent && alphas && i < alpha_count ? alphas[i] : 255;
    }
  } else if (transparent && key) {
    image->has_key = 1;
    int grey = image->color_type == PNG_COLOR_TYPE_GRAY;
    image->key[0] = grey ? key->gray : key->red;
    image->key[1] = grey ? key->gray : key->green;
    image->key[2] = grey ? key->gray : key->blue;
  }
}

/// Reads the pixels behind the description. Runs under the caller's setjmp.
static void read_pixels(png_structp png, png_infop info, cpng_image *image, uint16_t *samples, size_t capacity) {
  size_t row = (size_t)image->width * image->channels;
  size_t total = row * image->height;
  if (total > capacity) png_error(png, "more samples than announced");
  int wide = image->bit_depth == 16;
  if (image->bit_depth < 8) png_set_packing(png);
  if (wide && little_endian()) png_set_swap(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  if (png_get_rowbytes(png, info) != row * (wide ? 2 : 1)) png_error(png, "rows of an unexpected size");
  // 8-bit rows are read into the upper half of the buffer, then widened from its start: each is read before it is
  // overwritten, and no second buffer is needed.
  uint8_t *narrow = (uint8_t *)samples + total;
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < image->height; y++)
      png_read_row(png, wide ? (png_bytep)(samples + y * row) : narrow + y * row, NULL);
  png_read_end(png, NULL);
  if (!wide)
    for (size_t i = 0; i < total; i++) {
      uint8_t value = narrow[i];
      samples[i] = value;
    }
}

static int read_png(const uint8_t *bytes, size_t count, cpng_image *image, uint16_t *samples, size_t capacity) {
  source from = {bytes, count, 0, 0, image->message};
  image->message[0] = 0;
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &from, fail_reading, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    if (png) png_destroy_read_struct(&png, NULL, NULL);
    keep_message(image->message, "out of memory");
    return CPNG_NO_MEMORY;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return from.ran_out ? CPNG_TRUNCATED : CPNG_DAMAGED;
  }
  png_set_read_fn(png, &from, take_bytes);
  read_description(png, info, image);
  if (samples) read_pixels(png, info, image, samples, capacity);
  png_destroy_read_struct(&png, &info, NULL);
  return CPNG_OK;
}

int cpng_read_header(const uint8_t *bytes, size_t count, cpng_image *image) {
  return read_png(bytes, count, image, NULL, 0);
}

int cpng_read_samples(const uint8_t *bytes, size_t count, cpng_image *image, uint16_t *samples, size_t capacity) {
  return read_png(bytes, count, image, samples, capacity);
}

/// Writes header, palette and rows. Runs under the caller's setjmp; `row` holds one row of bytes.
static void write_image(png_structp png, png_infop info, const cpng_image *image, const uint16_t *samples, uint8_t *row) {
  png_set_IHDR(
    png, info, image->width, image->height, image->bit_depth, image->color_type,
    image->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (image->palette_count) {
    png_color colors[256];
    png_byte alphas[256];
    int transparent = 0;
    for (int i = 0; i < image->palette_count; i++) {
      colors[i].red = image->palette[4 * i];
      colors[i].green = image->palette[4 * i + 1];
      colors[i].blue = image->palette[4 * i + 2];
      alphas[i] = image->palette[4 * i + 3];
      transparent |= alphas[i] != 255;
    }
    png_set_PLTE(png, info, colors, image->palette_count);
    if (transparent) png_set_tRNS(png, info, alphas, image->palette_count, NULL);
  } else if (image->has_key) {
    png_color_16 key = {0, image->key[0], image->key[1], image->key[2], image->key[0]};
    png_set_tRNS(png, info, NULL, 0, &key);
  }
  if (image->significant_bits) {
    png_byte bits = (png_byte)image->significant_bits;
    png_color_8 significant = {bits, bits, bits, bits, (png_byte)image->bit_depth};
    png_set_sBIT(png, info, &significant);
  }
  png_write_info(png, info);
  if (image->bit_depth < 8) png_set_packing(png);
  int wide = image->bit_depth == 16;
  int passes = png_set_interlace_handling(png);
  size_t length = (size_t)image->width * image->channels;
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < image->height; y++) {
      const uint16_t *from = samples + y * length;
      for (size_t i = 0; i < length; i++) {
        if (wide) {
          row[2 * i] = from[i] >> 8;
          row[2 * i + 1] = from[i] & 255;
        } else {
          row[i] = (uint8_t)from[i];
        }
      }
      png_write_row(png, row);
    }
  png_write_end(png, info);
}

int cpng_write(cpng_image *image, const uint16_t *samples, uint8_t **out, size_t *out_count) {
  sink to = {NULL, 0, 0, image->message};
  image->message[0] = 0;
  uint8_t *row = malloc((size_t)image->width * image->channels * 2);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &to, fail_writing, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!row || !info) {
    if (png) png_destroy_write_struct(&png, NULL);
    free(row);
    keep_message(image->message, "out of memory");
    return CPNG_NO_MEMORY;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    free(row);
    free(to.bytes);
    return CPNG_DAMAGED;
  }
  png_set_write_fn(png, &to, give_bytes, nothing_to_flush);
  write_image(png, info, image, samples, row);
  png_destroy_write_struct(&png, &info);
  free(row);
  *out = to.bytes;
  *out_count = to.count;
  return CPNG_OK;
}

void cpng_free(uint8_t *bytes) { free(bytes); }
