#define _GNU_SOURCE
#include "CFiles.h"
#include <malloc.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

const int files_open_to_reach = O_PATH;

int files_rename_to_free(int folder, const char *name, const char *other) {
  return renameat2(folder, name, folder, other, RENAME_NOREPLACE);
}

int files_exchange(int folder, const char *name, const char *other) {
  return renameat2(folder, name, folder, other, RENAME_EXCHANGE);
}

int files_is_mount_point(const char *path) {
  struct statx facts;
  return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, 0, &facts) == 0
      && (facts.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

void memory_give_back(void) { malloc_trim(0); }
