#include <sha2.h>

// glibc declares this only under _GNU_SOURCE, which Swift's own map of glibc doesn't set.
int renameat2(int oldFolder, const char *oldPath, int newFolder, const char *newPath, unsigned int flags);
