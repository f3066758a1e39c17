#include <nettle/sha2.h>
#include <nettle/version.h>

// From Nettle 4 on a digest is always written whole.
static inline void digest_finish(struct sha256_ctx *state, uint8_t *digest) {
#if NETTLE_VERSION_MAJOR >= 4
  sha256_digest(state, digest);
#else
  sha256_digest(state, SHA256_DIGEST_SIZE, digest);
#endif
}
